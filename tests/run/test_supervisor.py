import sys
from pathlib import Path

import pytest

from debatekb.running import probe
from debatekb.running.errors import StartError, StoppedError, sentence
from debatekb.running.processes import Service
from debatekb.running.supervisor import DEATHS, Options, Supervisor


def test_options_have_defaults_and_follow_the_environment() -> None:
    assert Options.from_environment({"HOST": "", "PORT": ""}) == Options()
    given = {"HOST": "::1", "PORT": "8001", "WEB_WORKERS": "2", "WORKER_CONCURRENCY": "3"}
    options = Options.from_environment(given)
    assert options == Options("::1", 8001, 2, 3)
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


def test_a_service_that_dies_again_and_again_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debatekb.running.supervisor.FIRST_DELAY_SECONDS", 0.01)
    said: list[str] = []
    supervisor = Supervisor(tmp_path, Options(), said.append)
    supervisor.children.start(sample(tmp_path, "raise SystemExit('Error: no luck')"))
    with pytest.raises(StartError, match=r"sample died 6 times in a row, .* it said: Error: no luck"):
        supervisor.watch()
    assert len(said) == DEATHS
    assert said[-1].endswith(f"Starting sample again in 0.16 s ({DEATHS} of {DEATHS}).")
    supervisor.children.stop_all()


def test_a_service_that_dies_once_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debatekb.running.supervisor.FIRST_DELAY_SECONDS", 0.01)
    said: list[str] = []
    supervisor = Supervisor(tmp_path, Options(), said.append)
    once = "import os, time; os.path.exists('been') and (print('up', flush=True), time.sleep(600)); open('been', 'w')"
    supervisor.children.start(sample(tmp_path, once))

    def stop_when_it_runs(line: str) -> None:
        said.append(line)
        supervisor.is_stopping = line == "sample runs again."

    supervisor.show = stop_when_it_runs
    with pytest.raises(StoppedError):
        supervisor.watch()
    assert said[-1] == "sample runs again."
    supervisor.children.stop_all()


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
