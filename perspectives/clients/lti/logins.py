"""What a login, a choice, a ticket or an invitation is known by, in Valkey for a while; each is taken once, by one."""

import json
import secrets
from functools import cache
from typing import Any, Final

from django.conf import settings
from redis import Redis

from debatekb import valkey

LOGIN_SECONDS: Final = 600
TICKET_SECONDS: Final = 60
CHOICE_SECONDS: Final = 3600
"""How long a teacher may take to choose what a link opens."""
QUIZ_SECONDS: Final = 4 * 3600
"""How long the score of a quiz can be sent after it was opened."""
_PREFIX: Final = "debatekb:lti:"
_TOKEN_BYTES: Final = 24


def keep(kind: str, value: dict[str, Any], *, seconds: int, token: str = "") -> str:
    """Keep something, under a new token unless one is given, and give the token. Raises RedisError."""
    token = token or secrets.token_urlsafe(_TOKEN_BYTES)
    _store().set(f"{_PREFIX}{kind}:{token}", json.dumps(value), ex=seconds)
    return token


def take(kind: str, token: str) -> dict[str, Any] | None:
    """Take what is kept under a token; None where it is nothing (any more). Raises RedisError."""
    return _read(_store().getdel(f"{_PREFIX}{kind}:{token}"))


def look(kind: str, token: str) -> dict[str, Any] | None:
    """Look at what is kept under a token without taking it. Raises RedisError."""
    return _read(_store().get(f"{_PREFIX}{kind}:{token}"))


def _read(found: Any) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = json.loads(found) if found else None
    return kept


@cache
def _store() -> Redis:
    return valkey.client(settings.CACHE_URL, seconds=settings.VALKEY_TIMEOUT)
