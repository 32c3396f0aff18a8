"""A rate limiter that counts in Valkey and asks it rarely: each process leases some requests of a window at a time.

A window opens with a client's first request and is closed by Valkey, by the life of the client's counter: windows of
different clients do not end together, and clocks of different machines need not agree. As many requests as the limit
are given out in a window, never more, over all processes; a burst at the seam of two windows can reach twice that.
A lease is a twentieth of the limit at most and shrinks to one towards the end, so that what a process leases and does
not use is little and the limit is reached exactly by a client that all processes serve.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from redis import Redis, RedisError

WINDOW_SECONDS: Final = 60
MOST_CLIENTS: Final = 20_000
"""How many clients a process remembers; the one that was silent longest is forgotten, and its lease lost."""
PAUSE_SECONDS: Final = 5
"""How long a Valkey that did not answer is left alone."""
_LOG_SECONDS: Final = 60
_PREFIX: Final = "debatekb:limit:"
_LEASE: Final = """
local used = tonumber(redis.call('GET', KEYS[1]) or 0)
local limit = tonumber(ARGV[1])
local left = limit - used
if left <= 0 then
  return {0, 0, redis.call('PTTL', KEYS[1])}
end
local lease = math.max(1, math.min(math.floor(limit / 20), math.floor(left / 4)))
if used == 0 then
  redis.call('SET', KEYS[1], lease, 'PX', ARGV[2])
else
  redis.call('INCRBY', KEYS[1], lease)
end
return {lease, left - lease, redis.call('PTTL', KEYS[1])}
"""
"""Gives how many requests are leased, how many are left for other leases, and the milliseconds to the window's end."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """The limiter's answer: whether the request may go on, how many more may, and the seconds to the window's end."""

    is_granted: bool
    remaining: int
    seconds: float


class _Lease:
    """What this process may still grant a client until `ends`; `elsewhere` is what nobody had leased, last we heard."""

    __slots__ = ("elsewhere", "ends", "left")

    def __init__(self, left: int, elsewhere: int, ends: float) -> None:
        self.left = left
        self.elsewhere = elsewhere
        self.ends = ends

    def spend(self, now: float) -> Allowance | None:
        """Take one request from the lease; None where Valkey must be asked for more."""
        if not self.left and self.elsewhere:
            return None
        is_granted = self.left > 0
        self.left -= is_granted
        return Allowance(is_granted, self.left + self.elsewhere, max(self.ends - now, 0.0))


class Limiter:
    """Counts the requests of clients; threads may share it, and its lock is never held while Valkey is asked."""

    def __init__(
        self,
        valkey: Redis,
        *,
        window_seconds: float = WINDOW_SECONDS,
        most_clients: int = MOST_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = valkey.register_script(_LEASE)
        self._window_milliseconds = int(window_seconds * 1000)
        self._most_clients = most_clients
        self._clock = clock
        self._lock = Lock()
        self._leases: OrderedDict[str, _Lease] = OrderedDict()
        self._asks_again_at = self._logs_again_at = clock()

    def take(self, client: str, limit: int) -> Allowance | None:
        """Count one request of `client` against `limit`; None, so no limit, while Valkey does not answer."""
        now = self._clock()
        with self._lock:
            lease = self._standing(client, now)
            allowance = lease and lease.spend(now)
        return allowance or self._take_lease(client, limit, now)

    def __len__(self) -> int:
        """Count the clients that are remembered."""
        return len(self._leases)

    def _standing(self, client: str, now: float) -> _Lease | None:
        lease = self._leases.get(client)
        if lease is None or lease.ends <= now:
            return None
        self._leases.move_to_end(client)
        return lease

    def _take_lease(self, client: str, limit: int, now: float) -> Allowance | None:
        if now < self._asks_again_at:
            return None
        try:
            leased, elsewhere, milliseconds = self._ask([_PREFIX + client], [limit, self._window_milliseconds])
        except RedisError as error:
            self._leave_alone(error)
            return None
        with self._lock:
            # The clock was read before Valkey was asked, so the lease ends no later than the window does.
            return self._add(client, _Lease(leased, elsewhere, now + milliseconds / 1000), now).spend(now)

    def _add(self, client: str, new: _Lease, now: float) -> _Lease:
        """Remember a lease, joined with the one that another thread may have got meanwhile."""
        lease = self._standing(client, now)
        if lease is None:
            self._leases[client] = new
            self._leases.move_to_end(client)
            if len(self._leases) > self._most_clients:
                self._leases.popitem(last=False)
            return new
        lease.left += new.left
        lease.elsewhere = min(lease.elsewhere, new.elsewhere)
        lease.ends = min(lease.ends, new.ends)
        return lease

    def _leave_alone(self, error: RedisError) -> None:
        now = self._clock()
        with self._lock:
            self._asks_again_at = now + PAUSE_SECONDS
            is_to_be_logged = now >= self._logs_again_at
            if is_to_be_logged:
                self._logs_again_at = now + _LOG_SECONDS
        if is_to_be_logged:
            _log.warning("Valkey does not count requests, so the API answers without limits: %s", error)
