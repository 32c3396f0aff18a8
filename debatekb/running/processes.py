"""Child processes: started in sessions of their own, written down, waited for, ended, found again after a crash."""

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from debatekb import embedded
from debatekb.running.account import Account
from debatekb.running.errors import NO_SPACE, StartError, as_sentence

TICK_SECONDS = 0.05
GRACE_SECONDS = 30.0
REST_SECONDS = 3.0
LOG_BYTES = 5_000_000
SAME_SECONDS = 0.5
"""Two start times of one process differ by rounding only."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """A program that runs beside us: how to start it, how to see that it serves, how to end it.

    Without a `log` it speaks to our own terminal.
    """

    name: str
    command: tuple[str, ...]
    log: Path | None
    is_ready: Callable[["Running"], bool]
    cwd: Path
    env: Mapping[str, str] | None = None
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 60.0
    sockets: tuple[int, ...] = ()
    """Numbers of open sockets that it inherits."""


@dataclass
class Running:
    """A started service; `log_start` is where its own words begin in the log."""

    service: Service
    process: subprocess.Popen[bytes]
    log_start: int
    started: float = field(default_factory=time.monotonic)

    def new_log(self) -> str:
        """Return what it wrote since its start, 64 kB at most, from the end."""
        if self.service.log is None:
            return ""
        with self.service.log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(self.log_start, size - 65_536))
            return file.read().decode("utf-8", "replace")


@dataclass(frozen=True)
class Trace:
    """What is written down of a child, enough to know it again: numbers of processes are used anew.

    Number and time of start tell; the command is for people, since programs such as Celery change their titles.
    """

    name: str
    pid: int
    created: float
    command: list[str]
    stop_signal: int


class Lock:
    """Only one at a time for a `var` folder; the kernel lets go of it when the holder dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None

    def take(self, words: str) -> bool:
        """Take the lock and leave `words` for whoever finds it taken; return whether that succeeded."""
        while True:
            file = self.path.open("a+", encoding="utf-8")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            if is_same_file(file, self.path):
                break
            file.close()  # its holder removed it between our opening and locking
        file.truncate(0)
        file.write(words)
        file.flush()
        self.file = file
        return True

    def words(self) -> str:
        """Return what the holder left."""
        try:
            return self.path.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def release(self) -> None:
        """Let go and leave no file."""
        if self.file is not None:
            self.path.unlink(missing_ok=True)
            self.file.close()
            self.file = None


