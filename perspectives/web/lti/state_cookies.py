"""The cookie by which a browser is known to have begun a login, also in a frame, where the browser keeps any."""

import hashlib
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from perspectives.clients.lti.logins import LOGIN_SECONDS
from perspectives.web.http import third_party

PREFIX: Final = "lti-"
_DIGITS: Final = 12


def remember(response: HttpResponseBase, state: str) -> None:
    """Let the browser keep the state of a login; several may be open at once."""
    name = _name(state)
    response.set_cookie(name, state, max_age=LOGIN_SECONDS, path="/lti/", httponly=True)
    third_party.partition(response, name)


def is_of(request: HttpRequest, state: str) -> bool | None:
    """Whether the browser began this login; None where it keeps no cookies here, which frames may forbid."""
    kept = [value for name, value in request.COOKIES.items() if name.startswith(PREFIX)]
    if not kept:
        return None
    return any(constant_time_compare(value, state) for value in kept)


def _name(state: str) -> str:
    return PREFIX + hashlib.sha256(state.encode()).hexdigest()[:_DIGITS]
