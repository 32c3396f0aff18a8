"""Run the whole system with one command: engines, preparation, web server, worker, beat; watch them, end them."""

import errno
import ipaddress
import os
import shlex
import signal
import socket
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from debatekb import environment
from debatekb.running import engines, home, outside, probe, web
from debatekb.running.errors import StartError, StoppedError, as_sentence
from debatekb.running.processes import Children, Lock, Running, Service, as_command, reason

ROOT = Path(__file__).resolve().parents[2]
LAST_PORT = 65_535
WATCH_SECONDS = 0.5
FIRST_DELAY_SECONDS = 0.5
DEATHS = 5
WINDOW_SECONDS = 120.0
"""A service that dies more than `DEATHS` times within this time is given up."""


@dataclass(frozen=True)
class Options:
    """What a person may choose: address, number of web processes and of worker processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 1
    task_workers: int = 1
    is_reloading: bool = False
    """Whether web server and worker start again when a file changes, and speak to the terminal (`make dev`)."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, is_reloading: bool = False) -> "Options":
        """Read HOST, PORT, WEB_WORKERS, WORKER_CONCURRENCY; raises `StartError` naming the variable that is wrong."""
        host = environ.get("HOST") or cls.host
        if not is_loopback(host) and environ.get("ALLOW_REMOTE", "").lower() not in {"1", "true", "yes"}:
            raise StartError(f"HOST={host} would open it to other machines; set ALLOW_REMOTE=yes if you mean it.")
        return cls(
            host=host,
            port=whole_number(environ, "PORT", cls.port, most=LAST_PORT),
            web_workers=whole_number(environ, "WEB_WORKERS", cls.web_workers, most=64),
            task_workers=whole_number(environ, "WORKER_CONCURRENCY", cls.task_workers, most=64),
            is_reloading=is_reloading,
        )

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"