def is_same_file(file: IO[str], path: Path) -> bool:
    """Return whether the open file is still the one that lies at `path`."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


class Children:
    """The children of one `var` folder, and the record by which the next start finds what a crash left running."""

    def __init__(self, var: Path, pause: Callable[[float], None] = time.sleep) -> None:
        self.var = var
        self.record = var / "processes.json"
        self.pause = pause
        self.running: dict[str, Running] = {}
        self.order: list[str] = []
        """Names in the order of their first start: one that died and came back keeps its place."""

    def start(self, service: Service) -> Running:
        """Start `service` in a session of its own and write it down; raises `StartError` when it cannot run."""
        with opened(service.log) as log:
            start = log.tell() if log else 0
            try:
                process = subprocess.Popen(
                    service.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT if log else None,
                    cwd=service.cwd,
                    env=service.env,
                    start_new_session=True,
                    pass_fds=service.sockets,
                    **(service.account.options() if service.account else {}),
                )
            except OSError as error:
                raise StartError(f"{service.name} could not be started: {error}.") from error
        running = Running(service, process, start)
        self.running[service.name] = running
        if service.name not in self.order:
            self.order.append(service.name)
        self._save()
        return running

    def wait_ready(self, running: Running) -> None:
        """Wait until it serves; raises `StartError` with its own reason when it ends or takes too long."""
        service = running.service
        deadline = time.monotonic() + service.patience
        while not service.is_ready(running):
            if running.process.poll() is not None:
                raise StartError(reason(running))
            if time.monotonic() > deadline:
                took = f"{service.name} was not ready after {service.patience:.0f} s"
                raise StartError(f"{took}{complaint(running)} (log: {service.log}).")
            self.pause(TICK_SECONDS)

    def wait_end(self, running: Running) -> int:
        """Wait until it ends by itself; return its status."""
        while running.process.poll() is None:
            self.pause(TICK_SECONDS)
        self.stop(running.service.name)
        return running.process.returncode

    def stop(self, name: str) -> None:
        """End one child and everything it started; returns when all of it is gone."""
        running = self.running.pop(name)
        end(family(running.process.pid), running.process.pid, running.service.stop_signal)
        running.process.wait()
        self._save()

    def stop_all(self) -> None:
        """End all, the last started first."""
        for running in reversed(self.in_order()):
            self.stop(running.service.name)

    def in_order(self) -> list[Running]:
        """Return those that run, in the order of their first start."""
        return [self.running[name] for name in self.order if name in self.running]

    def end_leftovers(self) -> list[str]:
        """End what a killed predecessor left running, the last started first; return the names."""
        try:
            known = json.loads(self.record.read_text(encoding="utf-8"))
            traces = [Trace(**trace) for trace in known["children"]] if known["var"] == str(self.var) else []
        except (OSError, ValueError, KeyError, TypeError):
            return []
        ended = [trace.name for trace in reversed(traces) if end_trace(trace)]
        self.record.unlink(missing_ok=True)
        return ended

    def _save(self) -> None:
        if not self.running:
            self.record.unlink(missing_ok=True)
            return
        traces = [trace_of(running) for running in self.in_order()]
        body = {"var": str(self.var), "children": [vars(trace) for trace in traces if trace is not None]}
        embedded.write_private(self.record, json.dumps(body, indent=1))


def trace_of(running: Running) -> Trace | None:
    """Return what to write down of a child; nothing when it is gone already."""
    try:
        seen = psutil.Process(running.process.pid)
        created, command = seen.create_time(), seen.cmdline()
    except psutil.Error:
        return None
    return Trace(running.service.name, seen.pid, created, command, int(running.service.stop_signal))


def end_trace(trace: Trace) -> bool:
    """End the process written down, if it is the same one, and the rest of its session; return whether any was left."""
    leader_is_other = False
    try:
        seen = psutil.Process(trace.pid)
        leader_is_other = abs(seen.create_time() - trace.created) > SAME_SECONDS
    except psutil.Error:
        pass
    members = [] if leader_is_other else family(trace.pid, since=trace.created)
    end(members, trace.pid, signal.Signals(trace.stop_signal))
    return bool(members)


def family(leader: int, *, since: float = 0.0) -> list[psutil.Process]:
    """Return the leader, its descendants and the members of its session that were started after `since`."""
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == leader and process.create_time() >= since - SAME_SECONDS:
                found[process.pid] = process
        except (ProcessLookupError, PermissionError, psutil.Error):
            continue
    for process in list(found.values()):
        try:
            found.update({child.pid: child for child in process.children(recursive=True)})
        except psutil.Error:
            continue
    return list(found.values())


def end(processes: list[psutil.Process], leader: int, first: signal.Signals) -> None:
    """Ask the leader to end and give it time, ask who is left, kill who is left; returns when none is."""
    leaders = [process for process in processes if process.pid == leader]
    ask(leaders, first, GRACE_SECONDS)
    ask(processes, signal.SIGTERM, REST_SECONDS)
    ask(processes, signal.SIGKILL, REST_SECONDS)


def ask(processes: list[psutil.Process], step: signal.Signals, seconds: float) -> None:
    """Send a signal to those that live and wait until they are gone, `seconds` at most."""
    left = [process for process in processes if lives(process)]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(step)
    deadline = time.monotonic() + seconds
    while any(map(lives, left)) and time.monotonic() < deadline:
        time.sleep(TICK_SECONDS)


def lives(process: psutil.Process) -> bool:
    """Return whether it runs; one that only waits to be noticed by its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def reason(running: Running) -> str:
    """Return the sentence for a child that ended: a full disk, its own last complaint, or where to look."""
    service = running.service
    if NO_SPACE in running.new_log():
        return f"The disk is full, so {service.name} could not start; make room and start again."
    return f"{service.name} ended with status {running.process.returncode}{complaint(running)} (log: {service.log})."


def complaint(running: Running) -> str:
    """Return the last line of its log that complains, else the last one, as the middle of a sentence."""
    words = [line.strip() for line in running.new_log().splitlines() if line.strip()]
    complaints = [line for line in words if any(mark in line for mark in ("FATAL", "PANIC", "rror"))] or words
    return f"; it said: {complaints[-1]}" if complaints else ""


@contextmanager
def opened(log: Path | None) -> Iterator[IO[bytes] | None]:
    """Open a log at its end; one that has grown large is set aside as `.1` before, and one older piece is kept."""
    if log is None:
        yield None
        return
    with as_sentence():
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_name(f"{log.name}.1"))
        file = log.open("ab")
    with file:
        yield file


def as_command(*words: object) -> tuple[str, ...]:
    """Return the words of a command as strings."""
    return tuple(str(word) for word in words)
