"""The key of a request, from the header `Authorization: Bearer` alone, since addresses end up in logs."""

from datetime import timedelta
from typing import Final, Never

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from debatekb.postgres import replicas
from perspectives.actions.accounts import api_keys
from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.models import ApiKey, User
from perspectives.queries.accounts.api_keys import of_secret
from perspectives.rules.accounts.key_secret import is_well_written
from perspectives.vocab import KeyState

SCHEME: Final = "Bearer"
_USE_IS_NOTED_AFTER: Final = timedelta(minutes=1)


class ApiKeyAuthentication(BaseAuthentication):
    """Authenticates a request by its API key: `request.user` is the key's owner, `request.auth` the key."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Find the key; None without one. Raises RefusedError (401)."""
        key = key_of(request)
        return (key.owner, key) if key else None

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, for `WWW-Authenticate`."""
        return SCHEME


def key_of(request: HttpRequest) -> ApiKey | None:
    """Find the key of a request with its owner, in one query, and note its use, in another, once a minute.

    None where the header is not sent. Raises RefusedError (401) where it holds anything but a key that works.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    if scheme.lower() != SCHEME.lower():
        _refuse("The header 'Authorization' must be 'Bearer' and an API key.")
    if not is_well_written(secret):
        _refuse("This is no API key as we write them; it may be mistyped or cut off.")
    return _working(of_secret(secret))


def _working(key: ApiKey | None) -> ApiKey:
    """Give back a key that works. Raises RefusedError; what was revoked and what never was are told alike."""
    now = timezone.now()
    state = key.state(now) if key else KeyState.REVOKED
    if key is None or state is KeyState.REVOKED or not key.owner.is_active:
        _refuse("This API key is not known or was revoked.")
    if state is KeyState.EXPIRED:
        _refuse(f"This API key expired on {key.expires_at:%Y-%m-%d}; make a new one.")
    is_noted = key.last_used_at is not None and key.last_used_at >= now - _USE_IS_NOTED_AFTER
    if not is_noted and not replicas.is_alone():  # nothing can be written while the primary is away
        api_keys.note_use(key_id=key.pk)
    return key


def _refuse(sentence: str) -> Never:
    raise RefusedError(problems.INVALID_KEY, sentence, headers={"WWW-Authenticate": SCHEME})
