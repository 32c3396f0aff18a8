"""A thousand checks, with the worker killed, Valkey emptied and PostgreSQL restarted: each ends once."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest
from redis import Redis

from debatekb.running import engines
from tests.run.many_checks import HOSTS
from tests.run.system import ROOT, System, free_port

NUMBER = 1000
PATIENCE_SECONDS = 540
SERVERS = ("DOI_RESOLVER_URL", "CROSSREF_URL", "OPENLIBRARY_URL", "RETRACTIONS_URL", "ARCHIVE_URL")
"""The settings whose servers may be inside: each stands for somebody else's server here."""


class Others(BaseHTTPRequestHandler):
    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        time.sleep(0.02)
        self.send_response(404 if self.path == "/robots.txt" or self.path.endswith("7") else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def others() -> Iterator[int]:
    """Servers at several loopback addresses, all at one port, which is given."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Others)]
    port = servers[0].server_port
    servers += [ThreadingHTTPServer((f"127.0.0.{place}", port), Others) for place in range(2, len(SERVERS) + 1)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield port
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def system(tmp_path_factory: pytest.TempPathFactory, others: int) -> Iterator[System]:
    """A running system that may ask those addresses, and plans nothing that would ask others."""
    inside = {name: f"http://127.0.0.{place}:{others}" for place, name in enumerate(SERVERS, start=1)}
    made = System(
        tmp_path_factory.mktemp("checks") / "var", free_port(),
        EVIDENCE_CHECKS="retraction", EVIDENCE_HOST_DELAY_SECONDS="0", INTAKE_HOST_DELAY_SECONDS="0", **inside,
    )  # fmt: skip
    made.start()
    yield made
    made.remove()


def begun(system: System, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.run.many_checks", *words],
        cwd=ROOT,
        env=system.environment(DJANGO_SETTINGS_MODULE="debatekb.settings"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def sweeper(system: System) -> Iterator["subprocess.Popen[str]"]:
    """A process beside the system that sweeps when it is asked."""
    with begun(system, "sweep") as process:
        yield process
        process.communicate(timeout=60)


def swept(sweeper: "subprocess.Popen[str]") -> dict[str, Any]:
    """Sweep until the engines answer, and give how far the checks are."""
    assert sweeper.stdin is not None
    assert sweeper.stdout is not None
    for _ in range(20):
        sweeper.stdin.write("\n")
        sweeper.stdin.flush()
        found: dict[str, Any] | None = json.loads(sweeper.stdout.readline())
        if found is not None:
            return found
        time.sleep(1)
    raise AssertionError("the database does not come back")


def kill_worker(system: System) -> None:
    leader = psutil.Process(system.children()["worker"])
    for process in [*leader.children(recursive=True), leader]:
        process.kill()


def empty_valkey(system: System) -> None:
    place = json.loads((system.var / "place.json").read_text(encoding="utf-8"))
    with Redis(unix_socket_path=str(Path(place["sockets"]) / "valkey.sock")) as valkey:
        valkey.flushall()


def restart_postgres(system: System) -> None:
    psutil.Process(system.children()[engines.POSTGRES]).send_signal(signal.SIGINT)


@pytest.mark.timeout(900)
def test_each_of_a_thousand_checks_ends_once_whatever_dies(
    system: System, sweeper: "subprocess.Popen[str]", others: int
) -> None:
    assert len(SERVERS) == HOSTS
    with begun(system, "make", str(NUMBER), str(others)) as making:
        assert making.wait(timeout=120) == 0
    faults = [(100, kill_worker), (300, empty_valkey), (500, restart_postgres), (700, kill_worker)]
    end = time.monotonic() + PATIENCE_SECONDS
    while (found := swept(sweeper))["states"] != {"done": NUMBER}:
        assert time.monotonic() < end, found
        if faults and found["states"].get("done", 0) >= faults[0][0]:
            faults.pop(0)[1](system)
        time.sleep(2)
    assert not faults, "it was too quick for the faults"
    assert found["most"] == 1
    assert found["outcomes"] == {"ok": NUMBER * 9 // 10, "gone": NUMBER // 10}
    counts = [Others.asked[f"/{one}"] for one in range(NUMBER)]
    assert min(counts) == 1
    assert sum(counts) <= NUMBER + 10, "only what was interrupted is asked for again"
