"""Health and metrics over HTTP; answered apart from all other requests (`WatchMiddleware`, `debatekb.running.web`)."""

import secrets
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from debatekb.watching import metrics as written
from debatekb.watching.checks import CHECKS
from debatekb.watching.probes import Probes
from debatekb.watching.readings import READINGS
from perspectives.serving.lanes import Work

_NOT_KEPT: Final = {"Cache-Control": "no-store"}
_BY_PROXY: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
_REFUSED: Final = (
    "Metrics are given to the addresses of METRICS_ADDRESSES, asked directly, and to whoever sends the token of "
    "METRICS_TOKEN as `Authorization: Bearer …` (docs/operations.md, Watching).\n"
)


def _watching(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a view be read only, and answered by the threads that are for watchers."""
    decorated = require_safe(view)
    vars(decorated)["work"] = Work.HEALTH
    return decorated


@cache
def probes() -> Probes:
    """Make the probes of this process."""
    return Probes({**CHECKS, **READINGS})


@_watching
def live(_: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return JsonResponse({"ok": True}, headers=_NOT_KEPT)


@_watching
def ready(_: HttpRequest) -> HttpResponse:
    """Say of each part of the whole system whether it works: 200 when all do, else 503; takes three seconds at most."""
    outcomes = probes().outcomes(CHECKS)
    is_ready = all(found.is_ok for found in outcomes.values())
    rows = [
        {"name": name, "ok": found.is_ok, "detail": found.detail, "seconds": round(found.seconds, 3)}
        for name, found in outcomes.items()
    ]
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ok": is_ready, "checks": rows}, status=status, headers=_NOT_KEPT)


@_watching
def health(_: HttpRequest) -> HttpResponse:
    """Say whether PostgreSQL and Valkey answer: 200, else 500; what the supervisor and old probes ask for."""
    outcomes = probes().outcomes(("database", "broker"))
    body = {name: "ok" if found.is_ok else "error" for name, found in outcomes.items()}
    body["cache"] = body.pop("broker")
    status = HTTPStatus.INTERNAL_SERVER_ERROR if "error" in body.values() else HTTPStatus.OK
    return JsonResponse(body, status=status, headers=_NOT_KEPT)


@_watching
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the metrics of the whole system to those who may have them, else 403."""
    if not _may_read(request):
        return HttpResponse(_REFUSED, status=HTTPStatus.FORBIDDEN, content_type="text/plain; charset=utf-8")
    return HttpResponse(written.text(probes()), content_type=written.CONTENT_TYPE, headers=_NOT_KEPT)


def _may_read(request: HttpRequest) -> bool:
    """Whether the token was sent, or the peer's address is allowed and no proxy says that it stands between."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    if wanted and scheme.lower() == "bearer" and secrets.compare_digest(token.strip().encode(), wanted.encode()):
        return True
    is_direct = not any(name in request.headers for name in _BY_PROXY)
    return is_direct and request.META.get("REMOTE_ADDR") in settings.METRICS_ADDRESSES
