"""From request to response: only reading, clear refusals, one look for all."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from debatekb.postgres import replicas
from perspectives.errors import DomainError, NotFoundError
from perspectives.web.http.notice import with_notice

LONGEST_VALUE = 80
"""The longest value of a query parameter: no slug and no code is longer."""
MOST_VALUES = 50
"""How often a query parameter may be given."""
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
PART = "HX-Request"
"""The header by which htmx, and our own script in its manner, say that they ask for a part of a page."""
READING = ("GET", "HEAD")
SENDING = ("POST",)

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


class BadQueryError(DomainError):
    """A query parameter has a value that no page knows."""

    code = "bad_query"


class TooManyPagesError(DomainError):
    """An address had more pages made than it may; in so many seconds it may again."""

    code = "too_many_pages"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def taking(*methods: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let a view take these methods, and answer what it raises with a page that says what is wrong."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            if request.method not in methods:
                return _method_refused(request, methods)
            try:
                return view(request, *args, **kwargs)
            except NotFoundError as error:
                return _refused(request, "404.html", 404, error.message)
            except BadQueryError as error:
                return _refused(request, "400.html", 400, error.message)
            except TooManyPagesError as error:
                refusal = _refused(request, "429.html", 429, error.message)
                refusal["Retry-After"] = str(error.seconds)
                refusal["Cache-Control"] = "no-store"
                return refusal

        return answer

    return decorate


def page(view: View[Parameters]) -> View[Parameters]:
    """Let a view be read only; while the primary database is away its pages have a notice."""
    answer = taking(*READING)(view)

    @wraps(view)
    def noticed(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        response = answer(request, *args, **kwargs)
        return with_notice(response) if replicas.is_alone() else response

    return noticed


def query_value(request: HttpRequest, name: str, default: str = "") -> str:
    """Read a query parameter. Raises BadQueryError where it is too long or holds characters that no value has."""
    return _readable(name, request.GET.get(name, default))


def query_values(request: HttpRequest, name: str) -> list[str]:
    """Read a query parameter that may be given several times, each value once. Raises BadQueryError."""
    values = list(dict.fromkeys(request.GET.getlist(name)))
    if len(values) > MOST_VALUES:
        raise BadQueryError(f"The address gives '{name}' more than {MOST_VALUES} times.")
    return [_readable(name, value) for value in values if value]


def _readable(name: str, value: Any) -> str:
    if len(value) > LONGEST_VALUE or not value.isprintable():
        raise BadQueryError(
            f"The value of '{name}' in the address is too long or holds characters that cannot be read."
        )
    return str(value)


def query_text(request: HttpRequest, name: str, *, longest: int) -> str:
    """Read words that a reader typed, with single spaces between them. Raises BadQueryError.

    Unlike a code, they may hold what is no printable character in Python's eyes, such as a soft hyphen.
    """
    text = " ".join(str(request.GET.get(name, "")).split())
    if len(text) > longest:
        raise BadQueryError(f"The value of '{name}' in the address is too long: give at most {longest} characters.")
    if _UNREADABLE.search(text):
        raise BadQueryError(f"The value of '{name}' in the address holds characters that cannot be read.")
    return text


def wants_part(request: HttpRequest) -> bool:
    """Whether a script asks for the part of a page that changes."""
    return request.headers.get(PART) == "true"


def whole_or_part(request: HttpRequest, whole: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the whole page, or with the part of it that htmx asks for under the same address."""
    response = render(request, part if wants_part(request) else whole, context)
    patch_vary_headers(response, [PART])
    return response


def _method_refused(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    can = "can be read" if "GET" in methods else "takes what a form sends"
    response = _refused(request, "405.html", 405, f"This page {can}, but it does not take {request.method}.")
    response["Allow"] = ", ".join(methods)
    return response


def _refused(request: HttpRequest, template: str, status: int, message: str) -> HttpResponse:
    return render(request, template, {"message": message}, status=status)
