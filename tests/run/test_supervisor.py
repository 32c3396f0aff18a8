import sys
from dataclasses import replace
from pathlib import Path

import pytest

from debatekb.running import probe
from debatekb.running.errors import StartError, StoppedError, sentence
from debatekb.running.options import Options, log_limits
from debatekb.running.processes import Service
from debatekb.running.supervisor import Supervisor


def test_options_have_defaults_and_follow_the_environment() -> None:
    assert Options.from_environment({"HOST": "", "PORT": ""}) == Options()
    given = {"HOST": "::1", "PORT": "8001", "WEB_WORKERS": "4", "WORKER_CONCURRENCY": "3"}
    options = Options.from_environment(given)
    assert options == Options("::1", 8001, 4, 3)
    assert options.url == "http://[::1]:8001/"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org", "10.0.0.1"])
def test_another_than_loopback_needs_a_yes(host: str) -> None:
    with pytest.raises(StartError, match="set ALLOW_REMOTE=yes"):
        Options.from_environment({"HOST": host})
    assert Options.from_environment({"HOST": host, "ALLOW_REMOTE": "yes"}).host == host


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_needs_no_yes(host: str) -> None:
    assert Options.from_environment({"HOST": host}).host == host


@pytest.mark.parametrize("text", ["0", "-1", "65536", "8000.0", "²", "eight"])
def test_a_port_is_a_number_in_range(text: str) -> None:
    with pytest.raises(StartError, match="is not a whole number from 1 to 65535"):
        Options.from_environment({"PORT": text})


def sample(tmp_path: Path, code: str) -> Service:
    """A service that is ready when it has said `up`."""
    return Service(
        name="sample",
        command=(sys.executable, "-c", code),
        log=tmp_path / "sample.log",
        is_ready=lambda running: "up" in running.new_log(),
        cwd=tmp_path,
    )


def watched(tmp_path: Path, code: str, *, until: str) -> list[str]:
    """Watch a service that runs `code`, until a line begins so; return what was said."""
    said: list[str] = []

    def note(line: str) -> None:
        said.append(line)
        supervisor.is_stopping = line.startswith(until)

    supervisor = Supervisor(tmp_path, Options(), note)
    supervisor.children.start(sample(tmp_path, code))
    try:
        with pytest.raises(StoppedError):
            supervisor.watch()
    finally:
        supervisor.children.stop_all()
    return said


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debatekb.running.supervisor.FIRST_DELAY_SECONDS", 0.01)
    monkeypatch.setattr("debatekb.running.supervisor.LONGEST_DELAY_SECONDS", 0.04)
    monkeypatch.setattr("debatekb.running.supervisor.WATCH_SECONDS", 0.01)


@pytest.mark.usefixtures("hasty")
def test_a_service_that_dies_again_and_again_is_started_until_it_lives(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "with open('deaths', 'a+') as file: file.write('x'); number = file.tell()\n"
        "if number < 9: raise SystemExit('Error: no luck')\n"
        "print('up', flush=True); time.sleep(600)"
    )
    *deaths, last = watched(tmp_path, code, until="sample runs again.")
    assert [line.rsplit("again ", 1)[1] for line in deaths] == [
        "at once.",
        "in 0.01 s.",
        "in 0.02 s.",
        *["in 0.04 s."] * 5,
    ]
    assert all("sample ended with status 1; it said: Error: no luck (log: " in line for line in deaths)
    assert last == "sample runs again."


@pytest.mark.usefixtures("hasty")
def test_one_that_does_not_come_to_serve_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    said: list[str] = []

    def note(line: str) -> None:
        said.append(line)
        supervisor.is_stopping = line == "other runs again."

    supervisor = Supervisor(tmp_path, Options(), note)
    hangs = "import os, time; os.path.exists('been') or exit(open('been', 'w').close()); time.sleep(600)"
    once = (
        "import os, time; os.path.exists('was') and (print('up', flush=True), time.sleep(600)); "
        "time.sleep(1); open('was', 'w')"
    )
    supervisor.children.start(sample(tmp_path, hangs))
    supervisor.children.start(replace(sample(tmp_path, once), name="other", log=tmp_path / "other.log"))
    try:
        with pytest.raises(StoppedError):
            supervisor.watch()
    finally:
        supervisor.children.stop_all()
    assert [line.split()[0] for line in said] == ["sample", "other", "other"]


@pytest.mark.usefixtures("hasty")
def test_a_service_that_cannot_be_started_again_is_tried_again(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.symlink_to(sys.executable)
    said: list[str] = []

    def note(line: str) -> None:
        said.append(line)
        if len(said) == 1:
            program.unlink()
        elif len(said) == 3:
            program.symlink_to(sys.executable)
        supervisor.is_stopping = line == "sample runs again."

    supervisor = Supervisor(tmp_path, Options(), note)
    once = "import os, time; os.path.exists('been') and (print('up', flush=True), time.sleep(600)); open('been', 'w')"
    supervisor.children.start(replace(sample(tmp_path, ""), command=(str(program), "-c", once)))
    try:
        with pytest.raises(StoppedError):
            supervisor.watch()
    finally:
        supervisor.children.stop_all()
    assert [line.startswith("sample could not be started: [Errno 2] No such file") for line in said] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("variable", "text", "words"),
    [
        ("LOG_MAX_BYTES", "99999", "from 100000 to 10000000000"),
        ("LOG_FILES", "0", "from 1 to 1000"),
    ],
)
def test_limits_of_logs_are_numbers_in_range(variable: str, text: str, words: str) -> None:
    assert log_limits({}) == (5_000_000, 3)
    with pytest.raises(StartError, match=f"{variable}={text} is not a whole number {words}"):
        log_limits({variable: text})


@pytest.mark.parametrize(
    ("names", "host"),
    [
        ("", "127.0.0.1"),
        ("localhost, 127.0.0.1", "127.0.0.1"),
        ("*", "127.0.0.1"),
        (".example.org,x", "example.org"),
        ("kb.example.org", "kb.example.org"),
    ],
)
def test_the_probe_asks_by_an_allowed_name(names: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", names)
    assert probe.allowed_host("127.0.0.1") == host


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OSError(28, "No space left on device", "/x"),
            "The disk is full (/x could not be written); make room and start again.",
        ),
        (
            PermissionError(13, "Permission denied", "/x"),
            "/x cannot be written (permission denied); make it a writable",
        ),
        (OSError(5, "Input/output error", "/x"), "/x: Input/output error."),
    ],
)
def test_a_refusal_of_the_file_system_is_a_sentence(error: OSError, words: str) -> None:
    assert sentence(error).startswith(words)
