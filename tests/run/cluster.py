"""A primary and a streaming replica of it, with processes that serve from them, for tests that end one of them."""

import dataclasses
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg

from debatekb import embedded
from debatekb.running import cleaning, engines, home
from debatekb.running.processes import Children, Lock, Service
from tests import content, factories
from tests.run import prepared
from tests.run.system import ROOT, free_port

REPLICA = "replica"
HEALS_SECONDS = 40.0
MAX_LAG = 3.0
FOLLOWED = ("-c", "wal_level=replica", "-c", "max_wal_senders=4")
"""What the primary of a replica is started with."""


class Answer(NamedTuple):
    """What a reader got."""

    status: int
    headers: dict[str, str]
    text: str


class Cluster:
    """Engines in `var` with few published topics, a replica beside them, and processes of ours by name."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.packs = factories.write_packs(var.with_name(f"{var.name}.packs"), content.few_files())
        self.ports: dict[str, int] = {}
        self.lock, self.children = Lock(var / "lock"), Children(var)
        prepared.copy_to(var)
        assert self.lock.take("the test of replicas")
        self.home = home.settle(var)
        engines.prepare_postgres(self.home)
        given = engines.postgres(self.home, var)
        self.primary = dataclasses.replace(given, command=(*given.command, *FOLLOWED))
        self.children.wait_ready(self.children.start(self.primary))
        engines.make_database(self.home)
        engines.start(self.home, var, self.children, wanted={engines.VALKEY})
        self.replica_home = dataclasses.replace(
            self.home, place=dataclasses.replace(self.home.place, sockets=self.home.place.sockets / REPLICA)
        )

    def end(self) -> None:
        """End all that runs."""
        self.children.stop_all()
        self.lock.release()
        cleaning.remove(self.var, lambda _: None)

    def python(self, *words: str, **more: str) -> str:
        """Run Python beside the system to its end, and give what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment without the addresses of the test run."""
        return prepared.environment(self.var, self.packs, PYTHONUNBUFFERED="1", **more)

    def copy_primary(self) -> None:
        """Make the cluster of the replica as docs/operations.md says."""
        folder = self.home.place.data / REPLICA
        words = ["--host", str(self.home.place.sockets), "--username", embedded.NAME, "--pgdata", str(folder)]
        done = subprocess.run(
            [self.home.postgres_bin / "pg_basebackup", *words, "--write-recovery-conf", "--checkpoint=fast"],
            env={**engines.plain_environment(self.home), "PGPASSWORD": self.home.place.password_file.read_text()},
            cwd=self.home.place.data,
            capture_output=True,
            text=True,
            check=False,
            **(self.home.account.options() if self.home.account else {}),
        )
        assert done.returncode == 0, done.stderr
        home.make_folder(self.replica_home.place.sockets, self.home.account)

    def start_replica(self) -> None:
        """Let the replica follow the primary, and wait until it answers."""
        given = engines.postgres(self.replica_home, self.var)
        own, primary = str(self.home.place.data / REPLICA), str(engines.cluster(self.home))
        command = [own if word == primary else word for word in (*given.command, *FOLLOWED)]
        log = self.var / "log" / "replica.log"
        service = dataclasses.replace(given, name=REPLICA, command=tuple(command), log=log)
        self.children.wait_ready(self.children.start(service))

    def start_primary(self) -> None:
        """Start the primary anew, as the supervisor does."""
        engines.end_stray(engines.cluster(self.home))
        self.children.wait_ready(self.children.start(self.primary))

    def kill(self, name: str) -> None:
        """End a server as a crash does."""
        running = self.children.running[name]
        running.process.send_signal(signal.SIGQUIT)
        running.process.wait(timeout=30)
        self.children.stop(name)

    def replica_url(self) -> str:
        """Return the address of the replica."""
        password = self.home.place.application_password_file.read_text(encoding="ascii")
        sockets = quote(str(self.replica_home.place.sockets), safe="")
        return f"postgres://{embedded.APPLICATION}:{password}@{sockets}/{embedded.NAME}"

    def on(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        """Open the database on the primary or the replica as the superuser."""
        return engines.connect(self.replica_home if name == REPLICA else self.home, embedded.NAME)

    def start(self, name: str, *words: object, is_ready: Callable[[], bool] = bool, **more: str) -> None:
        """Start a Python process of ours."""
        service = Service(
            name=name,
            command=(sys.executable, *map(str, words)),
            log=self.var / "log" / f"{name}.log",
            is_ready=lambda _: is_ready(),
            cwd=ROOT,
            env=self.environment(**more),
        )
        self.children.wait_ready(self.children.start(service))

    def log(self, name: str) -> str:
        """Return what a process has written so far."""
        file = self.var / "log" / f"{name}.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def start_web(self, name: str, **more: str) -> None:
        """Start a web process that reads from the replica."""
        self.ports[name] = port = free_port()
        environment = {
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "DATABASE_REPLICA_URL": self.replica_url(),
            "REPLICA_MAX_LAG": str(MAX_LAG),
            **more,
        }
        self.start(name, "-m", "debatekb.running.web", is_ready=lambda: answers(port), **environment)

    def get(self, name: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """Ask a web process as a browser does; with a body, as a program that posts it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[name], timeout=60)
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        connection.close()
        return Answer(response.status, dict(response.getheaders()), text)


def answers(port: int) -> bool:
    """Return whether a web process listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/robots.txt")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def wait_until(is_so: Callable[[], object], what: str = "") -> float:
    """Wait until it is so; return the seconds."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < HEALS_SECONDS, what
        time.sleep(0.2)
    return time.monotonic() - began
