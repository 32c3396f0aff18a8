"""Run the whole system with one command: engines, preparation, web server, worker, beat; watch them, end them."""

import errno
import os
import shlex
import signal
import socket
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from debatekb import embedded, environment
from debatekb.running import engines, home, outside, probe, restarting, web
from debatekb.running.children.logs import LogPipe
from debatekb.running.errors import StartError, StoppedError, as_sentence
from debatekb.running.options import LAST_PORT, Options
from debatekb.running.processes import Children, Lock, Running, Service, as_command, reason, too_late

ROOT = Path(__file__).resolve().parents[2]
WATCH_SECONDS = 0.2
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
WINDOW_SECONDS = 120.0
"""The first death within this time is mended at once; each further one doubles the pause before the next start."""


@dataclass
class Revival:
    """A service that died: when it is started again, and until when it has to serve then."""

    service: Service
    due: float
    running: Running | None = None
    deadline: float = 0.0


class Supervisor:
    """One run of the system in one `var` folder."""

    def __init__(self, var: Path, options: Options, print_line: Callable[[str], None]) -> None:
        self.var = var
        self.options = options
        self.print_line = print_line
        self.is_stopping = False
        self.lock = Lock(var / "lock")
        self.children = Children(var, self.pause)
        self.deaths: dict[str, deque[float]] = defaultdict(deque)
        self.revivals: dict[str, Revival] = {}
        self.is_restarting = False
        self.home: home.Home | None = None
        self.log: LogPipe | None = None

    def run(self) -> None:
        """Start all, say where it serves, watch it until somebody asks for the end; nothing is left running.

        SIGUSR1 asks for a restart. Raises `StartError` with one sentence when it cannot start.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        signal.signal(signal.SIGUSR1, self.ask_to_restart)
        with as_sentence():
            home.make_var(self.var)
            is_first = self.lock.take(f"{self.options.url} (process {os.getpid()})")
        if not is_first:
            raise StartError(f"Debate KB already runs: {self.lock.words()}; end that one first.")
        try:
            self.log = self.children.logs.open(self.var / "log" / "supervisor.log")
            os.set_blocking(self.log.writing, False)
            self.begin()
            self.watch()
        except StoppedError:
            self.show("Stopping.")
        except StartError as error:
            self.write_down(str(error))
            raise
        finally:
            if self.log is not None:
                os.close(self.log.writing)
                self.log = None
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
        """Return the processes of the application, as production runs them one by one: web, worker, beat."""
        options = self.options
        # Checks load every page there is; the preparation has made them, and a worker needs none of the pages.
        celery = ("-m", "celery", "--skip-checks", "-A", "debatekb")
        number = ("--concurrency", options.task_workers)
        quiet = ("--loglevel", "INFO", "--without-gossip", "--without-mingle")
        worker = self.service("worker", *celery, "worker", *quiet, *number, tells_ready=True)
        if options.is_reloading:
            words = ("-m", "watchfiles", "--filter", "python", shlex.join(worker.command), "debatekb", "perspectives")
            worker = self.service("worker", *words, is_ready=lambda running: " ready." in running.new_log())
        beat = self.service("beat", *celery, "beat", "--loglevel", "INFO", "--pidfile=", tells_ready=True)
        return [*self.web_services(), worker, beat]

    def web_services(self) -> list[Service]:
        """Return the web processes; they share one listening socket, which we keep open while one of them is away."""
        options = self.options
        if options.is_reloading:

            def answers(_: Running) -> bool:
                return probe.is_healthy(options.host, options.port)

            address = options.url.removeprefix("http://").rstrip("/")
            return [self.service("web", "manage.py", "runserver", address, has_log=False, is_ready=answers)]
        number = self.listener.fileno()
        names = ["web", *(f"web-{place}" for place in range(2, options.web_workers + 1))]
        words = ("-m", "debatekb.running.web", "--socket", number)
        return [self.service(name, *words, sockets=(number,), tells_ready=True) for name in names]

    @cached_property
    def listener(self) -> socket.socket:
        """The socket at which web processes listen; raises `StartError` with the way out when it cannot be had."""
        return listen(self.options)

    def service(
        self,
        name: str,
        *words: object,
        has_log: bool = True,
        is_ready: Callable[[Running], bool] | None = None,
        sockets: tuple[int, ...] = (),
        tells_ready: bool = False,
    ) -> Service:
        """Return a Python process of ours."""
        return Service(
            name=name,
            command=as_command(sys.executable, *words),
            log=self.var / "log" / f"{name}.log" if has_log else None,
            is_ready=is_ready or (Running.says_ready if tells_ready else bool),
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "DEBATEKB_VAR": str(self.var)},
            sockets=sockets,
            tells_ready=tells_ready,
        )

    def watch(self) -> None:
        """Look after the children until the end is asked for: what dies is started again, however often."""
        while True:
            self.pause(WATCH_SECONDS)
            for name, running in list(self.children.running.items()):
                if running.process.poll() is not None:
                    self.note_death(running.service, reason(running))
                elif name in self.revivals:
                    self.look_after(self.revivals[name])
            for revival in list(self.revivals.values()):
                if revival.running is None and time.monotonic() >= revival.due:
                    self.start_again(revival)
            if self.is_restarting:
                self.is_restarting = False
                self.restart()
            self.children.keep()

    def note_death(self, service: Service, why: str) -> None:
        """Plan the next start of a service, ever later if it dies again and again; clear away what is left."""
        if service.name in self.children.running:
            self.children.stop(service.name)
        now, deaths = time.monotonic(), self.deaths[service.name]
        deaths.append(now)
        while now - deaths[0] > WINDOW_SECONDS:
            deaths.popleft()
        doubled = FIRST_DELAY_SECONDS * 2 ** (len(deaths) - 2)
        delay = min(doubled, LONGEST_DELAY_SECONDS) if len(deaths) > 1 else 0.0
        self.show(f"{why} Starting {service.name} again {f'in {delay:g} s' if delay else 'at once'}.")
        self.revivals[service.name] = Revival(service, now + delay)

    def start_again(self, revival: Revival) -> None:
        """Start a service that died; whether it serves is seen while the others are watched too."""
        try:
            if revival.service.name == engines.POSTGRES and self.home is not None:
                engines.prepare_postgres(self.home)
            revival.running = self.children.start(revival.service)
        except StartError as error:
            self.note_death(revival.service, str(error))
        else:
            revival.deadline = time.monotonic() + revival.service.patience

    def look_after(self, revival: Revival) -> None:
        """See whether a service that was started again serves now, or has taken too long."""
        service, running = revival.service, self.children.running[revival.service.name]
        try:
            if service.is_ready(running):
                del self.revivals[service.name]
                self.show(f"{service.name} runs again.")
            elif time.monotonic() > revival.deadline:
                self.note_death(service, too_late(running))
        except StartError as error:
            self.note_death(service, str(error))

    def restart(self) -> None:
        """Put new processes of the code that is there now in the place of web server, worker and beat.

        Tables, content and static files are brought up to date before. The old web processes end when the new ones
        serve and their last answer is sent, the old worker after its last job. When anything fails, what ran goes on.
        """
        self.show("Restarting web server, worker and beat.")
        *web_services, worker, beat = services = self.services()
        said = restarting.DONE
        try:
            self.wait_prepared(self.preparation("all"))
            self.children.replace(web_services)
            self.children.replace([worker])
            if beat.name in self.children.running:
                self.children.stop(beat.name)  # there are never two
            self.children.wait_ready(self.children.start(beat))
        except StartError as error:
            said = f"Not restarted, what ran goes on: {error}"
        for service in services:
            self.revivals.pop(service.name, None)
            if service.name not in self.children.running:
                self.note_death(service, f"{service.name} does not run.")
        self.show(said)
        with suppress(OSError):  # a full disk; whoever waits for the word gives up by its own patience
            embedded.write_private(self.var / restarting.RESTARTED, said)

    def ask_to_stop(self, *_: object) -> None:
        """Note the wish to end (a signal handler); whoever waits next sees it."""
        self.is_stopping = True

    def ask_to_restart(self, *_: object) -> None:
        """Note the wish for a restart (a signal handler)."""
        self.is_restarting = True

    def show(self, line: str) -> None:
        """Say it at the terminal and in our own log; neither can stop us."""
        self.print_line(line)
        self.write_down(line)

    def write_down(self, line: str) -> None:
        """Write a line into our own log."""
        if self.log is not None:
            with suppress(OSError):
                os.write(self.log.writing, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}\n".encode())

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
