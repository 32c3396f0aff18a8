"""A whole system with the real topics, started by the command of `make run`; or one that runs already."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psutil

from bench.rig.serving import HOST, ROOT, free_port
from debatekb.running.errors import StartError

READY = "Debate KB is ready: "
_START_SECONDS = 300
_END_SECONDS = 90
_QUIET_SHARE = 0.05
"""Below this share of a processor a worker has nothing to do."""
_QUIET_TIMES = 2
"""How often in a row that has to be so."""


@dataclass(frozen=True)
class Running:
    """A system at a port of this machine, with its run-time folder."""

    port: int
    var: Path

    def processes(self) -> dict[str, psutil.Process]:
        """Give the leaders of its services by name; those of a given engine are not ours to watch."""
        record = json.loads((self.var / "processes.json").read_text(encoding="utf-8"))
        return {child["name"]: psutil.Process(child["pid"]) for child in record["children"]}

    def environment(self) -> Mapping[str, str]:
        """Give the environment in which our commands meet this system; one that is given runs as ours would."""
        return {**os.environ, "DEBATEKB_VAR": str(self.var), "PORT": str(self.port), "PYTHONPATH": str(ROOT)}

    def wait_quiet(self, seconds: float = _START_SECONDS) -> None:
        """Wait until the worker has made what follows a publication. Raises StartError after so many seconds."""
        ends = time.monotonic() + seconds
        quiet = 0
        while quiet < _QUIET_TIMES:
            worker = self.processes()["worker"]
            before, began = _cpu(worker), time.monotonic()
            time.sleep(3)
            quiet = quiet + 1 if _cpu(worker) - before < _QUIET_SHARE * (time.monotonic() - began) else 0
            if time.monotonic() > ends:
                raise StartError(f"The worker is still busy after {seconds:g} seconds.")


def _cpu(leader: psutil.Process) -> float:
    """Sum the processor seconds of a process and those below it, the ended ones included."""
    family = (leader, *leader.children(recursive=True))
    times = [process.cpu_times() for process in family]
    return sum(sum(one[:4]) for one in times)


@contextmanager
def whole(var: Path, *, given_port: int | None, web_workers: int = 1) -> Iterator[Running]:
    """Run a system of its own below `var` without limits by address, or take the one at the given port.

    On leaving, what was started is ended. Raises StartError.
    """
    if given_port:
        yield Running(given_port, var)
        return
    running = Running(free_port(), var)
    var.mkdir(parents=True, exist_ok=True)
    limits = dict.fromkeys(("API_ANONYMOUS_PER_MINUTE", "PAGES_PER_MINUTE"), "0")
    environment = {**running.environment(), **limits, "WEB_WORKERS": str(web_workers)}
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    log = var.with_name(f"{var.name}.output")
    with log.open("wb") as output:
        command = [sys.executable, "manage.py", "up"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_ready(process, log)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_END_SECONDS)


def system_options(parser: argparse.ArgumentParser, var: Path) -> None:
    """Add the options that say which system is measured: one of its own below `var`, or one that runs already."""
    parser.add_argument("--port", type=int, help="of an embedded system that runs already, without limits by address")
    parser.add_argument("--var", type=Path, default=var, help="run-time folder of the system")


def measured(measure: Callable[[Running, argparse.Namespace], bool], options: argparse.Namespace) -> NoReturn:
    """Measure the system of the options once it is quiet; exits with 1 where an aim is missed or nothing started."""
    try:
        workers = getattr(options, "workers", 1)
        with whole(options.var.absolute(), given_port=options.port, web_workers=workers) as running:
            running.wait_quiet()
            is_met = measure(running, options)
    except StartError as error:
        sys.exit(f"Error: {error}")
    sys.exit(not is_met)


def _wait_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the system says that it is ready. Raises StartError."""
    ends = time.monotonic() + _START_SECONDS
    while READY not in (said := log.read_text(encoding="utf-8")):
        if process.poll() is not None or time.monotonic() > ends:
            raise StartError(f"The system did not start: {said}")
        time.sleep(0.2)


def request(port: int, path: str) -> bytes:
    """Write a GET request as a browser sends it, at the site's own name, for which pages are cached."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}:{port}", "Accept: */*", "Accept-Encoding: gzip"]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
