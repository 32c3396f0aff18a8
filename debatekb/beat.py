"""Beat's schedule under a lease in Valkey: of however many beats run, one sends, and another follows when it ends."""

import logging
import os
import socket
import time
from contextlib import suppress
from typing import Any, Final

from celery.beat import PersistentScheduler
from django.conf import settings
from redis import Redis, RedisError
from redis.exceptions import LockError

from debatekb import valkey
from debatekb.watching import heartbeats

NAME: Final = "debatekb:beat"
LEASE_SECONDS: Final = 15.0
"""How long after the last sign of life of the one that sends another may follow."""
RENEWED_AFTER_SECONDS: Final = 5.0
_log = logging.getLogger(__name__)


class Lease:
    """What one of many processes holds at a time; it must ask `is_held` often enough."""

    def __init__(self, store: Redis, *, seconds: float = LEASE_SECONDS) -> None:
        self._lock = store.lock(NAME, timeout=seconds, blocking=False, thread_local=False)
        self._renewed_at: float | None = None

    def is_held(self) -> bool:
        """Take the lease or prolong it, and return whether it is ours; not while Valkey does not answer."""
        now = time.monotonic()
        if self._renewed_at is not None and now - self._renewed_at < RENEWED_AFTER_SECONDS:
            return True
        was_held = self._renewed_at is not None
        self._renewed_at = now if self._is_renewed() else None
        if (self._renewed_at is not None) != was_held:
            _log.warning("This beat sends from now on." if self._renewed_at else "Another beat may send from now on.")
        return self._renewed_at is not None

    def let_go(self) -> None:
        """Give the lease back, so that the next one need not wait for its end."""
        if self._renewed_at is not None:
            self._renewed_at = None
            with suppress(LockError, RedisError):
                self._lock.release()

    def _is_renewed(self) -> bool:
        try:
            if self._renewed_at is not None:
                with suppress(LockError):
                    self._lock.reacquire()
                    return True
            return bool(self._lock.acquire())
        except RedisError:
            return False


class Scheduler(PersistentScheduler):
    """Celery's scheduler, which sends only while it holds the lease; its file is its own.

    Whoever follows sends what became due since it began itself: jobs are safe to run twice.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.lease = Lease(valkey.client(settings.CACHE_URL, seconds=settings.VALKEY_TIMEOUT))
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send one job that is due, if any and if it is for us to send; return the seconds until the next look.

        Each look is a sign of life.
        """
        heartbeats.give(heartbeats.BEAT, f"{socket.gethostname()}:{os.getpid()}")
        if not self.lease.is_held():
            return RENEWED_AFTER_SECONDS
        wait: float = super().tick(*args, **kwargs)
        return min(wait, RENEWED_AFTER_SECONDS)

    def close(self) -> None:
        """Write the schedule down and let another one follow at once."""
        super().close()
        self.lease.let_go()
