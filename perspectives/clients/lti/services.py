"""The services of a platform: tokens of access, which are cached; what is sent; lists, which are read page by page."""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode

from perspectives.clients import http
from perspectives.clients.http import Answer, Bounds, FetchError, UnreachableError
from perspectives.clients.single_request import host_of, origin_of
from perspectives.models import LtiRegistration
from perspectives.rules.lti.addresses import following
from perspectives.valkey import cache

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_SECONDS: Final = 300
_BOUNDS: Final = Bounds(most_bytes=100_000, most_seconds=10.0, most_redirects=0)
MOST_PAGES: Final = 20
MOST_PAGE_BYTES: Final = 1_000_000
_LIST_SECONDS: Final = 10.0
"""For how long a list is read, with all its pages."""
_LEAST_LEFT: Final = 60
"""A token is forgotten so many seconds before it ends, so that none ends on its way."""
_LONGEST_KEPT: Final = 3600
_OK, _UNAUTHORISED = 200, 401

Sign = Callable[[dict[str, Any]], str]
"""Signs claims with the key of this tool."""


@dataclass(frozen=True)
class Access:
    """With what a service is asked: a platform, one of its scopes, and what signs for this tool."""

    registration: LtiRegistration
    scope: str
    sign: Sign


def send(access: Access, address: str, wanted: Mapping[str, Any], *, kind: str) -> Answer:
    """Send something of a content type to a service, and give the answer.

    A token that is not taken is asked for anew, once. Raises FetchError, and UnreachableError where later may be
    better.
    """
    body = json.dumps(wanted).encode()
    return _authorised(
        access, lambda token: http.exchange(address, body, {"Content-Type": kind, **token}, bounds=_BOUNDS)
    )


def pages(access: Access, address: str, *, accept: str) -> Iterator[Any]:
    """Read what a service lists, page by page, each as JSON; the next ones must lie on the server of the first.

    Raises like `send`, also where there is no end of pages, or what comes cannot be read.
    """
    deadline = time.monotonic() + _LIST_SECONDS
    first, host = origin_of(address), host_of(address)
    for _ in range(MOST_PAGES):
        answer = _page(access, address, accept, deadline)
        yield content(answer)
        address = following(answer.headers.get("link", ""), answer.address)
        if not address:
            return
        if origin_of(address) != first:
            raise FetchError(f"{host} leads on to another server, which is not asked.")
    raise FetchError(f"{host} lists more than {MOST_PAGES} pages.")


def content(answer: Answer) -> Any:
    """Read the JSON of an answer. Raises FetchError where it is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise FetchError(f"{host_of(answer.address)} answered something that cannot be read.") from None


def _page(access: Access, address: str, accept: str, deadline: float) -> Answer:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise UnreachableError(f"{host_of(address)} took longer than {_LIST_SECONDS:.0f} seconds.")
    bounds = replace(_BOUNDS, most_bytes=MOST_PAGE_BYTES, most_seconds=min(seconds, _BOUNDS.most_seconds))

    def look(token: Mapping[str, str]) -> Answer:
        into = BytesIO()
        answer = http.look(address, accept=accept, bounds=bounds, into=into, headers=token)
        return replace(answer, body=into.getvalue())

    answer = _authorised(access, look)
    if answer.status != _OK:
        raise FetchError(f"{host_of(address)} answered {answer.status} and does not show its list.")
    return answer


def _authorised(access: Access, ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
    """Ask with a token of access, and once more with a new one where that one is not taken."""
    answer = ask({"Authorization": f"Bearer {_token(access, is_new=False)}"})
    if answer.status != _UNAUTHORISED:
        return answer
    return ask({"Authorization": f"Bearer {_token(access, is_new=True)}"})


def _token(access: Access, *, is_new: bool) -> str:
    """Give a token of access: of the platform, the client id and the scope, since each has its own."""
    registration = access.registration
    known = f"{registration.issuer} {registration.client_id} {registration.token_url} {access.scope}"
    name = f"lti:token:{hashlib.sha256(known.encode()).hexdigest()}"
    kept: str | None = None if is_new else cache.get(name)
    if kept:
        return kept
    found, seconds = _asked(access)
    if seconds > _LEAST_LEFT:
        cache.set(name, found, min(seconds - _LEAST_LEFT, _LONGEST_KEPT))
    return found


def _asked(access: Access) -> tuple[str, int]:
    """Ask for a token as RFC 7523 has it; give it with the seconds that it holds."""
    registration = access.registration
    now, us = int(time.time()), registration.client_id
    claims = {"iss": us, "sub": us, "aud": registration.token_audience or registration.token_url, "iat": now}
    assertion = access.sign({**claims, "exp": now + _ASSERTION_SECONDS, "jti": secrets.token_urlsafe(24)})
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": assertion,
        "scope": access.scope,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = http.exchange(registration.token_url, urlencode(asked).encode(), headers, bounds=_BOUNDS)
    told = answer.json_object() or {}
    token, seconds = told.get("access_token"), told.get("expires_in", _LONGEST_KEPT)
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token:
        raise FetchError(f"{host_of(registration.token_url)} gave no token of access ({answer.status}).")
    return token, int(seconds) if isinstance(seconds, int | float) and 0 < seconds < _LONGEST_KEPT * 24 else 0
