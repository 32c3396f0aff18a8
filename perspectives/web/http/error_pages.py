"""The page for errors that no view answers."""

import errno
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from psycopg.errors import DiskFull

RETRY_SECONDS = 5
FULL = {errno.ENOSPC, errno.EDQUOT}

NO_ROOM = (
    "There is no room on the server to save anything; reading goes on. What you sent was not saved; go back, where "
    "your words still are, and try again in a few seconds."
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with Retry-After where the database was away or a disk full, else 500; called in the error."""
    error = sys.exc_info()[1]
    is_full = is_for_want_of_room(error)
    if not is_full and not isinstance(error, OperationalError | InterfaceError):
        return defaults.server_error(request)
    return unavailable(NO_ROOM if is_full else "")


def unavailable(words: str = "") -> HttpResponse:
    """Answer 503 and say when to ask again; without words the page tells that the database is away."""
    page = render_to_string("503.html", {"words": words})
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def is_for_want_of_room(error: BaseException | None) -> bool:
    """Return whether a file or a table could not be written because the disk is full."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError) and isinstance(error.__cause__, DiskFull)
