"""Signs of life of worker and beat, by the clock of the process that gives them."""

import time
from contextlib import suppress
from typing import Final, cast

from redis import RedisError

from debatekb.watching.valkey import client

WORKER: Final = "worker"
BEAT: Final = "beat"
EVERY_SECONDS: Final = 5.0
_KEY: Final = "debatekb:heartbeats:"
_FORGOTTEN_SECONDS: Final = 24 * 3600
"""After this time a process that says nothing is no longer counted among those that are missed."""
_last: dict[str, float] = {}


def give(role: str, name: str) -> None:
    """Note that the process `name` of a role lives, every few seconds at most; without Valkey nothing is noted."""
    if time.monotonic() - _last.get(role, -EVERY_SECONDS) < EVERY_SECONDS * 0.9:
        return
    _last[role] = time.monotonic()
    with suppress(RedisError), client().pipeline() as pipeline:
        pipeline.zadd(_KEY + role, {name: time.time()})
        pipeline.zremrangebyscore(_KEY + role, 0, time.time() - _FORGOTTEN_SECONDS)
        pipeline.execute()


def ages(role: str) -> list[float]:
    """Tell for how many seconds each process of a role has said nothing, the liveliest first. Raises RedisError."""
    found = cast("list[tuple[bytes, float]]", client().zrange(_KEY + role, 0, -1, desc=True, withscores=True))
    return [max(time.time() - at, 0.0) for _, at in found]
