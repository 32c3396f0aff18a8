"""How long a session lives: not longer than `SESSION_COOKIE_AGE` unused, nor than `SESSION_LONGEST` at all.

Only pages for who is signed in look at the session: public pages must stay the same for everybody, and free of queries.
"""

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_BELOW: Final = ("/account/", "/desk/", "/admin/")
_BEGAN: Final = "began_at"
_USED: Final = "used_at"
_NOTED_AFTER_SECONDS: Final = 300
"""Noting each request would write a row for each; the idle time is that much less exact."""


class SessionLifeMiddleware:
    """Signs people out whose session is over, and prolongs it where it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if request.path_info.startswith(_BELOW) and request.user.is_authenticated:
            _look_at(request, time.time())
        return self.get_response(request)


def _look_at(request: HttpRequest, now: float) -> None:
    session = request.session
    began, used = session.setdefault(_BEGAN, now), session.setdefault(_USED, now)
    if now - began > settings.SESSION_LONGEST or now - used > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif now - used > _NOTED_AFTER_SECONDS:
        session[_USED] = now
