"""Child processes: started in sessions of their own, written down, waited for, ended, found again after a crash."""

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from debatekb import embedded
from debatekb.running import options
from debatekb.running.account import Account
from debatekb.running.children import ending, ready
from debatekb.running.children.ending import Trace
from debatekb.running.children.logs import LogPipe, Logs
from debatekb.running.errors import NO_SPACE, StartError

TICK_SECONDS = 0.05
LEAVING_SECONDS = 300.0
"""How long one in whose place another runs may take to end: as long as a job may."""


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
    tells_ready: bool = False
    """Whether it says itself that it serves (`ready.tell`)."""


@dataclass
class Running:
    """A started service; what it says goes through `log`, and that it serves through `ready`, where it has them."""

    service: Service
    process: subprocess.Popen[bytes]
    logs: Logs
    log: LogPipe | None = None
    ready: int | None = None
    has_said_ready: bool = False
    started: float = field(default_factory=time.monotonic)
    leaves_by: float = 0.0
    """When it is ended that was asked to end."""

    def new_log(self) -> str:
        """Return what it said since its start, 64 kB at most, from the end."""
        return self.logs.tail(self.log) if self.log else ""

    def says_ready(self) -> bool:
        """Return whether it has said that it serves."""
        if self.ready is not None and not self.has_said_ready:
            with suppress(BlockingIOError):
                self.has_said_ready = os.read(self.ready, 1) != b""
        return self.has_said_ready

    def trace(self, name: str) -> Trace | None:
        """Return what to write down of it; nothing when it is gone already."""
        return ending.trace_of(name, self.process.pid, self.service.stop_signal)

    def close(self) -> None:
        """Let go of its pipes once it has ended."""
        if self.log is not None:
            self.logs.forget(self.log)
        if self.ready is not None:
            os.close(self.ready)


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
        self.logs = Logs(*options.log_limits(os.environ))
        self.running: dict[str, Running] = {}
        self.is_saved = True
        self.leaving: list[Running] = []
        """Those in whose place others run, until they have done what they are at."""
        self.order: list[str] = []
        """Names in the order of their first start: one that died and came back keeps its place."""

    def start(self, service: Service) -> Running:
        """Start `service` in a session of its own and write it down; raises `StartError` when it cannot run."""
        running = launch(service, self.logs)
        self.running[service.name] = running
        if service.name not in self.order:
            self.order.append(service.name)
        self.save()
        return running

    def replace(self, services: list[Service]) -> None:
        """Start services anew, and ask the old ones to end once all new ones serve.

        Raises `StartError` when a new one does not serve; the old ones go on then.
        """
        old = {service.name: self.running.pop(service.name, None) for service in services}
        try:
            for running in [self.start(service) for service in services]:
                self.wait_ready(running)
        except BaseException:
            for name, before in old.items():
                if name in self.running:
                    self.stop(name)
                if before is not None:
                    self.running[name] = before
            self.save()
            raise
        for before in filter(None, old.values()):
            before.leaves_by = time.monotonic() + LEAVING_SECONDS
            before.process.send_signal(before.service.stop_signal)
            self.leaving.append(before)
        self.save()

    def keep(self) -> None:
        """See after logs and record, and let go of those that were asked to end; those that take too long are ended."""
        self.logs.check()
        if not self.is_saved:
            self.save()
        for running in list(self.leaving):
            ended = running.process.poll() is not None
            if ended or time.monotonic() > running.leaves_by:
                self.leaving.remove(running)
                finish(running)
                self.save()

    def wait_ready(self, running: Running) -> None:
        """Wait until it serves; raises `StartError` with its own reason when it ends or takes too long."""
        service = running.service
        deadline = time.monotonic() + service.patience
        while not service.is_ready(running):
            if running.process.poll() is not None:
                raise StartError(reason(running))
            if time.monotonic() > deadline:
                raise StartError(too_late(running))
            self.pause(TICK_SECONDS)

    def wait_end(self, running: Running) -> int:
        """Wait until it ends by itself; return its status."""
        while running.process.poll() is None:
            self.pause(TICK_SECONDS)
        self.stop(running.service.name)
        return running.process.returncode

    def stop(self, name: str) -> None:
        """End one child and everything it started; returns when all of it is gone."""
        finish(self.running.pop(name))
        self.save()

    def stop_all(self) -> None:
        """End all, the last started first."""
        while self.leaving:
            finish(self.leaving.pop())
        for running in reversed(self.in_order()):
            self.stop(running.service.name)
        self.logs.close()

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
        ended = [trace.name for trace in reversed(traces) if ending.end_trace(trace)]
        self.record.unlink(missing_ok=True)
        return ended

    def save(self) -> None:
        """Write down what runs; where there is no room the record before stays, and the next call tries again."""
        if not self.running and not self.leaving:
            self.record.unlink(missing_ok=True)
            self.is_saved = True
            return
        known = [one.trace(one.service.name) for one in self.in_order()]
        known += [one.trace(f"the old {one.service.name}") for one in self.leaving]
        traces = [vars(trace) for trace in known if trace is not None]
        try:
            embedded.write_private(self.record, json.dumps({"var": str(self.var), "children": traces}, indent=1))
        except OSError:
            self.is_saved = False
        else:
            self.is_saved = True


def launch(service: Service, logs: Logs) -> Running:
    """Start a program with its pipes. Raises `StartError` when it cannot run."""
    log = logs.open(service.log) if service.log else None
    told, tell = os.pipe() if service.tells_ready else (None, None)
    try:
        process = subprocess.Popen(
            service.command,
            stdin=subprocess.DEVNULL,
            stdout=log.writing if log else None,
            stderr=subprocess.STDOUT if log else None,
            cwd=service.cwd,
            env=service.env if tell is None else {**(service.env or os.environ), ready.VARIABLE: str(tell)},
            start_new_session=True,
            pass_fds=(*service.sockets, *([] if tell is None else [tell])),
            **(service.account.options() if service.account else {}),
        )
    except OSError as error:
        if log is not None:
            logs.forget(log)
        if told is not None:
            os.close(told)
        raise StartError(f"{service.name} could not be started: {error}.") from error
    finally:
        for number in filter(None, (log.writing if log else None, tell)):
            os.close(number)
    if told is not None:
        os.set_blocking(told, False)
    return Running(service, process, logs, log, told)


def finish(running: Running) -> None:
    """End a program and everything it started; returns when all of it is gone."""
    pid = running.process.pid
    ending.end(ending.family(pid), pid, running.service.stop_signal)
    running.process.wait()
    running.close()


def reason(running: Running) -> str:
    """Return the sentence for a child that ended: a full disk, its own last complaint, or where to look."""
    service = running.service
    if NO_SPACE in running.new_log():
        return f"The disk is full, so {service.name} could not go on; make room."
    return f"{service.name} ended with status {running.process.returncode}{complaint(running)} (log: {service.log})."


def too_late(running: Running) -> str:
    """Return the sentence for a child that does not come to serve."""
    service = running.service
    took = f"{service.name} was not ready after {service.patience:.0f} s"
    return f"{took}{complaint(running)} (log: {service.log})."


def complaint(running: Running) -> str:
    """Return the last line of its log that complains, else the last one, as the middle of a sentence."""
    words = [line.strip() for line in running.new_log().splitlines() if line.strip()]
    complaints = [line for line in words if any(mark in line for mark in ("FATAL", "PANIC", "rror"))] or words
    return f"; it said: {complaints[-1]}" if complaints else ""


def as_command(*words: object) -> tuple[str, ...]:
    """Return the words of a command as strings."""
    return tuple(str(word) for word in words)
