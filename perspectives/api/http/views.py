"""The conventions of the API as view classes: every resource, what is read, one record, and lists of records."""

import json
from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus
from math import ceil
from typing import Any, ClassVar, Never, cast

from django.db.models import Expression, F, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django_filters.rest_framework import FilterSet
from pydantic import BaseModel
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from debatekb.running.lanes import WAITED_TOO_LONG
from perspectives.api.http import caching, conventions, formats, pagination, problems, sparse, throttling
from perspectives.api.http.authentication import SCHEME, ApiKeyAuthentication
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.formats import Format, JsonRenderer, Negotiation
from perspectives.api.http.permissions import HasScope
from perspectives.api.http.throttling import ClientThrottle
from perspectives.api.search import known_names
from perspectives.api.search.filter_kinds import QueryBackend, list_names
from perspectives.queries.publication import published
from perspectives.serving.lanes import Work
from perspectives.vocab import Scope

_BUSY = "More is being searched and made at the moment than this machine can do at once; ask again in a few seconds."


class ApiView(APIView):
    """A resource of the API: REST framework's view with our classes at its points.

    A request is counted before anything else is done for it, so that what is refused counts too. Errors become problem
    documents by `EXCEPTION_HANDLER`.
    """

    authentication_classes = [ApiKeyAuthentication]
    throttle_classes = [ClientThrottle]
    permission_classes = [HasScope]
    content_negotiation_class = Negotiation
    renderer_classes = [JsonRenderer]
    parser_classes = []
    is_stateless = True
    """It needs no session and no user but that of a key: see `middleware.StatelessMiddleware`."""
    scope: ClassVar = Scope.READ
    """What a key must be for."""
    queries: Mapping[str, conventions.Parameter] = {}
    """The query parameters that this resource takes, besides those of its kind of resource."""
    query: Mapping[str, str] = {}
    """The query parameters, each of them known, given once and readable."""
    format_kwarg: str | None = None
    work: ClassVar[Work] = Work.COMMON
    """In which lane of the web server its requests wait."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Do as REST framework does, but count first, and look at the method before the rest of the request."""
        self.format_kwarg = self.get_format_suffix(**kwargs)
        try:
            self.perform_authentication(request)
        finally:
            self.check_throttles(request)
        if WAITED_TOO_LONG in request.META:
            raise RefusedError(problems.UNAVAILABLE, _BUSY)
        self.check_permissions(request)
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        if request.method != "OPTIONS":
            self.check_request(request)

    def check_request(self, request: Request) -> None:
        """Read the query and choose the format. Raises RefusedError."""
        self.query = conventions.parameters(request, self.parameters(), self.lists())
        conventions.check(self.query, self.queries)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)

    def parameters(self) -> Collection[str]:
        """Name the query parameters that the resource takes."""
        return self.queries

    def lists(self) -> Collection[str]:
        """Name those of them that take several values."""
        return ()

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Give what every answer says: the methods, and that it may load nothing and be framed by nobody."""
        return {"Allow": ", ".join(self.allowed_methods), **caching.INERT}

    def throttled(self, request: Request, wait: float | None) -> Never:
        """Refuse a request beyond the limit. Raises RefusedError (429)."""
        seconds = ceil(wait or 1)
        sentence = throttling.refusal(request, seconds)
        raise RefusedError(problems.TOO_MANY_REQUESTS, sentence, headers={"Retry-After": str(seconds)})

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> Never:
        """Refuse a request that may not be made. Raises RefusedError: 401 without a key, 403 with one."""
        if request.auth is None:
            raise RefusedError(problems.INVALID_KEY, message or "", headers={"WWW-Authenticate": SCHEME})
        raise RefusedError(problems.NOT_PERMITTED, message or "")

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Never:
        """Refuse another method. Raises RefusedError (405)."""
        sentence = f"'{conventions.shown(request.method or '')}' is not one of {', '.join(self.allowed_methods)}."
        raise RefusedError(problems.METHOD_NOT_ALLOWED, sentence)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Render the answer, since its ETag is that of the bytes, and finish it; even 304 has the headers of all."""
        headers, self.headers = self.headers, {}
        answer = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(answer, Response):
            try:
                answer.render()
            except Exception as error:  # noqa: BLE001 - REST framework handles errors of handlers, not of renderers
                answer = self.handle_exception(error)
            if answer.status_code == HTTPStatus.OK and not answer.content:  # of no references, say
                answer["Content-Type"] = request.accepted_media_type
        finished = self.finished(request, answer)
        for name, value in headers.items():
            finished.headers[name] = value
        return finished

    def finished(self, request: Request, response: HttpResponse) -> HttpResponse:
        """Add what all answers of a kind of resource have."""
        return response


