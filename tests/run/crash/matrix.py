"""The rounds: people write, something breaks, all heals, and everything that was acknowledged is there."""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from debatekb.running import probe
from tests import content
from tests.run.crash import faults, writers
from tests.run.crash.client import Client, NeverAnsweredError
from tests.run.crash.faults import Fault
from tests.run.crash.inspector import Inspector
from tests.run.crash.journal import Journal, Look, Write
from tests.run.system import ROOT, System

WRITES = 40
PACES = (0.05, 0.4, 1.2)
"""The longest rests of writers in seconds, of which each round chooses one: a strike amid writes, or a long outage."""
HEALS_SECONDS = 60.0
SEEN_SECONDS = 5.0
ARTICLE = "sachs-2024-fifth-offer"


@dataclass
class Round:
    """What came of one round."""

    fault: Fault
    victim: str
    writes: Sequence[Write]
    heals_seconds: float
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lost = Counter(answer for write in self.writes for answer in write.lost)
        answers = ", ".join(f"{number} {what}" for what, number in lost.items()) or "none"
        return f"{self.fault}: {self.victim}; healed in {self.heals_seconds:.1f} s; answers lost: {answers}"


class Budget:
    """How many writes are left in a round."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.lock = threading.Lock()

    def take(self) -> bool:
        """Take one; return whether there was one."""
        with self.lock:
            self.left -= 1
            return self.left >= 0


class Matrix:
    """A running system with its crew, writers and inspector."""

    def __init__(self, system: System, seed: int) -> None:
        self.system = system
        self.rng = random.Random(seed)
        self.journal = Journal(seed)
        self.address = f"http://127.0.0.1:{system.port}"
        self.inspector = Inspector(system, system.output.with_suffix(".inspector"))
        self.secrets = crew(system)
        desks = [
            writers.Desk(self.address, self.secrets, self.journal, random.Random(self.rng.random()))
            for _ in range(len(content.FEW) + 3)
        ]
        *editing, drafting, filing, reading = self.desks = desks
        self.writers = [
            *(writers.editor(desk, topic) for desk, topic in zip(editing, content.FEW, strict=True)),
            writers.drafter(drafting, ARTICLE),
            writers.librarian(filing),
            writers.reader(reading, content.FEW[0]),
        ]

    def close(self) -> None:
        """Close connections and end the inspector; the system goes on."""
        for desk in self.desks:
            desk.close()
        self.inspector.end()

    def round(self, fault: Fault, writes: int = WRITES) -> Round:
        """Play one round. Raises NeverAnsweredError where the system does not heal."""
        before, budget = len(self.journal.writes), Budget(writes)
        strikes_at = self.rng.randrange(1, writes - writes // 4)
        family, pace = faults.members(self.system, fault.target), self.rng.choice(PACES)
        with ThreadPoolExecutor(len(self.writers)) as pool:
            working = [pool.submit(work, steps, budget, pace, self.rng.random()) for steps in self.writers]
            while budget.left > writes - strikes_at and not any(one.done() for one in working):
                time.sleep(0.002)
            time.sleep(self.rng.uniform(0, 0.05))
            victim, began = faults.strike(self.system, fault, family, self.rng)
            self.wait_healed()
            healed = time.monotonic()
            for one in working:
                one.result()
        written = self.journal.writes[before:]
        later = [write.acknowledged for write in written if write.first_sent > began and write.must_be_there]
        broken = self.inspector.ask("check", writes=[write.as_json() for write in self.journal.writes])
        broken += [*self.unreadable(), *faults.strays(self.system)]
        return Round(fault, victim, written, max(healed, min(later, default=healed)) - began, broken)

    def wait_healed(self) -> None:
        """Wait until all processes run, the site says that it is healthy, and the worker answers."""
        for what, is_so in {
            "a process": lambda: faults.all_run(self.system),
            "the site": lambda: probe.is_healthy("127.0.0.1", self.system.port),
            "the worker": lambda: self.inspector.ask("ping"),
        }.items():
            wait_until(is_so, HEALS_SECONDS, what)

    def unreadable(self) -> list[str]:
        """Look for everything that was done where it can be read, and name what is not there."""
        with ThreadPoolExecutor(4) as pool:
            looks, self.journal.looks = list(self.journal.looks.values()), {}
            return [look.path for look, seen in zip(looks, pool.map(self.sees, looks), strict=True) if not seen]

    def sees(self, look: Look) -> bool:
        """Return whether the words are there, now or when caches have been asked again."""
        deadline = time.monotonic() + SEEN_SECONDS
        with Client(self.address, look.who, self.secrets[look.who], self.journal) as client:
            while look.words not in client.read(look.path).text:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.3)
        return True

    def wait_made(self, seconds: float) -> None:
        """Wait until the worker has made the references of all editions."""
        wait_until(lambda: self.inspector.ask("unmade") == 0, seconds, "the references")


def work(steps: writers.Steps, budget: Budget, pace: float, seed: float) -> None:
    """Write until the round's writes are used up, with rests between them."""
    rng = random.Random(seed)
    while budget.take():
        time.sleep(rng.uniform(0, pace))
        next(steps)


def wait_until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait. Raises NeverAnsweredError when it takes too long."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise NeverAnsweredError(f"{what} did not come back in {seconds:.0f} s")
        time.sleep(0.1)


def crew(system: System) -> dict[str, str]:
    """Make the people in the running system; give the key or the session of each."""
    command = [sys.executable, "-m", "tests.run.crash.crew"]
    done = subprocess.run(command, cwd=ROOT, env=system.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made: dict[str, str] = json.loads(done.stdout)
    return made


@contextmanager
def running(folder: Path, port: int, seed: int) -> Iterator[Matrix]:
    """Start a system in a folder of its own, and remove it afterwards."""
    system = System(folder / "var", port)
    system.variables = {"API_ANONYMOUS_PER_MINUTE": "0", "API_KEY_PER_MINUTE": "0"}
    try:
        system.start()
        with closing(Matrix(system, seed)) as matrix:
            yield matrix
    finally:
        system.remove()
