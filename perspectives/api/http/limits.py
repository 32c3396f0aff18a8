"""How many requests a client may make: so many a minute for an address, more with a key.

What is counted is told in each answer by `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.rate_limit_leases import WINDOW_SECONDS, Limiter
from perspectives.models import ApiKey
from perspectives.serving.clients import client_address

_SECONDS_TO_WAIT: Final = 0.2
"""How long Valkey may take to connect or answer; a limit is not worth more of a reader's time."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to answer a request, with the headers that say how much of the limit is left; none without a limit."""

    headers: Mapping[str, str]

    def write(self, response: HttpResponse) -> None:
        """Set the headers on the answer."""
        for name, value in self.headers.items():
            response.headers[name] = value


UNLIMITED: Final = Grant({})


def take(request: HttpRequest, key: ApiKey | None) -> Grant:
    """Count a request against the limit of its key, or without one of its address.

    Raises RefusedError (429) where the limit is used up. Without Valkey nothing is counted or refused.
    """
    name, limit = ("key", settings.API_KEY_PER_MINUTE) if key else ("anonymous", settings.API_ANONYMOUS_PER_MINUTE)
    if not limit:
        return UNLIMITED
    allowance = limiter().take(f"key:{key.pk}" if key else f"address:{client_address(request)}", limit)
    if allowance is None:
        return UNLIMITED
    seconds = ceil(allowance.seconds)
    headers = {
        "RateLimit-Policy": f'"{name}";q={limit};w={WINDOW_SECONDS}',
        "RateLimit": f'"{name}";r={allowance.remaining};t={seconds}',
    }
    if not allowance.is_granted:
        raise _refusal(limit, max(seconds, 1), headers, has_key=key is not None)
    return Grant(headers)


@cache
def limiter() -> Limiter:
    """Make the limiter of this process, with a connection of its own: short waits, no second try."""
    valkey = Redis.from_url(
        settings.CACHE_URL,
        socket_timeout=_SECONDS_TO_WAIT,
        socket_connect_timeout=_SECONDS_TO_WAIT,
        retry=Retry(NoBackoff(), 0),
    )
    return Limiter(valkey)


def _refusal(limit: int, seconds: int, headers: Mapping[str, str], *, has_key: bool) -> RefusedError:
    whose = "This key" if has_key else "Your address, which sends no API key,"
    sentence = f"{whose} may ask {limit} times in {WINDOW_SECONDS} seconds; ask again in {seconds} seconds."
    return RefusedError(problems.TOO_MANY_REQUESTS, sentence, headers={**headers, "Retry-After": str(seconds)})
