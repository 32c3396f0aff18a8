"""A whole system with a fault after another: the check that turns, the alert whose condition holds, and that all heals.

The faults are the rows of the table in docs/operations.md, in its order.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from debatekb import embedded
from debatekb.running import engines
from tests.run import alert_rules, canaries
from tests.run.alert_rules import Scrape
from tests.run.prepared import DEMO_PASSWORD
from tests.run.system import ROOT, System, free_port

BOUND_SECONDS = 3.0
PATIENCE_SECONDS = 40.0
SILENT_SECONDS = 8
READERS = 24
"""More than the threads of the web processes."""
A_GIGABYTE = 1_000_000_000
ROW = re.compile(r"^\| (?P<fault>[^|]+) \| `(?P<check>\w+)` \| `(?P<alert>\w+)` \|", re.MULTILINE)


class Watched(System):
    """A system of two web processes that soon takes silence for death and writes its logs as JSON."""

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of all its processes."""
        own = {"SILENT_SECONDS": str(SILENT_SECONDS), "LOG_FORMAT": "json", "METRICS_TOKEN": "of-the-tests"}
        own |= {"DEMO_PASSWORD": DEMO_PASSWORD, "WEB_WORKERS": "2"}
        return super().environment(**{**own, **more})

    def get(self, path: str, **headers: str) -> tuple[int, str, float]:
        """Ask; return status, body and seconds."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, body, time.monotonic() - began

    def checks(self) -> dict[str, bool | None]:
        """Ask /health/ready, which must answer in time, and return what each check says."""
        status, body, seconds = self.get("/health/ready")
        assert seconds < BOUND_SECONDS, body
        found: dict[str, Any] = json.loads(body)
        rows = {row["name"]: row["ok"] for row in found["checks"]}
        assert found["ok"] == all(rows.values()) == (status == 200), body
        return rows

    def scrape(self) -> Scrape:
        """Ask /metrics, which must answer in time."""
        status, body, seconds = self.get("/metrics", Authorization="Bearer of-the-tests")
        assert status == 200
        assert seconds < BOUND_SECONDS
        return alert_rules.scrape(body)

    def database(self) -> psycopg.Connection[Any]:
        """Connect as the application does."""
        place = embedded.place_of(self.var)
        password = place.application_password_file.read_text(encoding="ascii")
        return psycopg.connect(
            host=str(place.sockets), dbname=embedded.NAME, user=embedded.APPLICATION, password=password, autocommit=True
        )

    def send(self, task: str, number: int, **arguments: object) -> None:
        """Send a task so many times, as another program would."""
        code = (
            "import sys, json; from debatekb.celery import app\n"
            "for _ in range(int(sys.argv[2])): app.send_task(sys.argv[1], kwargs=json.loads(sys.argv[3]))"
        )
        command = [sys.executable, "-c", code, task, str(number), json.dumps(arguments)]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, timeout=60)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A system in a folder of its own, running and well."""
    made = Watched(tmp_path_factory.mktemp("watched") / "var", free_port())
    made.start()
    try:
        wait_until(lambda: all(made.checks().values()))
        yield made
    finally:
        made.remove()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@contextmanager
def stopped(system: System, name: str) -> Iterator[None]:
    """Stop a process and all below it without ending them, and let them go on afterwards."""
    leader = psutil.Process(system.children()[name])
    leader.suspend()  # first, so that it starts no more
    family = leader.children(recursive=True)
    for process in family:
        with suppress(psutil.NoSuchProcess):  # a backend whose client has just gone
            process.suspend()
    try:
        yield
    finally:
        for process in (*family, leader):
            with suppress(psutil.NoSuchProcess):
                process.resume()


@contextmanager
def killed(system: System, name: str) -> Iterator[None]:
    """Kill a process while the supervisor, stopped, cannot start it again."""
    assert system.process is not None
    victim = system.children()[name]
    os.kill(system.process.pid, signal.SIGSTOP)
    try:
        os.kill(victim, signal.SIGKILL)
        yield
    finally:
        os.kill(system.process.pid, signal.SIGCONT)


@contextmanager
def migration_missing(system: Watched) -> Iterator[None]:
    """Let the database not know of the newest migration."""
    with system.database() as server:
        newest = "SELECT max(id) FROM django_migrations"
        row = server.execute(
            f"DELETE FROM django_migrations WHERE id = ({newest}) RETURNING app, name, applied"
        ).fetchone()
        yield
        server.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row)


