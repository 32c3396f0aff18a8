"""Questions to the parts of the system, asked side by side and each for a bounded time, whatever hangs."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.db import Error as DatabaseError
from django.db import connection
from redis import RedisError

_log = logging.getLogger(__name__)
LONGEST_SECONDS: Final = 2.5
"""After this time a question counts as not answered; it goes on in its thread, and is not asked a second time."""

FRESH_SECONDS: Final = 0.2
"""For how long an answer is given again, so that many who ask cost no more than one."""


class Sample(NamedTuple):
    """A figure for the metrics: the name of the metric, the values of its labels, the value."""

    metric: str
    labels: tuple[str, ...]
    value: float


@dataclass(frozen=True)
class Outcome:
    """What a probe found: whether all is well (None: that cannot be told), a sentence, figures, the seconds it took."""

    is_ok: bool | None
    detail: str
    samples: tuple[Sample, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Probe:
    """A question by name; `of` names the part that it asks, without which nothing can be told of the rest.

    Where `is_of_part` it is the question whether that part serves at all.
    """

    ask: Callable[[], Outcome]
    of: str = ""
    is_of_part: bool = False

    def without_answer(self) -> Outcome:
        """Say what is known where the part does not answer."""
        if self.is_of_part:
            return Outcome(is_ok=False, detail=f"{self.of} does not answer.")
        if self.of:
            return Outcome(is_ok=None, detail=f"Not known: {self.of} does not answer.")
        return Outcome(is_ok=False, detail="Could not be read.")


class _Asked(NamedTuple):
    at: float
    answer: "Future[Outcome]"


class Probes:
    """Probes with a thread for each, so that none waits for another."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = probes
        self._threads = ThreadPoolExecutor(len(probes), thread_name_prefix="probe")
        self._asked: dict[str, _Asked] = {}
        self._lock = threading.Lock()

    def outcomes(self, names: Collection[str]) -> dict[str, Outcome]:
        """Ask the probes of these names; takes `LONGEST_SECONDS` at most."""
        with self._lock:
            asked = {name: self._ask(name) for name in names}
        return {name: self._outcome(name, one) for name, one in asked.items()}

    def _ask(self, name: str) -> _Asked:
        known = self._asked.get(name)
        if known is None or (known.answer.done() and time.monotonic() - known.at > FRESH_SECONDS):
            known = _Asked(time.monotonic(), self._threads.submit(_run, self._probes[name]))
            self._asked[name] = known
        return known

    def _outcome(self, name: str, asked: _Asked) -> Outcome:
        left = asked.at + LONGEST_SECONDS - time.monotonic()
        try:
            error = asked.answer.exception(timeout=max(left, 0))
        except NotDoneError:
            return replace(self._probes[name].without_answer(), seconds=time.monotonic() - asked.at)
        if error is None:
            return asked.answer.result()
        _log.error("The question about %s went wrong.", name, exc_info=error)
        return Outcome(is_ok=None, detail="Not known: the question itself went wrong; the log says how.")


def _run(probe: Probe) -> Outcome:
    """Ask; what a part says of its failure may name hosts and people, so that a sentence of ours stands for it."""
    began = time.monotonic()
    try:
        outcome = probe.ask()
    except (DatabaseError, RedisError, OSError):
        outcome = probe.without_answer()
    finally:
        connection.close()
    return replace(outcome, seconds=time.monotonic() - began)
