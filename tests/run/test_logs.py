"""The log writer, as the process that it is: nothing lost, nothing without bounds, nobody ended."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from debatekb.running.children.logs import PIECE, WAITING, LogFile, LogPipe, Logs

MOST = 100_000
KEPT = 3
PATIENCE_SECONDS = 30
FULL = Path("/dev/full")
"""Whoever writes to it hears that there is no space."""


@pytest.fixture
def logs() -> Iterator[Logs]:
    """A log writer with small files; it must end by itself."""
    made = Logs(MOST, KEPT)
    yield made
    process = made.process
    made.close()
    assert process is None or process.returncode in {0, -signal.SIGKILL}


def say(pipe: LogPipe, code: str) -> None:
    """Run a program that speaks into the pipe, to its end."""
    subprocess.run([sys.executable, "-c", code], stdout=pipe.writing, stderr=subprocess.STDOUT, check=True)


def wait_until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def files(log: Path) -> list[Path]:
    """The files of a log, the oldest first."""
    return [path for number in range(KEPT + 1, 0, -1) if (path := Path(f"{log}.{number}")).exists()] + [log]


def numbers(log: Path) -> list[int]:
    return [int(line) for path in files(log) for line in path.read_text().split()]


def test_no_line_is_lost_while_logs_are_set_aside(logs: Logs, tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    pipe = logs.open(log)
    say(pipe, "for number in range(60_000): print(number)")
    assert logs.tail(pipe).endswith("59998\n59999\n")
    assert numbers(log) == list(range(60_000 - len(numbers(log)), 60_000))
    assert len(files(log)) == KEPT + 1
    assert all(MOST - PIECE < path.stat().st_size <= MOST for path in files(log)[:-1])
    os.close(pipe.writing)


def test_lines_of_two_programs_are_not_mixed(logs: Logs, tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    pipes = [logs.open(log), logs.open(log)]
    code = "import os, time\nfor _ in range(500): os.write(1, b'%s'); time.sleep(0.0005); os.write(1, b'%s\\n')"
    speakers = [
        subprocess.Popen([sys.executable, "-c", code % (letter * 10, letter * 10)], stdout=pipe.writing)
        for letter, pipe in zip("ab", pipes, strict=True)
    ]
    assert [one.wait() for one in speakers] == [0, 0]
    assert {logs.tail(pipe)[-21:] for pipe in pipes} == {"a" * 20 + "\n", "b" * 20 + "\n"}
    assert sorted(log.read_text().split()) == ["a" * 20] * 500 + ["b" * 20] * 500
    for pipe in pipes:
        os.close(pipe.writing)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_log_writer_that_dies_or_hangs_is_replaced(
    logs: Logs, tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debatekb.running.children.logs.ANSWER_SECONDS", 0.5)
    log = tmp_path / "sample.log"
    pipe = logs.open(log)
    say(pipe, "print('before')")
    assert logs.tail(pipe) == "before\n"
    assert logs.process is not None
    first = logs.process.pid
    os.kill(first, number)
    say(pipe, "print('meanwhile')")  # neither an error nor a wait
    logs.check()
    assert logs.process.pid != first
    assert not psutil.pid_exists(first)
    wait_until(lambda: log.read_text() == "before\nmeanwhile\n")
    os.close(pipe.writing)


def test_the_log_writer_outlives_whoever_started_it(tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    child = "import time; time.sleep(1); print('still there')"
    parent = (
        "import os, subprocess, sys; from pathlib import Path\n"
        "from debatekb.running.children.logs import Logs\n"
        "pipe = Logs(100_000, 1).open(Path(sys.argv[1]))\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}], stdout=pipe.writing)\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", parent, str(log)], check=False, cwd=Path(__file__).parents[2])
    wait_until(lambda: log.exists() and log.read_text() == "still there\n")


def test_what_a_full_disk_refuses_waits_and_then_is_counted(tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    log.symlink_to(FULL)
    file = LogFile(log, 10 * WAITING, KEPT)
    file.add(b"first\n")
    assert bytes(file.waiting) == b"first\n"
    for number in range(10_000):
        file.add(b"%0199d\n" % number)
        assert len(file.waiting) <= WAITING
    log.unlink()
    file.write()
    lost, *kept = log.read_text().split("\n")[1:-1]
    found = re.fullmatch(r"(\d+) lines are missing here: the disk was full\.", lost)
    assert found
    assert [int(line) for line in kept] == list(range(int(found[1]) - 1, 10_000))


def test_a_program_goes_on_while_its_log_cannot_be_written(logs: Logs, tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    log.symlink_to(FULL)
    pipe = logs.open(log)
    say(pipe, "for number in range(1000): print(number, flush=True)")
    assert logs.tail(pipe).endswith("998\n999\n")
    log.unlink()
    wait_until(log.exists)
    say(pipe, "print(1000)")
    wait_until(lambda: numbers(log) == list(range(1001)))
    os.close(pipe.writing)


def test_the_last_words_need_no_end_of_line(logs: Logs, tmp_path: Path) -> None:
    log = tmp_path / "sample.log"
    pipe = logs.open(log)
    say(pipe, "print('no end', end='')")
    os.close(pipe.writing)
    assert logs.tail(pipe) == "no end"
    wait_until(lambda: log.read_text() == "no end")
