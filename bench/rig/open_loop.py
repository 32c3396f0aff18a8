"""Requests that come as readers come, whether or not those before them are answered: an open loop.

Each process has one connection and asks at moments drawn beforehand (a Poisson process); what is asked late counts from
its moment, so that a server that stands still is not asked less and seen better than it is.
"""

import multiprocessing
import random
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from bench.rig.loading import Asker, BadAnswerError

_OK = 200
_MOST_ERRORS = 20
"""How many errors a process describes; it counts all."""


class Flow(NamedTuple):
    """What is asked for: one of the requests at random, `rate` times a second in all, for so many seconds."""

    port: int
    requests: Sequence[bytes]
    rate: float
    seconds: float
    connections: int


class Seen(NamedTuple):
    """What one process saw: for each request its moment since the beginning and the seconds it took; and errors."""

    moments: list[float]
    taken: list[float]
    errors: int
    described: list[str]


class OpenLoop:
    """Processes that ask; begun at once, and asked for what they saw at the end."""

    def __init__(self, flow: Flow) -> None:
        self.pipes = []
        self.processes = []
        context = multiprocessing.get_context("fork")
        begins = time.monotonic() + 1
        for seed in range(flow.connections):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, flow, begins, seed), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.processes.append(process)

    def seen(self) -> list[Seen]:
        """Wait for the end and give what was seen."""
        found: list[Seen] = [pipe.recv() for pipe in self.pipes]
        for process in self.processes:
            process.join()
        return found


def _work(pipe: "Connection[Any, Any]", flow: Flow, begins: float, seed: int) -> None:
    chance = random.Random(seed)
    seen = Seen([], [], 0, [])
    errors = 0
    described: list[str] = []
    asker = Asker(flow.port)
    moment = 0.0
    while (moment := moment + chance.expovariate(flow.rate / flow.connections)) < flow.seconds:
        if (wait := begins + moment - time.monotonic()) > 0:
            time.sleep(wait)
        asked = chance.choice(flow.requests)
        try:
            status, head, _ = asker.ask(asked)
            error = "" if status == _OK else repr(head[:100])
        except (BadAnswerError, OSError) as broken:
            error = str(broken)
            asker.close()
            asker = Asker(flow.port)
        seen.moments.append(moment)
        seen.taken.append(time.monotonic() - begins - moment)
        if error:
            errors += 1
            described += [f"{moment:.0f} s, {asked.split()[1].decode()}: {error}"][: _MOST_ERRORS - len(described)]
    pipe.send(seen._replace(errors=errors, described=described))
