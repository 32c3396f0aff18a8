"""The page for errors that no view answers."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with Retry-After where the database was away, else 500; Django calls it while it handles the error."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return defaults.server_error(request)
    return unavailable()


def unavailable(words: str = "") -> HttpResponse:
    """Answer 503 and say when to ask again; without words the page tells that the database is away."""
    page = render_to_string("503.html", {"words": words})
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
