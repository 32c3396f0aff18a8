"""Where processes leave what watchers ask for: in the broker's database, which nobody empties."""

from functools import cache
from typing import Final

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from debatekb import addresses

_SECONDS: Final = 1.0
"""How long Valkey may take to connect or answer; what is noted here is never worth more of anybody's time."""


@cache
def client() -> Redis:
    """Make the client of this process: short waits, no second try, no connection before the first question."""
    return Redis.from_url(
        addresses.valkey_url(settings.REDIS_URL),
        socket_timeout=_SECONDS,
        socket_connect_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
