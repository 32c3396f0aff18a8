"""From an exception to an answer: every error below /api/ is `application/problem+json` with a stable code."""

import json
import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.log import log_response
from rest_framework.exceptions import APIException, ValidationError

from perspectives.api.http import problems
from perspectives.api.http.problems import Problem
from perspectives.errors import (
    BrokenRulesError,
    ConflictError,
    DomainError,
    NotFoundError,
    NotPermittedError,
    NotPossibleError,
)
from perspectives.rules.documents import parts

MEDIA_TYPE = "application/problem+json"
HELP = '</api/v1/docs/>; rel="help"'
_RETRY_SECONDS = 5
DESK = (
    *("/api/v1/desk/", "/api/v1/suggestions/", "/api/v1/account/", "/api/v1/webhooks/", "/api/v1/notices/"),
    "/api/v1/classes/",
)
"""With one of these begins every address that is not read by readers but written to."""
_VARIABLE = re.compile(r"<\w+:(\w+)>")
_SUFFIX = ".<slug:format>"

_KINDS: Sequence[tuple[type[Exception], Problem]] = (
    (NotFoundError, problems.NOT_FOUND),
    (NotPermittedError, problems.NOT_PERMITTED),
    (NotPossibleError, problems.NOT_POSSIBLE),
    (ConflictError, problems.PRECONDITION_FAILED),
    (BrokenRulesError, problems.RULES_BROKEN),
    (DomainError, problems.BAD_REQUEST),
    (Http404, problems.NOT_FOUND),
    (PermissionDenied, problems.NOT_PERMITTED),
    (SuspiciousOperation, problems.BAD_REQUEST),
    (BadRequest, problems.BAD_REQUEST),
    (OperationalError, problems.UNAVAILABLE),
    (InterfaceError, problems.UNAVAILABLE),
)
"""First match wins; what is not listed is a server error."""


class RefusedError(APIException):
    """A request that breaks a convention of the API.

    `extra` goes into the answer beside the standard members, `headers` onto it.
    """

    def __init__(
        self, problem: Problem, detail: str, *, headers: Mapping[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.status_code = problem.status
        self.headers = dict(headers or {})
        self.extra = extra


def problem_response(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Answer an exception; REST framework calls this for every view: it is `EXCEPTION_HANDLER`.

    Of a server error the answer tells nothing; the log and the signal `got_request_exception` get all of it.
    """
    problem, detail, extra = _read(error, context)
    if "parameter" in extra and (pointer := _pointer(context)):
        extra = {**extra, "pointer": pointer}
    response = respond(problem, detail, **extra)
    _add_headers(response, error)
    if problem.status >= problems.SERVER_ERROR.status:
        _tell_operators(error, response, context)
    return response


def respond(problem: Problem, detail: str = "", **extra: Any) -> HttpResponse:
    """Write a problem document; `detail` defaults to the sentence of its kind."""
    response = HttpResponse(content(problem, detail, **extra), content_type=MEDIA_TYPE, status=problem.status)
    response["Cache-Control"] = "no-store"
    response["Link"] = HELP
    if problem is problems.UNAVAILABLE:
        response["Retry-After"] = str(_RETRY_SECONDS)
    return response


def content(problem: Problem, detail: str = "", **extra: Any) -> bytes:
    """Give the bytes of a problem document (RFC 9457): the standard members, `code`, and what `extra` adds."""
    document = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail or problem.sentence,
        "code": problem.code,
        **extra,
    }
    return json.dumps(document).encode()


def _read(error: Exception, context: Mapping[str, Any]) -> tuple[Problem, str, dict[str, Any]]:
    """Find the kind of an exception, a sentence for people, and further members."""
    if isinstance(error, RefusedError):
        return error.problem, str(error.detail), error.extra
    if isinstance(error, ValidationError) and isinstance(error.detail, Mapping):
        parameter, messages = next(iter(error.detail.items()))
        filters = getattr(getattr(context.get("view"), "filterset_class", None), "base_filters", {})
        choices = filters[parameter].extra.get("choices") if parameter in filters else None
        known = {"known": [value for value, _label in choices]} if choices else {}
        return problems.INVALID_PARAMETER, " ".join(map(str, messages)), {"parameter": parameter, **known}
    if isinstance(error, APIException):
        return problems.of_status(error.status_code), "", {}
    problem = next((kind for cause, kind in _KINDS if isinstance(error, cause)), problems.SERVER_ERROR)
    return problem, str(error) if isinstance(error, DomainError) else "", _more(error)


def _pointer(context: Mapping[str, Any]) -> str:
    """Point at the operation in the OpenAPI document, which describes its parameters; '' where it describes none."""
    request = plain_request(context["request"])
    match = request.resolver_match
    if match is None or getattr(context.get("view"), "schema", None) is None:
        return ""
    path = _VARIABLE.sub(r"{\1}", f"/{match.route.removesuffix(_SUFFIX).rstrip('/')}/")
    desk = "desk/" if path.startswith(DESK) else ""
    escaped = path.replace("~", "~0").replace("/", "~1")
    return f"/api/v1/{desk}schema/#/paths/{escaped}/{(request.method or 'GET').lower()}"


def _more(error: Exception) -> dict[str, Any]:
    """Give what a program needs to mend its request: every problem, or how a thing stands now and its ETag."""
    if isinstance(error, BrokenRulesError):
        return {"problems": [str(problem) for problem in error.problems]}
    if isinstance(error, ConflictError):
        version = {} if error.now is None else {"version": parts.version(error.now)}
        return {"path": error.path, "now": error.now, **version}
    return {}


def _add_headers(response: HttpResponse, error: Exception) -> None:
    """Set what a refusal brings along, and say when to come back, where REST framework knows it."""
    if isinstance(error, RefusedError):
        for name, value in error.headers.items():
            response[name] = value
    wait = getattr(error, "wait", None) if isinstance(error, APIException) else None
    if wait is not None:
        response["Retry-After"] = str(ceil(wait))


def _tell_operators(error: Exception, response: HttpResponse, context: Mapping[str, Any]) -> None:
    request = plain_request(context["request"])
    if isinstance(error, RefusedError):  # no mistake of ours, whatever its status
        told: dict[str, Any] = {"level": "warning"}
    else:
        got_request_exception.send(sender=None, request=request)
        told = {"exception": error}
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, **told)


def plain_request(request: Any) -> HttpRequest:
    """Give Django's request, also where REST framework has wrapped it."""
    return getattr(request, "_request", request)  # type: ignore[no-any-return]  # REST framework's wrapper is untyped
