"""From request to response: only reading, clear refusals, one look for all."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.errors import DomainError, NotFoundError

LONGEST_VALUE = 80
"""The longest value of a query parameter: no slug and no code is longer."""
READING = ("GET", "HEAD")

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


class BadQueryError(DomainError):
    """A query parameter has a value that no page knows."""

    code = "bad_query"


def page(view: View[Parameters]) -> View[Parameters]:
    """Let a view be read only, and answer what it raises with a page that says what is wrong."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        if request.method not in READING:
            return _refused(request, "405.html", 405, f"This page can be read, but it does not take {request.method}.")
        try:
            return view(request, *args, **kwargs)
        except NotFoundError as error:
            return _refused(request, "404.html", 404, error.message)
        except BadQueryError as error:
            return _refused(request, "400.html", 400, error.message)

    return answer


def query_value(request: HttpRequest, name: str, default: str = "") -> str:
    """Read a query parameter. Raises BadQueryError where it is too long or holds characters that no value has."""
    value: Any = request.GET.get(name, default)
    if len(value) > LONGEST_VALUE or not value.isprintable():
        raise BadQueryError(
            f"The value of '{name}' in the address is too long or holds characters that cannot be read."
        )
    return str(value)


def _refused(request: HttpRequest, template: str, status: int, message: str) -> HttpResponse:
    response = render(request, template, {"message": message}, status=status)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = ", ".join(READING)
    return response