@contextmanager
def disk_filled(system: Watched) -> Iterator[None]:
    """Take so much room that less is left than a web process wants that is started before."""
    free = psutil.disk_usage(str(system.var)).free
    taken = system.var / "taken"
    with restarted(system, DISK_LEAST_FREE_MB=str((free - A_GIGABYTE) // 1_000_000)), taken.open("wb") as file:
        assert system.checks()["disk"]
        try:
            os.posix_fallocate(file.fileno(), 0, 2 * A_GIGABYTE)
            yield
        finally:
            taken.unlink()


@contextmanager
def restarted(system: Watched, **environment: str) -> Iterator[None]:
    """Serve at another port with another environment meanwhile."""
    port = free_port()
    given = {**system.environment(**environment), "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen([sys.executable, "-m", "debatekb.running.web"], cwd=ROOT, env=given)
    usual, system.port = system.port, port
    try:
        wait_until(lambda: answers(system))
        yield
    finally:
        system.port = usual
        process.terminate()
        process.wait(timeout=30)


def answers(system: Watched) -> bool:
    """Return whether the web server serves."""
    try:
        return system.get("/health/live")[0] == 200
    except OSError:
        return False


@contextmanager
def backup_old(system: Watched) -> Iterator[None]:
    """Let the newest backup be of the day before yesterday."""
    folder = system.var / "backups"
    folder.mkdir(exist_ok=True)
    others = {file: file.stat().st_mtime for file in folder.iterdir()}
    made = folder / "debatekb-2020-01-01.backup.tar"
    made.touch()
    old = time.time() - 48 * 3600
    for file in (made, *others):
        os.utime(file, (old, old))
    yield
    made.unlink(missing_ok=True)
    for file, at in others.items():
        os.utime(file, (at, at))


@contextmanager
def failing(system: Watched) -> Iterator[None]:
    """Send a task what it does not take."""
    system.send("perspectives.format_bibliography", 5, nothing=1)
    yield


@contextmanager
def queue_grown(system: Watched) -> Iterator[None]:
    """Send more than a stopped worker takes."""
    with stopped(system, "worker"):
        system.send("perspectives.resume_intakes", 220)
        yield


@contextmanager
def errors_many(system: Watched) -> Iterator[None]:
    """Let readers ask for what is not cached while the database is away."""
    with stopped(system, engines.POSTGRES):
        for _ in range(20):
            assert system.get("/api/v1/topics/")[0] == 503
    yield


FAULTS: dict[str, Callable[[Watched], Any]] = {
    "PostgreSQL hangs": lambda system: stopped(system, engines.POSTGRES),
    "PostgreSQL is killed": lambda system: killed(system, engines.POSTGRES),
    "Valkey hangs": lambda system: stopped(system, engines.VALKEY),
    "Valkey is killed": lambda system: killed(system, engines.VALKEY),
    "The worker is dead": lambda system: killed(system, "worker"),
    "Beat is dead": lambda system: killed(system, "beat"),
    "A migration is missing": migration_missing,
    "A disk is nearly full": disk_filled,
    "The backup is too old": backup_old,
    "A task fails again and again": failing,
    "The queue grows": queue_grown,
    "Many requests fail": errors_many,
}
ONLY_COUNTED = {"tasks", "queue", "answers"}
"""Shown by metrics alone: no row of /health/ready, since the system works on."""


def table() -> dict[str, tuple[str, str]]:
    """Read the table of faults in the documentation."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    return {row["fault"]: (row["check"], row["alert"]) for row in ROW.finditer(text)}


def test_the_table_of_faults_names_those_that_are_tried() -> None:
    assert list(table()) == list(FAULTS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_turns_its_check_and_fires_its_alert(system: Watched, fault: str) -> None:
    check, alert = table()[fault]
    wait_until(lambda: alert not in alert_rules.firing(now := system.scrape(), now))  # the fault before this one healed
    before = system.scrape()
    with FAULTS[fault](system):
        if check not in ONLY_COUNTED:
            wait_until(lambda: system.checks()[check] is False)
        wait_until(lambda: alert in alert_rules.firing(before, system.scrape()))
        assert system.get("/health/live")[0] == 200
    wait_until(lambda: all(system.checks().values()))
    wait_until(lambda: alert not in alert_rules.firing(now := system.scrape(), now))


@pytest.mark.timeout(300)
def test_watchers_answer_while_all_other_threads_wait(system: Watched) -> None:
    with stopped(system, engines.POSTGRES), ThreadPoolExecutor(READERS) as readers:
        waiting = [readers.submit(system.get, "/api/v1/topics/") for _ in range(READERS)]
        time.sleep(0.5)
        wait_until(lambda: system.checks()["database"] is False)
        status, _, seconds = system.get("/health/live")
        assert (status, seconds < 1) == (200, True)
        system.scrape()
        assert {answer.result()[0] for answer in waiting} == {503}
    wait_until(lambda: all(system.checks().values()))


def test_one_scrape_tells_of_all_web_processes(system: Watched) -> None:
    def asked() -> float:
        time.sleep(2.5)  # until each process has added what it counted
        labels = {"route": "about", "method": "GET", "status": "200"}
        return system.scrape().get(("debatekb_requests_total", frozenset(labels.items())), 0)

    before = asked()
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda _: system.get("/about/"), range(60)))
    assert asked() == before + 60
    assert all('"route": "about"' in logged(system, name) for name in ("web.", "web-2"))


@pytest.mark.timeout(300)
def test_logs_are_json_bear_ids_and_hold_nothing_personal(system: Watched) -> None:
    address = f"http://127.0.0.1:{system.port}"
    with httpx.Client(base_url=address, timeout=60) as client:
        canaries.send_all(client)
    with httpx.Client(base_url=address, timeout=60) as client:
        request_id = canaries.hand_in(client, login="demo-proposer", password=DEMO_PASSWORD)
    with stopped(system, engines.POSTGRES), httpx.Client(base_url=address, timeout=60) as client:
        assert client.get(canaries.READ[1]).status_code == 503
    wait_until(lambda: request_id in logged(system, "worker"))
    for line in logged(system, "web").splitlines():
        json.loads(line)
    noted = [line for text in ("web", "worker") for line in logged(system, text).splitlines() if request_id in line]
    assert {json.loads(line).get("task") for line in noted} >= {None, "perspectives.read_intake"}
    everything = "".join(file.read_text(encoding="utf-8") for file in (system.var / "log").iterdir()).casefold()
    for canary in (canaries.WORD, canaries.ADDRESS, DEMO_PASSWORD, "demo-proposer"):
        assert canary not in everything
    assert canaries.WORD not in system.said().casefold()
    assert "127.0.0.1" not in logged(system, "web")


def logged(system: System, name: str) -> str:
    """Return what the processes of a kind have logged."""
    files = sorted((system.var / "log").glob(f"{name}*log"))
    assert files
    return "".join(file.read_text(encoding="utf-8") for file in files)
