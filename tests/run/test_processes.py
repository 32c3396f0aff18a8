import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from debatekb.running.children.ending import Trace, end_trace, lives
from debatekb.running.errors import StartError
from debatekb.running.processes import Children, Lock, Running, Service

ROOT = Path(__file__).resolve().parents[2]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
WORKS = "import time; print('up', flush=True); time.sleep(600)"
PARENT = "import subprocess, time; subprocess.Popen(['sleep', '600']); print('up', flush=True); time.sleep(600)"


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    """The children of an empty folder; all ended afterwards."""
    made = Children(tmp_path)
    yield made
    made.stop_all()


def python(folder: Path, code: str, **more: Any) -> Service:
    """A service that runs a line of Python and is ready when it has said `up`."""
    service = Service(
        name="sample",
        command=(sys.executable, "-c", code),
        log=folder / "sample.log",
        is_ready=lambda running: "up" in running.new_log(),
        cwd=folder,
    )
    return replace(service, **more)


def test_a_child_is_written_down_and_ends_with_all_it_started(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, PARENT))
    children.wait_ready(running)
    record = json.loads(children.record.read_text())
    assert record["children"][0]["pid"] == running.process.pid
    below = psutil.Process(running.process.pid).children()
    assert os.getsid(running.process.pid) == running.process.pid
    children.stop("sample")
    assert below
    assert not any(map(lives, below))
    assert not children.record.exists()


def test_leftovers_of_a_killed_parent_are_ended(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, PARENT))
    children.wait_ready(running)
    below = psutil.Process(running.process.pid).children()
    assert Children(tmp_path).end_leftovers() == ["sample"]
    assert not any(map(lives, below))
    assert running.process.wait(timeout=5) is not None
    assert Children(tmp_path).end_leftovers() == []


def test_orphans_of_a_dead_leader_are_ended(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, PARENT))
    children.wait_ready(running)
    below = psutil.Process(running.process.pid).children()
    running.process.kill()
    running.process.wait()
    assert Children(tmp_path).end_leftovers() == ["sample"]
    assert not any(map(lives, below))


def test_a_leftover_that_gave_itself_another_title_is_ended(children: Children, tmp_path: Path) -> None:
    code = "import os, sys; os.execv(sys.executable, ['title', '-c', sys.argv[1]])"
    body = "import time; print('up', flush=True); time.sleep(600)"
    running = children.start(python(tmp_path, "", command=(sys.executable, "-c", code, body)))
    children.wait_ready(running)
    assert psutil.Process(running.process.pid).cmdline()[0] == "title"
    assert Children(tmp_path).end_leftovers() == ["sample"]
    assert running.process.wait(timeout=5) is not None


def test_a_process_that_took_the_number_is_left_alone(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, PARENT))
    trace = running.trace("sample")
    assert trace is not None
    assert not end_trace(replace(trace, created=trace.created - 60))
    assert running.process.poll() is None


def test_a_record_of_another_folder_is_left_alone(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, PARENT))
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "processes.json").write_text(children.record.read_text())
    assert Children(copy).end_leftovers() == []
    assert running.process.poll() is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"var": 1}'])
def test_a_broken_record_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "processes.json").write_text(text)
    assert Children(tmp_path).end_leftovers() == []


def test_a_trace_of_nobody_ends_nobody() -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert not end_trace(Trace("gone", gone.pid, time.time(), ["true"], int(signal.SIGTERM)))


def test_a_child_that_ignores_the_request_is_killed(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debatekb.running.children.ending.GRACE_SECONDS", 0.2)
    running = children.start(python(tmp_path, STUBBORN))
    children.wait_ready(running)
    children.stop("sample")
    assert not psutil.pid_exists(running.process.pid)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("raise SystemExit(3)", r"sample ended with status 3 \(log: .*sample.log\)\."),
        ("print('FATAL: no'); raise SystemExit(1)", r"sample ended with status 1; it said: FATAL: no \(log"),
        (
            "print('could not write: No space left on device'); raise SystemExit(1)",
            "The disk is full, so sample could not",
        ),
    ],
)
def test_a_child_that_ends_at_once_says_why(children: Children, tmp_path: Path, code: str, sentence: str) -> None:
    running = children.start(python(tmp_path, code))
    with pytest.raises(StartError, match=sentence):
        children.wait_ready(running)


