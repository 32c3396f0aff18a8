"""A whole system whose disk fills up while it runs: who gets what meanwhile, and that all heals when there is room."""

import http.client
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg
import pytest

from tests.run.readers import Reader, reading
from tests.run.system import System, free_port
from tests.run.test_up import ask

PAGE = "/topics/minsk-ii/"
SIZE = "400m"
PIECE = 1_000_000
PASSWORD = "a long password of nobody"
ROWS = "INSERT INTO kept SELECT generate_series(1, 1000)"
LOG_OF_CHANGES = "SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000000))"
HEALS_SECONDS = 90


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small file system of its own, which the user of the engines can enter; only root may mount one."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
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
    made.remove()
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


def wait_until(is_so: Callable[[], bool], system: System) -> None:
    ends = time.monotonic() + HEALS_SECONDS
    while not is_so():
        assert time.monotonic() < ends, system.said()
        time.sleep(0.2)


class Form:
    """The form that signs people up, opened while all was well."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = self.token = ""
        _, headers, page = self.send("GET")
        self.cookie = headers["Set-Cookie"].split(";")[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found
        self.token = found[1]

    def send(self, method: str = "POST") -> tuple[int, HTTPMessage, str]:
        """Send it; return status, headers and page."""
        told = {"email": "a@school.example", "password1": PASSWORD, "password2": PASSWORD, "display_name": "A"}
        body = urlencode({**told, "csrfmiddlewaretoken": self.token}) if method == "POST" else None
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, "/account/sign-up/", body, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        return response.status, response.headers, page


def write(system: System, statement: str) -> str:
    """Write into the database; return what it says against it."""
    try:
        ask(system, statement)
    except psycopg.Error as error:
        return str(error)
    return ""


def status(system: System) -> int:
    """Ask for the page once."""
    return Reader(system.port, PAGE).ask()


def alive(system: System) -> dict[str, int]:
    """The recorded children that run."""
    return {name: number for name, number in system.children().items() if psutil.pid_exists(number)}


def refused_in_words(form: Form) -> bool:
    """Send the form, which cannot be saved."""
    status, headers, page = form.send()
    assert (status, headers["Retry-After"]) == (503, "5"), page
    return "What you sent was not saved" in page


@pytest.mark.timeout(900)
def test_a_full_disk_ends_nothing_for_good(system: System, disk: Path) -> None:
    ask(system, "CREATE TABLE kept (id int)")
    reader, form = Reader(system.port, PAGE), Form(system.port)
    names = set(system.children())
    written = 0
    with reading(reader):
        fill(disk)
        while not (refused := write(system, ROWS)):
            written += 1
        assert "No space left on device" in refused
        assert refused_in_words(form)
        for name in ("web", "worker", "beat"):
            psutil.Process(system.children()[name]).kill()
            system.wait_for(f"Starting {name} again at once")
        system.wait_for("web runs again.")
        wait_until(lambda: status(system) == 200, system)
        assert len(reader.failures()) <= 1, "more than the page that the killed process was making"
        wait_until(
            lambda: write(system, LOG_OF_CHANGES) != "" and "so PostgreSQL could not go on" in system.said(), system
        )
        assert refused_in_words(form)
        time.sleep(10)  # several deaths and starts

        (disk / "ballast").unlink()
        wait_until(lambda: set(alive(system)) == names, system)
        wait_until(lambda: write(system, ROWS) == "", system)
        wait_until(lambda: form.send()[0] == 302, system)
    # While PostgreSQL is down, a page that the process has not made before is refused in words, as in test_outages.
    assert len([status for status, _ in reader.failures() if status != 503]) <= 1
    assert ask(system, "SELECT count(*) FROM kept") == [((written + 1) * 1000,)]
    wait_until(lambda: "worker runs again." in system.said(), system)
    assert "the disk was full" not in (disk / "var" / "log" / "supervisor.log").read_text()
