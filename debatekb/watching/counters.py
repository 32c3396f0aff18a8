"""What all processes have counted: each counts for itself and adds it to the sums in Valkey every second."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from http import HTTPMethod
from typing import Final, cast

from redis import RedisError
from redis.exceptions import TimeoutError as NoAnswerError

from debatekb.watching.valkey import client

REQUESTS: Final = "requests"
REQUEST_BUCKETS: Final = "request_buckets"
REQUEST_SECONDS: Final = "request_seconds"
TASKS: Final = "tasks"
TASK_SECONDS: Final = "task_seconds"
CACHE_USES: Final = "cache"
BUCKETS: Final = ("0.01", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf")
"""Upper limits of the histogram of requests, in seconds."""
_BOUNDS: Final = tuple(map(float, BUCKETS))
_METHODS: Final = frozenset(HTTPMethod)
_KEY: Final = "debatekb:counts"
_FLUSH_SECONDS: Final = 1.0
Series = tuple[str, ...]
"""The name of a sum and the values of its labels."""


class Counters:
    """The counts of this process since they were last added to the sums; safe for threads and after a fork.

    `sources` are asked for more counts each time; each gives what it has counted since.
    """

    def __init__(self) -> None:
        self.sources: list[Callable[[], dict[Series, float]]] = []
        self._counts: defaultdict[Series, float] = defaultdict(float)
        self._lock = threading.Lock()

    def add(self, counts: dict[Series, float]) -> None:
        """Count, each series by so much; waits for nobody."""
        with self._lock:
            for series, amount in counts.items():
                self._counts[series] += amount

    def flush(self) -> None:
        """Add what was counted to the sums, all of it or nothing. Raises RedisError; then it is kept for the next time.

        Where Valkey did not answer in time the commands wait at its socket and are carried out when it goes on, so
        that sending them again would count twice.
        """
        with self._lock:
            taken, self._counts = self._counts, defaultdict(float)
        for source in self.sources:
            for series, number in source().items():
                taken[series] += number
        if not taken:
            return
        try:
            with client().pipeline() as pipeline:
                for series, amount in taken.items():
                    pipeline.hincrbyfloat(_KEY, json.dumps(series), amount)
                pipeline.execute()
        except NoAnswerError:
            raise
        except RedisError:
            self.add(taken)
            raise

    def keep_flushing(self) -> None:
        """Flush for ever, in a thread of its own; while Valkey is away counts add up here."""
        while True:
            time.sleep(_FLUSH_SECONDS)
            with suppress(RedisError):
                self.flush()


COUNTERS = Counters()


def known_method(method: str | None) -> str:
    """Give a method that HTTP knows, or "other": a client may write anything there."""
    return method if method in _METHODS else "other"


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    bucket = next(name for name, bound in zip(BUCKETS, _BOUNDS, strict=True) if seconds <= bound)
    COUNTERS.add(
        {
            (REQUESTS, route, method, str(status)): 1,
            (REQUEST_BUCKETS, route, method, bucket): 1,
            (REQUEST_SECONDS, route, method): seconds,
        }
    )


def count_task(name: str, state: str, seconds: float) -> None:
    """Count a run of a task by the state in which it ended."""
    COUNTERS.add({(TASKS, name, state.lower()): 1, (TASK_SECONDS, name): seconds})


def sums() -> dict[Series, float]:
    """Read what all processes have counted together, what this one has counted included. Raises RedisError."""
    COUNTERS.flush()
    found = cast("dict[bytes, bytes]", client().hgetall(_KEY))
    return {tuple(json.loads(series)): float(amount) for series, amount in found.items()}
