"""The key of a request, from the header `Authorization: Bearer` alone, since addresses end up in logs."""

from datetime import timedelta
from typing import Final, Never

from django.http import HttpRequest
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.api.http import limits, problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.limits import Grant
from perspectives.models import ApiKey
from perspectives.queries.accounts.api_keys import of_secret
from perspectives.rules.accounts.key_secret import is_well_written
from perspectives.vocab import KeyState, Scope

_SCHEME: Final = "bearer"
_USE_IS_NOTED_AFTER: Final = timedelta(minutes=1)


def admit(request: HttpRequest, scope: Scope = Scope.READ) -> tuple[ApiKey | None, Grant]:
    """Find the key of a request and count it against its limit, before anything else is done for it.

    Raises RefusedError: 401 for a key that does not work, 403 for one of other scopes, 429 where the limit is used up.
    Requests with a key that does not work count for their address, so that guessing is limited too.
    """
    try:
        key = key_of(request)
    except RefusedError as error:
        error.headers.update(limits.take(request, None).headers)
        raise
    grant = limits.take(request, key)
    if key is not None and scope not in key.scopes:
        sentence = f"This key may be used to {' and to '.join(key.scopes)}; here it needs the scope '{scope.value}'."
        raise RefusedError(problems.NOT_PERMITTED, sentence, headers=grant.headers)
    return key, grant


def key_of(request: HttpRequest) -> ApiKey | None:
    """Find the key of a request with its owner, in one query, and note its use, in another, once a minute.

    None where the header is not sent. Raises RefusedError (401) where it holds anything but a key that works.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    if scheme.lower() != _SCHEME:
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
    if key.last_used_at is None or key.last_used_at < now - _USE_IS_NOTED_AFTER:
        api_keys.note_use(key_id=key.pk)
    return key


def _refuse(sentence: str) -> Never:
    raise RefusedError(problems.INVALID_KEY, sentence, headers={"WWW-Authenticate": "Bearer"})
