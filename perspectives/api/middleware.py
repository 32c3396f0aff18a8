"""Errors below /api/ that no view of the API made: a wrong host, an unknown version, a crash in a middleware."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from perspectives.api import problems
from perspectives.api.errors import HELP, MEDIA_TYPE, content

_BELOW = "/api/"
_FIRST_ERROR = 400


class ProblemMiddleware:
    """Writes such an answer as a problem document; stands first in MIDDLEWARE, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        if response.status_code >= _FIRST_ERROR and request.path.startswith(_BELOW):
            _write_problem(request, response)
        return response


def _write_problem(request: HttpRequest, response: HttpResponseBase) -> None:
    if response.get("Content-Type") == MEDIA_TYPE:
        return
    body = content(problems.of_status(response.status_code), status=response.status_code)
    response["Content-Type"] = MEDIA_TYPE
    response["Content-Length"] = str(len(body))
    response["Cache-Control"] = "no-store"
    response["Link"] = HELP
    response.content = b"" if request.method == "HEAD" else body  # type: ignore[attr-defined]  # error pages are never streams