class Supervisor:
    """One run of the system in one `var` folder."""

    def __init__(self, var: Path, options: Options, show: Callable[[str], None]) -> None:
        self.var = var
        self.options = options
        self.show = show
        self.is_stopping = False
        self.lock = Lock(var / "lock")
        self.children = Children(var, self.pause)
        self.deaths: dict[str, deque[float]] = defaultdict(deque)
        self.home: home.Home | None = None

    def run(self) -> None:
        """Start all, say where it serves, watch it until somebody asks for the end; nothing is left running.

        Raises `StartError` with one sentence when it cannot start or a service dies again and again.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        with as_sentence():
            home.make_var(self.var)
            is_first = self.lock.take(f"{self.options.url} (process {os.getpid()})")
        if not is_first:
            raise StartError(f"Debate KB already runs: {self.lock.words()}; end that one first.")
        try:
            self.begin()
            self.watch()
        except StoppedError:
            self.show("Stopping.")
        finally:
            self.children.stop_all()
            self.lock.release()

    def begin(self) -> None:
        """Start everything in order and wait until the web server answers."""
        began = time.monotonic()
        left = self.children.end_leftovers()
        if left:
            self.show(f"Ended what an interrupted run had left: {', '.join(left)}.")
        if self.options.is_reloading:
            listen(self.options).close()  # the development server opens its own; this only says what is in the way
        else:
            _ = self.listener
        # The static files need no database, so that they are made while the engines start and the packs are loaded.
        files = self.preparation("files")
        self.start_engines()
        self.wait_prepared(self.preparation("data"))
        self.wait_prepared(files)
        self.show("Starting the web server, the worker and beat.")
        for running in [self.children.start(service) for service in self.services()]:
            self.children.wait_ready(running)
        self.show(f"Started in {time.monotonic() - began:.1f} s; logs are in {self.var / 'log'}; Ctrl-C ends it.")
        self.show(f"Debate KB is ready: {self.options.url}")

    def start_engines(self) -> None:
        """Start the engines for which no address was given; those that were given must answer."""
        wanted = set()
        if url := environment.database_url():
            outside.check_database(url)
        else:
            wanted.add(engines.POSTGRES)
        if url := environment.redis_url():
            outside.check_redis(url)
        else:
            wanted.add(engines.VALKEY)
        if wanted:
            self.show(f"Starting {' and '.join(sorted(wanted))}.")
            self.home = home.settle(self.var)
            engines.start(self.home, self.var, self.children, wanted=wanted)

    def preparation(self, what: str) -> Running:
        """Begin to bring data or files up to date, in a process whose memory is then given back."""
        return self.children.start(
            self.service(f"preparation of {what}", "manage.py", "up", "--prepare", what, has_log=False)
        )

    def wait_prepared(self, running: Running) -> None:
        """Wait until a preparation ends. Raises `StartError` where it did not succeed."""
        if self.children.wait_end(running) != 0:
            raise StartError(f"The {running.service.name} did not succeed, so nothing was started.")

    def services(self) -> list[Service]:
        """Return the processes of the application, as production runs them one by one."""
        options = self.options
        # Checks load every page there is; the preparation has made them, and a worker needs none of the pages.
        celery = ("-m", "celery", "--skip-checks", "-A", "debatekb")
        number = ("--concurrency", options.task_workers)
        quiet = ("--loglevel", "INFO", "--without-gossip", "--without-mingle")
        worker: tuple[object, ...] = (*celery, "worker", *quiet, *number)
        if options.is_reloading:
            again = shlex.join(as_command(sys.executable, *worker))
            worker = ("-m", "watchfiles", "--filter", "python", again, "debatekb", "perspectives")
        beat = (*celery, "beat", "--loglevel", "INFO", "--pidfile=")
        return [
            *self.web_services(),
            self.service("worker", *worker, is_ready=lambda running: " ready." in running.new_log()),
            self.service("beat", *beat, is_ready=lambda running: "Starting" in running.new_log()),
        ]

    def web_services(self) -> list[Service]:
        """Return the web processes; they share one listening socket, which we keep open while one of them is away."""
        options = self.options

        def answers(_: Running) -> bool:
            return probe.is_healthy(options.host, options.port)

        if options.is_reloading:
            address = options.url.removeprefix("http://").rstrip("/")
            return [self.service("web", "manage.py", "runserver", address, has_log=False, is_ready=answers)]
        number = self.listener.fileno()
        names = ["web", *(f"web-{place}" for place in range(2, options.web_workers + 1))]
        words = ("-m", "debatekb.running.web", "--socket", number)
        return [self.service(name, *words, is_ready=answers, sockets=(number,)) for name in names]

    @cached_property
    def listener(self) -> socket.socket:
        """The socket at which web processes listen; raises `StartError` with the way out when it cannot be had."""
        return listen(self.options)

    def service(
        self,
        name: str,
        *words: object,
        has_log: bool = True,
        is_ready: Callable[[Running], bool] = bool,
        sockets: tuple[int, ...] = (),
    ) -> Service:
        """Return a Python process of ours."""
        return Service(
            name=name,
            command=as_command(sys.executable, *words),
            log=self.var / "log" / f"{name}.log" if has_log else None,
            is_ready=is_ready,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "DEBATEKB_VAR": str(self.var)},
            sockets=sockets,
        )

    def watch(self) -> None:
        """Look after the children until the end is asked for; raises `StartError` when one dies again and again."""
        while True:
            for running in list(self.children.running.values()):
                if running.process.poll() is not None:
                    self.revive(running)
            self.pause(WATCH_SECONDS)

    def revive(self, running: Running) -> None:
        """Start a dead child again, after a pause that doubles with each death."""
        name = running.service.name
        deaths = self.deaths[name]
        why = reason(running)
        while True:
            now = time.monotonic()
            deaths.append(now)
            while now - deaths[0] > WINDOW_SECONDS:
                deaths.popleft()
            if len(deaths) > DEATHS:
                raise StartError(f"{name} died {len(deaths)} times in a row, so everything is stopped: {why}")
            delay = FIRST_DELAY_SECONDS * 2 ** (len(deaths) - 1)
            self.show(f"{why} Starting {name} again in {delay:g} s ({len(deaths)} of {DEATHS}).")
            self.children.stop(name)
            self.pause(delay)
            try:
                self.start_again(running.service)
            except StartError as error:
                why = str(error)
            else:
                self.show(f"{name} runs again.")
                return

    def start_again(self, service: Service) -> None:
        """Start one service and wait for it; raises `StartError`."""
        if service.name in {engines.POSTGRES, engines.VALKEY} and self.home is not None:
            engines.start(self.home, self.var, self.children, wanted={service.name})
        else:
            self.children.wait_ready(self.children.start(service))

    def ask_to_stop(self, *_: object) -> None:
        """Note the wish to end (a signal handler); whoever waits next sees it."""
        self.is_stopping = True

    def pause(self, seconds: float) -> None:
        """Sleep in small pieces; raises `StoppedError` when the end was asked for."""
        until = time.monotonic() + seconds
        while True:
            if self.is_stopping:
                raise StoppedError
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.1))


def whole_number(environ: Mapping[str, str], variable: str, default: int, *, most: int) -> int:
    """Return a variable as a number from 1 to `most`; raises `StartError` with a sentence otherwise."""
    text = environ.get(variable) or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise StartError(f"{variable}={text} is not a whole number from 1 to {most}.")
    return int(text)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(options: Options) -> socket.socket:
    """Open the socket of the web server; raises `StartError` with the way out when the port cannot be had."""
    try:
        return web.listening(options.host, options.port)
    except OSError as error:
        other = options.port + 1 if options.port < LAST_PORT else 8000
        if error.errno == errno.EADDRINUSE:
            said = f"Port {options.port} is taken by another program; choose another: PORT={other} make run."
        else:
            said = f"{options.host}:{options.port} cannot be used ({error.strerror}); try PORT=8000 make run."
        raise StartError(said) from error
