"""The services of a platform: tokens of access, which are cached, and scores."""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from perspectives.clients import http
from perspectives.clients.http import Bounds, FetchError
from perspectives.clients.single_request import host_of
from perspectives.models import LtiRegistration
from perspectives.valkey import cache

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_SECONDS: Final = 300
_BOUNDS: Final = Bounds(most_bytes=100_000, most_seconds=10.0, most_redirects=0)
_LEAST_LEFT: Final = 60
"""A token is forgotten so many seconds before it ends, so that none ends on its way."""
_LONGEST_KEPT: Final = 3600
_UNAUTHORISED: Final = 401

Sign = Callable[[dict[str, Any]], str]
"""Signs claims with the key of this tool."""


def send(
    registration: LtiRegistration, address: str, content: Mapping[str, Any], *, kind: str, scope: str, sign: Sign
) -> int:
    """Send something of a content type to a service, and give the status of the answer.

    A token that is not taken is asked for anew, once. Raises FetchError, and UnreachableError where later may be
    better.
    """
    body = json.dumps(content).encode()
    for is_new in (False, True):
        headers = {"Content-Type": kind, "Authorization": f"Bearer {_token(registration, scope, sign, is_new=is_new)}"}
        status = http.exchange(address, body, headers, bounds=_BOUNDS).status
        if status != _UNAUTHORISED:
            break
    return status


def _token(registration: LtiRegistration, scope: str, sign: Sign, *, is_new: bool) -> str:
    """Give a token of access: of the platform, the client id and the scope, since each has its own."""
    known = f"{registration.issuer} {registration.client_id} {registration.token_url} {scope}"
    name = f"lti:token:{hashlib.sha256(known.encode()).hexdigest()}"
    kept: str | None = None if is_new else cache.get(name)
    if kept:
        return kept
    found, seconds = _asked(registration, scope, sign)
    if seconds > _LEAST_LEFT:
        cache.set(name, found, min(seconds - _LEAST_LEFT, _LONGEST_KEPT))
    return found


def _asked(registration: LtiRegistration, scope: str, sign: Sign) -> tuple[str, int]:
    """Ask for a token as RFC 7523 has it; give it with the seconds that it holds."""
    now, us = int(time.time()), registration.client_id
    claims = {"iss": us, "sub": us, "aud": registration.token_audience or registration.token_url, "iat": now}
    assertion = sign({**claims, "exp": now + _ASSERTION_SECONDS, "jti": secrets.token_urlsafe(24)})
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": assertion,
        "scope": scope,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = http.exchange(registration.token_url, urlencode(asked).encode(), headers, bounds=_BOUNDS)
    told = answer.json_object() or {}
    token, seconds = told.get("access_token"), told.get("expires_in", _LONGEST_KEPT)
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token:
        raise FetchError(f"{host_of(registration.token_url)} gave no token of access ({answer.status}).")
    return token, int(seconds) if isinstance(seconds, int | float) and 0 < seconds < _LONGEST_KEPT * 24 else 0
