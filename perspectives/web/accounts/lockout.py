"""Locking out who guesses passwords: what django-axes counts, for how long, and the page that it then shows.

A name is locked at one address, so that its owner signs in elsewhere; and where many share the address, as in a school,
not in a browser in which its owner signed in before, which counts for itself. The lock begins with a minute and grows.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from perspectives.queries.accounts import members
from perspectives.serving.clients import client_address
from perspectives.web.accounts import known_device

_LONGEST_NAME: Final = 200
COUNTED_FOR: Final = timedelta(minutes=15)
"""For how long a wrong password counts, and the longest lock."""
_FIRST_LOCK: Final = timedelta(minutes=1)
_RETRY_SECONDS: Final = 60
"""Limits of forms are counted for a minute and for an hour; a minute later most people have a turn."""


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Give the name under which a try to sign in counts, whether there is such an account or not.

    A browser in which this name signed in before is part of the name, so that its tries are counted for themselves.
    """
    told = credentials or {}
    given = request.POST.get("login") or told.get("username") or told.get("email") or ""
    name = str(given).strip().lower().replace("\x00", "")[:_LONGEST_NAME]
    device = known_device.number(request, name)
    return f"{name} in browser {device}" if device else name


def counted_address(request: HttpRequest) -> str | None:
    """Give the address for which a try counts; of an IPv6 client the first address of its network."""
    return client_address(request).partition("/")[0] or None


def cool_off(request: HttpRequest) -> timedelta:
    """Say for how long a wrong password counts; once there are too many, for how long nobody can sign in so.

    The lock is a minute at first, and with each wrong password after it twice as long, up to `COUNTED_FOR`.
    """
    failures = members.failures(counted_name(request), counted_address(request))
    beyond = failures - settings.AXES_FAILURE_LIMIT
    return COUNTED_FOR if beyond < 0 else min(COUNTED_FOR, _FIRST_LOCK * 2 ** min(beyond, 10))


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that a form was sent too often from this address, and when to send it again."""
    answer = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(_RETRY_SECONDS)
    add_never_cache_headers(answer)
    return answer


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say until when nobody can sign in from here under this name, in place of whatever was answered."""
    name, now = counted_name(request, credentials), timezone.now()
    until = (members.last_failure(name, counted_address(request)) or now) + cool_off(request)
    context = {"until": until, "failures": settings.AXES_FAILURE_LIMIT}
    answer = render(request, "account/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(max(1, round((until - now).total_seconds())))
    add_never_cache_headers(answer)
    return answer
