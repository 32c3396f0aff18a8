"""Where processes leave what watchers ask for: in the broker's database, which nobody empties."""

from functools import cache
from typing import Final

from django.conf import settings
from redis import Redis

from debatekb import addresses, valkey

_SECONDS: Final = 1.0
"""How long Valkey may take to connect or answer; what is noted here is never worth more of anybody's time."""


@cache
def client() -> Redis:
    """Make the client of this process."""
    return valkey.client(addresses.valkey_url(settings.REDIS_URL), seconds=_SECONDS)
