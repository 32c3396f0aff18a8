"""A whole system whose disk fills up while it runs: who gets what meanwhile, and that all heals when there is room."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from debatekb import embedded
from debatekb.running import engines
from tests.run.readers import Reader, reading
from tests.run.system import System, free_port
from tests.run.test_up import ask

PAGE = "/topics/minsk-ii/"
SIZE = "400m"
PIECE = 1_000_000
HEALS_SECONDS = 90


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small file system of its own, which the user of the engines can enter; only root may mount one."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


@pytest.fixture
def system(disk: Path) -> Iterator[System]:
    """A system whose run-time files lie on the small disk, and nothing else of it."""
    elsewhere = Path(tempfile.mkdtemp(dir="/tmp"))
    made = System(disk / "var", free_port())
    made.output = elsewhere / "output"
    made.start()
    yield made
    (disk / "ballast").unlink(missing_ok=True)
    if made.process is not None and made.process.poll() is None:
        assert made.signal(signal.SIGTERM) == 0
    assert made.traces() == []
    made.run("--clean")
    shutil.rmtree(elsewhere)


def fill(disk: Path) -> None:
    """Leave not one block."""
    with (disk / "ballast").open("ab", buffering=0) as ballast:
        for size in (PIECE, 1000, 1):
            try:
                while True:
                    ballast.write(b"x" * size)
            except OSError:
                continue


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + HEALS_SECONDS
    while not is_so():
        assert time.monotonic() < ends, what
        time.sleep(0.2)


def status(system: System, path: str) -> int:
    """Ask once; 0 where no answer came."""
    try:
        return Reader(system.port, path).ask()
    except OSError:
        return 0


def write(system: System) -> str:
    """Write a row by the database itself; return what it says against it."""
    import psycopg

    try:
        ask(system, "INSERT INTO kept SELECT generate_series(1, 100000)")
    except psycopg.Error as error:
        return str(error)
    return ""


@pytest.mark.timeout(900)
def test_a_full_disk_ends_nothing_for_good(system: System, disk: Path) -> None:
    ask(system, "CREATE TABLE kept (id int)")
    assert status(system, PAGE) == 200
    before = system.children()
    fill(disk)
    readers = [Reader(system.port, PAGE)]
    with reading(*readers):
        said = ""
        wait_until(lambda: "No space left on device" in (write(system) or "") or engines.POSTGRES in system.said(), "no word of a full disk")
        for name in ("worker", "beat", "web"):
            psutil.Process(before[name]).kill()
        time.sleep(15)
        print(system.said())
    print(readers[0].failures()[:10], len(readers[0].answers), readers[0].longest_gap())
    (disk / "ballast").unlink()
    wait_until(lambda: status(system, "/healthz/") == 200, system.said())
    wait_until(lambda: write(system) == "", system.said())
    print(system.said())
    wait_until(lambda: set(system.children()) == set(before), "all")
    print(system.children())
    print({p.name: p.read_text()[-1500:] for p in (system.var/"log").iterdir()})
    assert 0
