"""The conventions of the desk's resources: a key of somebody who may, bodies in JSON, and If-Match before changes."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel, ValidationError
from rest_framework.views import APIView

from perspectives.api.desk.schema import DeskSchema
from perspectives.api.http import authentication, caching, conventions, limits, problems
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.errors import RefusedError, problem_response
from perspectives.errors import BrokenRulesError, NotFoundError
from perspectives.models import ApiKey, User
from perspectives.policy import Permission, can, needs_second_factor
from perspectives.queries.accounts.members import has_totp
from perspectives.rules.documents.problems import Problem, from_validation, written
from perspectives.vocab import Scope

METHODS: Final = ("GET", "POST", "PUT", "DELETE")
MOST_BYTES: Final = 2_000_000
"""The longest body that is read; the largest topic is a twentieth of it."""
_JSON: Final = "application/json"
_TAG: Final = re.compile(r'"([0-9a-f]{16})"')
_ANY: Final = "*"
_NO_SECOND_FACTOR: Final = (
    "The desk asks moderators and chief editors for a second factor; the owner of this key must set one up first."
)
NOTE: Final = {"note": Parameter("Why, for the log.", {"type": "string", "maxLength": 1000})}
"""What every change of a draft takes in its address."""


@dataclass(frozen=True)
class Answer:
    """What an operation gives: plain data, and the version that If-Match may name afterwards."""

    data: Any = None
    version: str = ""
    status: int = 200
    location: str = ""


@dataclass(frozen=True)
class Operation:
    """What one method of a resource takes and gives, for `dispatch` and for the OpenAPI document."""

    sentence: str
    answer: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    is_versioned: bool = False
    """Whether If-Match must name the version that was seen; `If-None-Match: *` says that there was nothing."""
    queries: Mapping[str, Parameter] = field(default_factory=dict)
    status: int = 200


Handler = TypeVar("Handler", bound=Callable[..., Answer])


def operation(**about: Any) -> Callable[[Handler], Handler]:
    """Say what a method of a resource takes and gives; its docstring says what it does."""

    def decorate(handler: Handler) -> Handler:
        handler.operation = Operation(" ".join((handler.__doc__ or "").split()), **about)  # type: ignore[attr-defined]  # functions take attributes
        return handler

    return decorate


@dataclass(frozen=True)
class Call:
    """A request, taken apart: who asks with which key, the body as its model, the query, the version that was seen."""

    request: HttpRequest
    key: ApiKey
    person: User
    body: Any
    query: Mapping[str, str]
    version: str | None
    """None where `If-None-Match: *` says that nothing is there yet."""


class DeskView(APIView):
    """A resource of the desk. Its methods are `get`, `post`, `put` and `delete`, each marked by `operation`."""

    schema = DeskSchema()
    is_stateless = True
    scope: ClassVar = Scope.CURATE
    permission: ClassVar = Permission.DESK_SEE
    """Who may not do this is told that there is nothing."""

    def dispatch(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; every error becomes a problem document."""
        grant = limits.UNLIMITED
        try:
            key, grant = authentication.admit(request, self.scope)
            response = self._answered(request, self._admitted(key), kwargs)
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a problem document
            response = problem_response(error, {"request": request})
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Authorization"
        response.headers["Allow"] = ", ".join(self.operations)
        response.headers["Content-Security-Policy"] = caching.POLICY
        grant.write(response)
        return response

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """The operations of the resource by method."""
        handlers = {method: getattr(self, method.lower(), None) for method in METHODS}
        return {method: handler.operation for method, handler in handlers.items() if handler}

    def _admitted(self, key: ApiKey | None) -> ApiKey:
        """Give the key back if its owner may be here.

        Raises RefusedError without a key, or where the desk asks its owner for a second factor and there is none; and
        NotFoundError for who may not see.
        """
        if key is None:
            sentence = f"Send a key with the scope '{self.scope.value}' in the header 'Authorization'."
            raise RefusedError(problems.INVALID_KEY, sentence, headers={"WWW-Authenticate": "Bearer"})
        if not can(key.owner, self.permission):
            raise NotFoundError("There is nothing at this address.")
        if self.scope is Scope.CURATE and needs_second_factor(key.owner) and not has_totp(key.owner):
            raise RefusedError(problems.NOT_PERMITTED, _NO_SECOND_FACTOR)
        return key

    def _answered(self, request: HttpRequest, key: ApiKey, arguments: Mapping[str, Any]) -> HttpResponse:
        about = self.operations.get(request.method or "")
        if about is None:
            sentence = f"'{request.method}' is not one of {', '.join(self.operations)}."
            raise RefusedError(problems.METHOD_NOT_ALLOWED, sentence)
        call = Call(
            request=request,
            key=key,
            person=key.owner,
            query=_query(request, about.queries),
            version=_version(request) if about.is_versioned else None,
            body=_body(request, about.body) if about.body else None,
        )
        answer: Answer = getattr(self, (request.method or "").lower())(call, **arguments)
        return _written(answer)


def _written(answer: Answer) -> HttpResponse:
    body = b"" if answer.data is None else json.dumps(answer.data, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=_JSON, status=answer.status if body else 204)
    if not body:
        del response.headers["Content-Type"]
    if answer.version:
        response.headers["ETag"] = f'"{answer.version}"'
    if answer.location:
        response.headers["Location"] = answer.location
    return response


def _query(request: HttpRequest, known: Mapping[str, Parameter]) -> Mapping[str, str]:
    """Read the query as the operation describes it. Raises RefusedError."""
    query = conventions.parameters(request, known)
    for name, value in query.items():
        described = known[name].schema
        if value not in described.get("enum", (value,)):
            sentence = f"'{name}' is one of: {', '.join(described['enum'])}."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name, known=list(described["enum"]))
        if len(value) > described.get("maxLength", len(value)):
            sentence = f"'{name}' has more than {described['maxLength']} characters."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)
    return query


def _version(request: HttpRequest) -> str | None:
    """Read If-Match, or `If-None-Match: *`. Raises RefusedError where neither says what the edit started from."""
    if request.headers.get("If-None-Match") == _ANY and "If-Match" not in request.headers:
        return None
    header = request.headers.get("If-Match")
    if header is None:
        raise RefusedError(problems.PRECONDITION_REQUIRED, problems.PRECONDITION_REQUIRED.sentence)
    found = _TAG.fullmatch(header.strip())
    if found is None:
        raise RefusedError(problems.BAD_REQUEST, "'If-Match' must be one ETag as an answer gave it, in its quotes.")
    return found[1]


def _body(request: HttpRequest, model: type[BaseModel]) -> BaseModel:
    """Read a body. Raises RefusedError for what is no JSON, and BrokenRulesError with all that is wrong with it."""
    if (request.content_type or "") != _JSON:
        raise RefusedError(problems.UNSUPPORTED_MEDIA_TYPE, f"Send the body as '{_JSON}'.")
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise RefusedError(problems.CONTENT_TOO_LARGE, f"The body may have {MOST_BYTES:,} bytes.")
    try:
        data = json.loads(request.read(MOST_BYTES + 1))
    except (ValueError, RecursionError) as error:
        raise RefusedError(problems.BAD_REQUEST, "The body is no JSON that can be read.") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [Problem("", 0, written(path), words) for path, words in from_validation(error, model)]
        raise BrokenRulesError("The body is not as it must be.", tuple(found)) from error