class ResourceView(ApiView):
    """A resource that is read: `get` gives data, which the chosen renderer writes, or bytes as they are stored."""

    http_method_names = ["get", "head", "options"]
    shape: ClassVar[type[BaseModel]]
    record_shape: ClassVar[type[BaseModel] | None] = None
    """What each record is, where an answer holds more than records."""
    includes: ClassVar[Mapping[str, sparse.Include]] = {}
    is_sparse = False
    """Whether `fields=` may choose members of the record."""

    def check_request(self, request: Request) -> None:
        """Read which members and related records are asked for too. Raises RefusedError."""
        super().check_request(request)
        self.fields = (
            sparse.names(self.query, "fields", sparse.members(self.record_shape or self.shape))
            if "fields" in self.query
            else []
        )
        self.chosen_includes = sparse.names(self.query, "include", [*self.includes])
        if (self.fields or self.chosen_includes) and self.form is not formats.JSON:
            sentence = "'fields' and 'include' go with JSON only; the other formats are whole."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="fields" if self.fields else "include")

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Tell the methods, in `Allow`."""
        return HttpResponse(status=204)

    def parameters(self) -> Collection[str]:
        """Name the query parameters that the resource takes."""
        return [*self.queries, *(["fields"] if self.is_sparse else []), *(["include"] if self.includes else [])]

    def lists(self) -> Collection[str]:
        """Name those of them that take several values."""
        return ("fields", "include")

    @property
    def renderer(self) -> Any:
        """The renderer that is asked for."""
        return self.request.accepted_renderer

    @property
    def form(self) -> Format:
        """The format that is asked for."""
        found: Format = self.renderer.form
        return found

    @property
    def base(self) -> str:
        """The beginning of absolute addresses: scheme and host."""
        return self.request.build_absolute_uri("/")[:-1]

    def respond(self, data: Any) -> HttpResponse:
        """Give data for the chosen renderer to write."""
        return Response(data, content_type=self.form.content_type)

    def finished(self, request: Request, response: HttpResponse) -> HttpResponse:
        """Add validators and lifetimes; answer 304 where the reader holds the content."""
        return caching.finish(request, response)

    def trimmed(self, records: Sequence[sparse.Record]) -> list[sparse.Record]:
        """Expand records by `include=` and cut them down by `fields=`."""
        for name in self.chosen_includes:
            self.includes[name](records)
        return [sparse.keep(record, {*self.fields, *self.chosen_includes} if self.fields else ()) for record in records]


class RecordView(ResourceView):
    """A single record: a subclass gives `record`."""

    is_sparse = True

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Give the record, expanded and cut down as asked."""
        kwargs.pop("format", None)
        [record] = self.trimmed([self.record(**kwargs)])
        return self.respond(record)

    def record(self, *args: Any, **kwargs: Any) -> sparse.Record:
        """Find the record by the variables of the address. Raises NotFoundError."""
        raise NotImplementedError


class ListView(ResourceView, GenericAPIView[Any]):
    """A list of records in pages, filtered by `filterset_class`; one query a page, and one for `count=true`.

    `orderings` maps each value of `ordering=` to the keys by which it orders, which together are unique; the first is
    what one gets without. `record` is the record as PostgreSQL writes it: such pages are put together from texts,
    and nothing is read into Python and written again.
    """

    is_list = True
    is_sparse = True
    orderings: ClassVar[pagination.Orderings]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    filter_backends = [QueryBackend]
    pagination_class = pagination.CursorPages
    record: ClassVar[Expression | F] = F("record")
    has_count = True
    """Whether `count=true` may ask how many records there are."""

    def parameters(self) -> Collection[str]:
        """Name the filters and what pages take."""
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        ordering = ["ordering"] if len(self.orderings) > 1 else []
        count = ["count"] if self.has_count else []
        return [*filters, *pagination.PARAMETERS, *ordering, *count, *super().parameters()]

    def lists(self) -> Collection[str]:
        """Name those of them that take several values."""
        filters = list_names(self.filterset_class.base_filters) if self.filterset_class else ()
        return [*filters, *super().lists()]

    def matching(self) -> QuerySet[Any]:
        """Find the rows that the filters let through. Raises ValidationError for a value that a filter cannot have."""
        rows: QuerySet[Any] = super().filter_queryset(self.get_queryset())
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that the filters let through: each one's record as text, and when anything was last published.

        Raises ValidationError for a value that a filter cannot have.
        """
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        return rows.values(text=Cast(self.record, TextField()), modified_at=Subquery(published.last_publication()))

    def get(self, request: Request, **_kwargs: Any) -> HttpResponse:
        """Give one page. Raises RefusedError where it is empty since a filter names what is not there."""
        rows: Sequence[Any] = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or ()
        known_names.check(self.query, found=len(rows))
        texts = [row["text"] for row in rows]
        pages = cast("pagination.CursorPages", self.paginator)
        if self.is_as_stored():
            response = HttpResponse(pages.body(texts), content_type=self.form.content_type)
        else:
            records = self.trimmed([json.loads(text) for text in texts])
            response = self.respond(pages.envelope(records) if self.form is formats.JSON else records)
        if links := pages.link_header():
            response["Link"] = links
        if pages.count is not None:
            response[pagination.TOTAL_COUNT] = str(pages.count)
        if rows and (modified_at := rows[0]["modified_at"]):
            response["Last-Modified"] = caching.modified_header(modified_at)
        return response

    def is_as_stored(self) -> bool:
        """Whether the records go out as the database wrote them."""
        return self.form is formats.JSON and not self.fields and not self.chosen_includes
