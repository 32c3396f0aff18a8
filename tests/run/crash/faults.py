"""The faults: which process, and whether it is killed or frozen for a while."""

import os
import random
import signal
import time
from collections.abc import Sequence
from typing import NamedTuple

import psutil

from debatekb.running.children.ending import lives
from debatekb.running.engines import POSTGRES, VALKEY
from tests.run.system import System

SUPERVISOR = "supervisor"
TARGETS = ("web", "worker", "beat", VALKEY, POSTGRES, SUPERVISOR)
SHORTEST_FREEZE_SECONDS, LONGEST_FREEZE_SECONDS = 1.0, 8.0
LONGEST_ABSENCE_SECONDS = 3.0
LONGEST_START_SECONDS = 8.0
"""Within which a supervisor that starts is killed again, now and then."""


class Fault(NamedTuple):
    """A kind of fault."""

    target: str
    how: signal.Signals

    def __str__(self) -> str:
        return f"{self.how.name} {self.target}"


KINDS = tuple(Fault(target, how) for how in (signal.SIGKILL, signal.SIGSTOP) for target in TARGETS)


def plan(rounds: int, rng: random.Random) -> list[Fault]:
    """Choose a fault for each round: all kinds once in a random order, then again."""
    chosen: list[Fault] = []
    while len(chosen) < rounds:
        chosen += rng.sample(KINDS, len(KINDS))
    return chosen[:rounds]


def strike(system: System, fault: Fault, family: Sequence[psutil.Process], rng: random.Random) -> tuple[str, float]:
    """Let it happen to a family of processes; say to which, and give the moment from which on the system heals.

    Of the family the first is hit or, as often, any one of them; a freeze stops the first or all. What was
    frozen goes on after a while; a supervisor that was killed is started again after a while.
    """
    if fault == Fault(SUPERVISOR, signal.SIGKILL):
        return supervisor_dies(system, rng)
    family = [process for process in family if process.is_running()]
    if fault.how is signal.SIGKILL:
        victim = rng.choice([family[0], rng.choice(family)])
        words = f"process {family.index(victim) + 1} of {len(family)}"
        began = time.monotonic()
        victim.kill()
        while lives(victim):
            time.sleep(0.001)
        return words, began
    seconds, victims = rng.uniform(SHORTEST_FREEZE_SECONDS, LONGEST_FREEZE_SECONDS), rng.choice([family[:1], family])
    for victim in victims:
        victim.suspend()
    time.sleep(seconds)
    for victim in victims:
        victim.resume()
    return f"{len(victims)} of {len(family)} processes for {seconds:.1f} s", time.monotonic()


def supervisor_dies(system: System, rng: random.Random) -> tuple[str, float]:
    """Kill the supervisor and start it again after a while beside what it left; every second one dies in its start."""
    words = "killed"
    for _ in range(rng.randrange(2)):
        kill(system)
        system.begin()
        seconds = rng.uniform(0, LONGEST_START_SECONDS)
        time.sleep(seconds)
        words += f", and again {seconds:.1f} s into the next start"
    kill(system)
    began, seconds = time.monotonic(), rng.uniform(0, LONGEST_ABSENCE_SECONDS)
    time.sleep(seconds)
    system.start()
    return f"{words}; started again after {seconds:.1f} s", began


def kill(system: System) -> None:
    """Kill the supervisor alone."""
    assert system.process is not None
    system.process.kill()
    system.process.wait()


def members(system: System, target: str) -> list[psutil.Process]:
    """Give the processes of a target, the leading one first."""
    assert system.process is not None
    if target == SUPERVISOR:
        return [psutil.Process(system.process.pid)]
    leader = psutil.Process(system.children()[target])
    return [leader, *leader.children(recursive=True)]


def all_run(system: System) -> bool:
    """Return whether the supervisor and all that it should have started run, none of them frozen."""
    assert system.process is not None
    try:
        processes = [psutil.Process(system.process.pid), *map(psutil.Process, system.children().values())]
        states = [process.status() for process in processes]
    except (OSError, ValueError, psutil.Error):
        return False
    return len(states) == len(TARGETS) and not {psutil.STATUS_ZOMBIE, psutil.STATUS_STOPPED} & set(states)


def strays(system: System) -> list[str]:
    """Name the workers and beats of this system that no supervisor has below it, though one that died had.

    Other tests run systems of this clone meanwhile, and end their supervisors.
    """
    found = []
    for process in psutil.process_iter():
        try:
            words, parent = process.cmdline(), process.parent()
            is_leader = os.getsid(process.pid) == process.pid
            is_ours = "celery" in " ".join(words) and process.environ().get("DEBATEKB_VAR") == str(system.var)
            if is_leader and is_ours and (parent is None or "manage.py" not in parent.cmdline()):
                found.append(f"left behind: {process.pid} {' '.join(words).strip()}")
        except (OSError, psutil.Error):
            continue
    return found
