"""Locking out who guesses passwords: what django-axes counts, and the page that it then shows."""

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from perspectives.queries.accounts.members import last_failure
from perspectives.serving.clients import client_address

_LONGEST_NAME: Final = 254


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Give the name under which a try to sign in counts, whether there is such an account or not."""
    given = (credentials or {}).get("username") or (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower().replace("\x00", "")[:_LONGEST_NAME]


def counted_address(request: HttpRequest) -> str | None:
    """Give the address for which a try counts; of an IPv6 client the first address of its network."""
    return client_address(request).partition("/")[0] or None


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say until when nobody can sign in from here under this name, in place of whatever was answered."""
    name, now = counted_name(request, credentials), timezone.now()
    until = (last_failure(name, counted_address(request)) or now) + settings.AXES_COOLOFF_TIME
    context = {"until": until, "failures": settings.AXES_FAILURE_LIMIT}
    answer = render(request, "account/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(max(1, round((until - now).total_seconds())))
    add_never_cache_headers(answer)
    return answer