def test_a_child_that_takes_too_long_is_given_up(children: Children, tmp_path: Path) -> None:
    running = children.start(python(tmp_path, "import time; time.sleep(600)", patience=0.2))
    with pytest.raises(StartError, match="sample was not ready after 0 s"):
        children.wait_ready(running)


def test_a_missing_program_is_a_sentence(children: Children, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="sample could not be started"):
        children.start(python(tmp_path, "", command=(str(tmp_path / "none"),)))


def test_a_child_without_log_speaks_to_the_terminal(
    children: Children, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    running = children.start(python(tmp_path, "print('hello'); raise SystemExit(4)", log=None))
    assert children.wait_end(running) == 4
    assert capfd.readouterr().out == "hello\n"
    assert running.new_log() == ""


def test_another_takes_the_place_of_one_that_ends_by_itself(children: Children, tmp_path: Path) -> None:
    slow = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: time.sleep(1) or exit()); " + WORKS
    old = children.start(python(tmp_path, slow))
    children.wait_ready(old)
    children.replace([python(tmp_path, WORKS)])
    new = children.running["sample"]
    assert new.process.pid != old.process.pid
    recorded = json.loads(children.record.read_text())["children"]
    assert {child["pid"] for child in recorded} == {old.process.pid, new.process.pid}
    assert old.process.wait(timeout=10) == 0
    children.keep()
    assert children.leaving == []
    assert new.process.poll() is None


def test_the_old_one_goes_on_when_its_successor_does_not_serve(children: Children, tmp_path: Path) -> None:
    old = children.start(python(tmp_path, WORKS))
    children.wait_ready(old)
    with pytest.raises(StartError, match="sample ended with status 3"):
        children.replace([python(tmp_path, "raise SystemExit(3)")])
    assert children.running == {"sample": old}
    assert old.process.poll() is None
    assert json.loads(children.record.read_text())["children"][0]["pid"] == old.process.pid


def test_a_child_says_itself_that_it_serves(children: Children, tmp_path: Path) -> None:
    code = "import time; from debatekb.running.children import ready; time.sleep(0.3); ready.tell(); time.sleep(600)"
    running = children.start(
        python(tmp_path, code, is_ready=Running.says_ready, tells_ready=True, cwd=ROOT, env=os.environ)
    )
    assert not running.says_ready()
    children.wait_ready(running)
    assert running.says_ready()


def test_a_record_that_cannot_be_written_is_written_later(children: Children, tmp_path: Path) -> None:
    children.record.mkdir()
    running = children.start(python(tmp_path, WORKS))
    children.wait_ready(running)
    children.keep()
    children.record.rmdir()
    children.keep()
    assert json.loads(children.record.read_text())["children"][0]["pid"] == running.process.pid


def test_only_one_holds_a_lock(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert first.words() == ""
    assert first.take("first")
    assert not second.take("second")
    assert second.words() == "first"
    first.release()
    assert not (tmp_path / "lock").exists()
    assert second.take("second")
    second.release()
    second.release()


def test_a_lock_of_a_killed_holder_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, time\n"
        "from debatekb.running.processes import Lock\n"
        "lock = Lock(pathlib.Path(sys.argv[1]))\n"
        "if lock.take('x'): print('up', flush=True); time.sleep(60)"
    )
    lock = Lock(tmp_path / "lock")
    holder = subprocess.Popen([sys.executable, "-c", code, str(lock.path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"up\n"
    assert not lock.take("y")
    holder.kill()
    holder.communicate()
    assert lock.take("y")
    lock.release()
