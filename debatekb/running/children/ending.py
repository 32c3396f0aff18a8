"""Ending a process and all that it started, and knowing again after a crash what a predecessor had started."""

import os
import re
import signal
import time
from contextlib import suppress
from dataclasses import dataclass

import psutil

TICK_SECONDS = 0.05
GRACE_SECONDS = 30.0
REST_SECONDS = 3.0
SAME_SECONDS = 0.5
"""Two start times of one process differ by rounding only."""


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


def trace_of(name: str, pid: int, stop_signal: signal.Signals) -> Trace | None:
    """Return what to write down of a child; nothing when it is gone already."""
    try:
        seen = psutil.Process(pid)
        created, command = seen.create_time(), seen.cmdline()
    except psutil.Error:
        return None
    return Trace(name, pid, created, command, int(stop_signal))


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


def named(words: str) -> psutil.Process | None:
    """Return the process that runs under the number in `process NUMBER`, as whoever holds a lock has left it."""
    found = re.search(r"process (\d+)", words)
    try:
        return psutil.Process(int(found[1])) if found else None
    except psutil.NoSuchProcess:
        return None


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
