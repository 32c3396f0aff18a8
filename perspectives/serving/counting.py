"""Counting what clients ask for in a minute, in Valkey, for the limits of the API and of pages.

A window opens with a client's first request and ends by the life of its counter, so that all processes count alike and
no clocks need agree; a burst at the seam of two windows can reach twice the limit. To count costs one round trip.
"""

import logging
import time
from functools import cache
from threading import Lock
from typing import Final, NamedTuple

from django.conf import settings
from redis import Redis, RedisError

from debatekb import valkey

WINDOW_SECONDS: Final = 60
PAUSE_SECONDS: Final = 5
"""How long a Valkey that did not answer is left alone."""
_SECONDS_TO_WAIT: Final = 0.2
"""How long Valkey may take to connect or answer; a limit is not worth more of a reader's time."""
_LOG_SECONDS: Final = 60
_PREFIX: Final = "debatekb:limit:"
_log = logging.getLogger(__name__)


class Counted(NamedTuple):
    """How many requests a client has made in its window, this one among them, and the seconds to the window's end."""

    requests: int
    seconds: float


class Counter:
    """Counts the requests of clients in Valkey; threads may share it."""

    def __init__(self, store: Redis, *, window_seconds: float = WINDOW_SECONDS) -> None:
        self._valkey = store
        self._milliseconds = int(window_seconds * 1000)
        self._lock = Lock()
        self._asks_again_at = self._logs_again_at = time.monotonic()

    def count(self, client: str) -> Counted | None:
        """Count one request of `client`; None while Valkey does not answer."""
        if time.monotonic() < self._asks_again_at:
            return None
        key = _PREFIX + client
        try:
            with self._valkey.pipeline(transaction=False) as pipeline:
                # Each request gives the counter a life if it has none, so that no counter can stay for ever.
                pipeline.incr(key)
                pipeline.pexpire(key, self._milliseconds, nx=True)
                pipeline.pttl(key)
                requests, _, milliseconds = pipeline.execute()
        except RedisError as error:
            self._leave_alone(error)
            return None
        return Counted(requests, milliseconds / 1000)

    def _leave_alone(self, error: RedisError) -> None:
        now = time.monotonic()
        with self._lock:
            self._asks_again_at = now + PAUSE_SECONDS
            is_to_be_logged = now >= self._logs_again_at
            if is_to_be_logged:
                self._logs_again_at = now + _LOG_SECONDS
        if is_to_be_logged:
            _log.warning("Valkey does not count requests, so the site answers without limits: %s", error)


@cache
def counter() -> Counter:
    """Make the counter of this process, with a connection of its own."""
    return Counter(valkey.client(settings.CACHE_URL, seconds=_SECONDS_TO_WAIT))
