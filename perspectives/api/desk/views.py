"""The conventions of the desk's resources: a key of somebody who may, bodies in JSON, and If-Match before changes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final, TypeVar, cast

from django.db.models import QuerySet
from pydantic import BaseModel, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.api.desk.pagination import DeskPages
from perspectives.api.desk.parsers import JsonParser
from perspectives.api.desk.schema import DeskSchema
from perspectives.api.http import problems
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.pagination import Orderings
from perspectives.api.http.permissions import HasScope, HasSecondFactor, IsPermitted
from perspectives.api.http.views import ApiView
from perspectives.errors import BrokenRulesError, ConflictError
from perspectives.models import User
from perspectives.policy import Permission
from perspectives.queries.desk import names
from perspectives.rules.documents import parts
from perspectives.rules.documents.problems import Problem, from_validation, written
from perspectives.vocab import Scope

METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_TAG: Final = re.compile(r'"([0-9a-f]{16})"')
_ANY: Final = "*"
NOTE: Final = {"note": Parameter("Why, for the log.", {"type": "string", "maxLength": 1000})}
"""What every change of a draft takes in its address."""


@dataclass(frozen=True)
class Operation:
    """What one method of a resource takes and gives, for the reading of requests and for the OpenAPI document."""

    sentence: str
    answer: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    is_versioned: bool = False
    """Whether If-Match must name the version that was seen; `If-None-Match: *` says that there was nothing."""
    queries: Mapping[str, Parameter] = field(default_factory=dict)
    status: int = 200


Handler = TypeVar("Handler", bound=Callable[..., Response])


def operation(**about: Any) -> Callable[[Handler], Handler]:
    """Say what a method of a resource takes and gives; its docstring says what it does."""

    def decorate(handler: Handler) -> Handler:
        handler.operation = Operation(" ".join((handler.__doc__ or "").split()), **about)  # type: ignore[attr-defined]  # functions take attributes
        return handler

    return decorate


class DeskView(ApiView):
    """A resource of the desk. Its methods are `get`, `post`, `put` and `delete`, each marked by `operation`.

    They find what `operation` names in `query`, `body` and `version`, who asks in `person`, the key in `request.auth`.
    """

    http_method_names = [method.lower() for method in METHODS]
    schema = DeskSchema()
    parser_classes = [JsonParser]
    permission_classes = [HasScope, IsPermitted, HasSecondFactor]
    pagination_class = DeskPages
    scope = Scope.CURATE
    permission: ClassVar = Permission.DESK_SEE
    """Who may not do this is told that there is nothing."""
    orderings: ClassVar[Orderings] = {}
    """The order of the list, where the resource is one: a name, and the keys that together are unique."""

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """The operations of the resource by method."""
        return {method: getattr(self, method.lower()).operation for method in self.allowed_methods}

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Let nobody keep an answer."""
        return {**super().default_response_headers, "Cache-Control": "no-store", "Vary": "Authorization"}

    @property
    def person(self) -> User:
        """The owner of the key."""
        return cast("User", self.request.user)

    @property
    def about(self) -> Operation:
        """The operation that is asked for."""
        return self.operations[self.request.method or ""]

    def check_request(self, request: Request) -> None:
        """Read query, version and body as the operation describes them. Raises RefusedError, BrokenRulesError."""
        about = self.about
        self.queries = about.queries
        super().check_request(request)
        self.version = _version(request) if about.is_versioned else None
        self.body: Any = _body(request, about.body) if about.body else None

    def require_version(self, now: Any, sentence: str) -> None:
        """Raise ConflictError, which tells how a record stands now, unless it is as If-Match names it."""
        if parts.version(now) != self.version:
            raise ConflictError(sentence, now=now)

    def page(self, rows: QuerySet[Any], write: Callable[[Any], Any]) -> Response:
        """Give a page of rows in the order of `orderings`, each as `write` writes it; one query.

        Raises RefusedError where there are none and a filter names what is not there, which takes a query more.
        """
        pages = self.pagination_class()
        found = pages.paginate_queryset(rows, self.request, self)
        if not found and (parameter := names.missing(self.query)):
            sentence = f"'{parameter}' is '{self.query[parameter]}', but there is no {parameter} of this name."
            raise RefusedError(problems.NOT_FOUND, sentence, parameter=parameter)
        return pages.get_paginated_response([write(row) for row in found])


def versioned(record: Any, *, of: Any = None, status: int = 200, location: str = "") -> Response:
    """Give a record with the ETag that If-Match may name afterwards: its version, or that of what it tells `of`."""
    response = Response(record, status=status)
    response["ETag"] = f'"{parts.version(record if of is None else of)}"'
    if location:
        response["Location"] = location
    return response


def _version(request: Request) -> str | None:
    """Read If-Match; None for `If-None-Match: *`, which says that nothing is there yet.

    Raises RefusedError where neither says what the edit started from.
    """
    header = request.headers.get("If-Match")
    if header is None and request.headers.get("If-None-Match") == _ANY:
        return None
    if header is None:
        raise RefusedError(problems.PRECONDITION_REQUIRED, problems.PRECONDITION_REQUIRED.sentence)
    found = _TAG.fullmatch(header.strip())
    if found is None:
        raise RefusedError(problems.BAD_REQUEST, "'If-Match' must be one ETag as an answer gave it, in its quotes.")
    return found[1]


def _body(request: Request, model: type[BaseModel]) -> BaseModel:
    """Read the body as its model. Raises RefusedError for an empty one, BrokenRulesError with all that is wrong."""
    if request.stream is None:
        raise RefusedError(problems.BAD_REQUEST, "The body is empty, or 'Content-Length' is no number.")
    try:
        return model.model_validate(request.data)
    except ValidationError as error:
        found = [Problem("", 0, written(path), words) for path, words in from_validation(error, model)]
        raise BrokenRulesError("The body is not as it must be.", tuple(found)) from error
