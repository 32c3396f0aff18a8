"""What happens to requests below /api/ outside the views: errors that no view made, and stateless requests."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from perspectives.api.http import problems
from perspectives.api.http.errors import HELP, MEDIA_TYPE, content

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


class StatelessMiddleware:
    """Answers stateless requests, which need no session, form or user, without the middlewares that serve pages.

    Stands before those in MIDDLEWARE; a view says by `is_stateless` that it may be reached so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request. Raises DisallowedHost and what resolving raises."""
        if not request.path_info.startswith(_BELOW):
            return self.get_response(request)
        match = resolve(request.path_info)
        if not getattr(getattr(match.func, "cls", None), "is_stateless", False):
            return self.get_response(request)
        request.get_host()
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if "Content-Length" not in response:
            response["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]  # none of them is a stream
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
