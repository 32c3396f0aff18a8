"""New code in the place of old while readers read, by the commands of docs/operations.md as they are written there."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.run.readers import Reader, reading
from tests.run.system import ROOT, System, free_port

SECTION = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Upgrading", 1)[1]
UPGRADE, BACK = re.findall(r"```sh\n(.*?)```", SECTION.split("\n## ", 1)[0], re.DOTALL)
PAGE = "/topics/minsk-ii/"
ANOTHER = "/topics/"
LONGEST_GAP_SECONDS = 3.0
"""Under one second on a machine that is left alone; here other tests run. A gap of the old kind took 27 and more."""
UPLOAD_SECONDS = 8.0


def git(folder: Path, *words: str) -> str:
    """Run git; return what it said."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the code as it is here, from which an operator has a clone."""
    made = tmp_path_factory.mktemp("restart") / "origin"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "bench/")):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made / name)
    git(made, "init", "--quiet")
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "Old")
    return made


@pytest.fixture(scope="module")
def system(origin: Path) -> Iterator[System]:
    """A system that runs from a clone whose packages are installed."""
    clone = origin.with_name("clone")
    git(origin.parent, "clone", "--quiet", str(origin), str(clone))
    (clone / ".venv" / "bin").mkdir(parents=True)
    python = clone / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    made = System(origin.with_name("var"), free_port(), clone, WEB_WORKERS="2")
    made.start()
    yield made
    made.signal(signal.SIGTERM)
    assert made.traces() == []
    made.remove()


def types(system: System, block: str, **more: str) -> None:
    """Run a block of the document in the clone, whose packages are those of the lock already."""
    (system.root / ".venv" / ".base").touch()
    done = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{block}"],
        cwd=system.root,
        env=system.environment(**more),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def upload(port: int, answers: list[bytes]) -> None:
    """Send a form so slowly that the server is replaced meanwhile."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as slow:
        body = b"x" * 80
        head = "POST /account/sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        slow.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        for byte in body:
            slow.sendall(bytes([byte]))
            time.sleep(UPLOAD_SECONDS / len(body))
        answers.append(slow.recv(65_536))


def title(system: System) -> str:
    """What the page says that it is."""
    with urllib.request.urlopen(f"http://127.0.0.1:{system.port}{ANOTHER}") as response:
        found = re.search(r"<title>(.*?)</title>", response.read().decode(), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.timeout(600)
def test_an_upgrade_and_the_way_back_without_a_gap(system: System, origin: Path, tmp_path: Path) -> None:
    old = git(system.root, "rev-parse", "HEAD").strip()
    before = title(system)
    assert "upgraded" not in before
    template = origin / "perspectives" / "templates" / "perspectives" / "base.html"
    template.write_text(template.read_text().replace("</title>", " upgraded</title>"))
    git(origin, "commit", "--quiet", "--all", "--message", "New")
    children = system.children()

    upgraded(system, UPGRADE, BACKUPS=str(tmp_path))
    assert title(system) == f"{before} upgraded"
    assert (tmp_path / "before-upgrade.backup.tar").exists()
    after = system.children()
    assert {name for name in children if after[name] != children[name]} == {"web", "web-2", "worker", "beat"}

    upgraded(system, BACK, OLD=old)
    assert title(system) == before


def upgraded(system: System, block: str, **more: str) -> None:
    """Run a block of the document while readers read and somebody sends a form."""
    readers = [Reader(system.port, PAGE), Reader(system.port, PAGE, keeps_connection=True)]
    answers: list[bytes] = []
    sending = threading.Thread(target=upload, args=(system.port, answers))
    old = [psutil.Process(number) for name, number in system.children().items() if name.startswith("web")]
    with reading(*readers):
        sending.start()
        types(system, block, **more)
        psutil.wait_procs(old, timeout=30)
    sending.join()
    assert [reader.failures() for reader in readers] == [[], []]
    assert max(reader.longest_gap() for reader in readers) <= LONGEST_GAP_SECONDS
    assert answers[0].startswith(b"HTTP/1.1 403 ")
    assert not any(process.is_running() for process in old)


@pytest.mark.timeout(600)
def test_code_that_does_not_start_is_not_put_in_the_place_of_what_runs(system: System) -> None:
    wsgi = system.root / "debatekb" / "wsgi.py"
    good = wsgi.read_text()
    children = system.children()
    wsgi.write_text("raise SystemExit('Error: broken')\n")
    refused = system.run("--restart")
    assert refused.returncode == 1
    assert "Not restarted, what ran goes on: web ended with status 1; it said: Error: broken" in refused.stderr
    assert system.children() == children
    assert title(system)
    wsgi.write_text(good)
    assert system.run("--restart").returncode == 0

    reader = Reader(system.port, PAGE)
    with reading(reader):
        time.sleep(0.5)
        psutil.Process(system.children()["web"]).kill()
        system.wait_for("web runs again.")
        time.sleep(0.5)
    assert reader.longest_gap() <= LONGEST_GAP_SECONDS
    assert len(reader.failures()) <= 1, "more than the request that it was working on"


def test_nothing_that_runs_is_a_sentence(tmp_path: Path) -> None:
    refused = System(tmp_path / "var", free_port()).run("--restart")
    assert refused.returncode == 1
    assert refused.stderr == "CommandError: Nothing runs that could be restarted; start it: make run.\n"
    assert not (tmp_path / "var" / "lock").exists()
