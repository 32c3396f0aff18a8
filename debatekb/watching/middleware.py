"""What is noted of each request: an id, a count, a line in the log without anything personal."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from structlog.contextvars import bound_contextvars

from debatekb.watching import counters, views
from perspectives.queries.publication.publication_cache import CACHE

HEADER: Final = "X-Request-ID"
WELL_FORMED: Final = re.compile(r"[0-9a-f][0-9a-f-]{14,62}[0-9a-f]", re.IGNORECASE)
"""Ids that proxies make: UUIDs, traces; hexadecimal, so that nobody writes a name or an address into our log."""
_WATCHERS: Final = (views.live, views.ready, views.health, views.metrics)
_BELOW: Final = ("/health", "/metrics")
_FIRST_FAULT: Final = 500
_log = logging.getLogger(__name__)


class WatchMiddleware:
    """Stands first in MIDDLEWARE, so that it sees every answer.

    It answers watchers itself: they ask by an address that no ALLOWED_HOSTS names, without TLS, and are not counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if _cache_uses not in counters.COUNTERS.sources:
            counters.COUNTERS.sources.append(_cache_uses)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        began = time.perf_counter()
        if request.path_info.startswith(_BELOW) and (answer := _watching(request.path_info)):
            told = answer(request)
            told["Content-Length"] = str(len(told.content))
            return told
        given = request.headers.get(HEADER, "")
        request_id = given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        with bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response[HEADER] = request_id
            _note(request, response, time.perf_counter() - began)
        return response


def _cache_uses() -> dict[counters.Series, float]:
    """Count uses of what is cached in this process, since the last call."""
    uses = CACHE.taken_uses()
    return {(counters.CACHE_USES, kind, "hit" if is_hit else "miss"): number for (kind, is_hit), number in uses.items()}


def _watching(path: str) -> Callable[[HttpRequest], HttpResponse] | None:
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    return view if view in _WATCHERS else None


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Count the request, and log it by the name of its route: addresses may hold names, words and tokens."""
    route, method, status = _route(request), counters.known_method(request.method), response.status_code
    counters.count_request(route, method, status, seconds)
    if settings.LOG_REQUESTS or status >= _FIRST_FAULT:
        noted = {"route": route, "method": method, "status": status, "seconds": round(seconds, 4)}
        _log.log(logging.WARNING if status >= _FIRST_FAULT else logging.INFO, "request", extra=noted)


def _route(request: HttpRequest) -> str:
    if request.resolver_match is not None:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "unmatched"
