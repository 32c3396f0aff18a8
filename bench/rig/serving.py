"""The bench's own engines, filled database and web server: below `var/bench`, never the site's, ended at the end."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from bench.rig import documents
from debatekb import embedded
from debatekb.running import engines, home
from debatekb.running.errors import StartError
from debatekb.running.options import Options
from debatekb.running.processes import Children, Lock
from debatekb.running.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
_SHAPED_BY = ("perspectives/models", "perspectives/migrations", "perspectives/rules", "perspectives/actions")
_SHAPED_BY_BENCH = ("bench/rig/documents.py", "bench/rig/filling.py", "bench/rivals/management/commands/fill_bench.py")


@dataclass(frozen=True)
class Site:
    """A running site: where it serves, where its engines log, and the median topic that it holds."""

    port: int
    home: home.Home
    postgres_log: Path
    shape: dict[str, float]
    leaders: tuple[psutil.Process, ...]
    """The web server and PostgreSQL."""

    def cpu_seconds(self) -> float:
        """Sum the processor time that the web server and PostgreSQL have used so far, all their processes together."""
        family = [process for leader in self.leaders for process in (leader, *leader.children(recursive=True))]
        return sum(time.user + time.system for time in (process.cpu_times() for process in family))


@contextmanager
def site(var: Path, *, topics: int, workers: int, is_fresh: bool) -> Iterator[Site]:
    """Run everything with `topics` topics; on leaving, end it. Raises StartError with one sentence.

    A database that the same code filled with as many topics is used again, unless `is_fresh`.
    """
    with running_engines(var) as (settled, children):
        shape = filled(settled, var, topics=topics, is_fresh=is_fresh)
        os.environ["BENCH_CONSTANT_BYTES"] = str(round(shape["bytes"]))
        port = free_port()
        serve(children, var, port, workers)
        leaders = tuple(psutil.Process(children.running[name].process.pid) for name in ("web", engines.POSTGRES))
        yield Site(port, settled, var / "log" / "postgres.log", shape, leaders)


@contextmanager
def running_engines(var: Path) -> Iterator[tuple[home.Home, Children]]:
    """Run the bench's own engines, as production sets them; on leaving, end them. Raises StartError."""
    use_own_settings(var)
    home.make_var(var)
    (var / "static").mkdir(exist_ok=True)
    lock = Lock(var / "lock")
    if not lock.take(f"process {os.getpid()}"):
        raise StartError(f"Another measurement uses {var} ({lock.words()}); let it end, or give another --var.")
    children = Children(var)
    try:
        children.end_leftovers()
        settled = home.settle(var)
        engines.start(settled, var, children, wanted={engines.POSTGRES, engines.VALKEY})
        yield settled, children
    finally:
        children.stop_all()
        lock.release()


def use_own_settings(var: Path) -> None:
    """Point this process and those that it starts at the bench's own engines and settings."""
    for name in ("DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DEBATEKB_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bench.rivals.settings",
        "API_ANONYMOUS_PER_MINUTE": "0",
        "PAGES_PER_MINUTE": "0",
        "PYTHONPATH": str(ROOT),
    }


def serve(children: Children, var: Path, port: int, workers: int) -> None:
    """Start the web server with the very command of production and wait until it answers."""
    services = Supervisor(var, Options(HOST, port, web_workers=workers), print).services()
    for started in [children.start(service) for service in services if service.name.startswith("web")]:
        children.wait_ready(started)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def filled(settled: home.Home, var: Path, *, topics: int, is_fresh: bool) -> dict[str, float]:
    """Fill the database unless it holds what is wanted; return the median topic in figures."""
    note = var / "filled.json"
    wanted = {"topics": topics, "code": code_version()}
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
        if not is_fresh and known["wanted"] == wanted:
            shape: dict[str, float] = known["shape"]
            return shape
    except (OSError, ValueError, KeyError):
        pass
    note.unlink(missing_ok=True)
    print(f"Filling a new database with {topics} topics.", flush=True)
    make_tables(settled)
    fill(topics)
    with psycopg.connect(embedded.database_url(), autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
    shape = documents.median_shape(documents.synthetic(topics))
    note.write_text(json.dumps({"wanted": wanted, "shape": shape}), encoding="utf-8")
    return shape


def make_tables(settled: home.Home) -> None:
    """Make the database anew, with its tables. Raises StartError."""
    with engines.connect(settled) as connection:
        name = sql.Identifier(embedded.NAME)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(embedded.APPLICATION)))
    if subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=False).returncode:
        raise StartError("The tables could not be made; what is printed above says why.")


def fill(topics: int) -> None:
    """Load and publish the topics, in a process whose memory is then given back. Raises StartError."""
    command = [sys.executable, "manage.py", "fill_bench", "--topics", str(topics)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise StartError("The database could not be filled; what is printed above says why.")


def code_version() -> str:
    """Give the hash of the code and the texts that decide what a filled database holds."""
    files = [file for folder in _SHAPED_BY for file in (ROOT / folder).rglob("*.py")]
    files += [ROOT / name for name in _SHAPED_BY_BENCH]
    files += list((ROOT / "fixtures").rglob("*.yaml"))
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
