"""The conventions of the API as view classes: one record, and lists of records."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Expression, F, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from pydantic import BaseModel
from rest_framework.views import APIView

from perspectives.api.http import authentication, caching, conventions, formats, limits, pagination, problems, sparse
from perspectives.api.http.errors import RefusedError, problem_response
from perspectives.api.http.formats import Formats
from perspectives.api.http.pagination import Page
from perspectives.api.search.filters import checked
from perspectives.queries.publication import published


class ResourceView(APIView):
    """A resource that is read: `get` gives a response in the format that was asked for.

    It is an APIView so that routes and schema see it like any other, but `dispatch` does not go through REST
    framework: what would be wrapped, negotiated and rendered there exists as bytes already in the busiest resources,
    and that work would cost more than the query (ADR 6). Every resource keeps to the same conventions here.
    """

    http_method_names = ["get", "head", "options"]
    is_stateless = True
    """It needs no session and no user but that of a key: see `middleware.ShortWayMiddleware`."""
    shape: ClassVar[type[BaseModel]]
    formats: ClassVar[Formats] = {formats.JSON: formats.as_json}
    includes: ClassVar[Mapping[str, sparse.Include]] = {}
    queries: ClassVar[Mapping[str, conventions.Parameter]] = {}
    """The query parameters that only this resource takes."""
    is_sparse = False
    """Whether `fields=` may choose members of the record."""

    def dispatch(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; every error becomes a problem document."""
        grant = limits.UNLIMITED
        try:
            _, grant = authentication.admit(request)
            response = self.answer(request, **kwargs)
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a problem document
            response = problem_response(error, {"request": request})
        response.headers["Allow"] = conventions.ALLOW
        finished = caching.finish(request, response)
        grant.write(finished)
        return finished

    def answer(self, request: HttpRequest, *, format: str | None = None, **kwargs: Any) -> HttpResponse:  # noqa: A002 - the schema knows suffixes by this name
        """Check the request by the conventions and answer it. Raises RefusedError."""
        conventions.check_method(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204)
        self.query = conventions.parameters(request, self.parameters())
        conventions.check_required(self.query, self.queries)
        self.format = formats.chosen(request, self.offered(format), format)
        self.fields = sparse.names(self.query, "fields", sparse.members(self.shape)) if "fields" in self.query else []
        self.chosen_includes = sparse.names(self.query, "include", [*self.includes])
        if (self.fields or self.chosen_includes) and self.format is not formats.JSON:
            sentence = "'fields' and 'include' go with JSON only; the other formats are whole."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="fields" if self.fields else "include")
        return self.get(request, **kwargs)

    def offered(self, suffix: str | None) -> Formats:
        """Say which formats the request may choose from."""
        del suffix
        return self.formats

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer GET: takes the request and the variables of the address."""
        raise NotImplementedError

    def parameters(self) -> Collection[str]:
        """Name the query parameters that the resource takes."""
        return [*self.queries, *(["fields"] if self.is_sparse else []), *(["include"] if self.includes else [])]

    @property
    def base(self) -> str:
        """The beginning of absolute addresses: scheme and host."""
        return self.request.build_absolute_uri("/")[:-1]

    def respond(self, data: Any) -> HttpResponse:
        """Write what the view gives in the chosen format."""
        form = formats.SPARSE_JSON if self.fields else self.format
        return HttpResponse(self.formats[self.format](self, data), content_type=form.content_type)

    def trimmed(self, records: Sequence[sparse.Record]) -> list[sparse.Record]:
        """Expand records by `include=` and cut them down by `fields=`."""
        for name in self.chosen_includes:
            self.includes[name](records)
        return [sparse.keep(record, {*self.fields, *self.chosen_includes} if self.fields else ()) for record in records]


class RecordView(ResourceView):
    """A single record: a subclass gives `record`."""

    is_sparse = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give the record, expanded and cut down as asked."""
        del request
        [record] = self.trimmed([self.record(**kwargs)])
        return self.respond(record)

    def record(self, *args: Any, **kwargs: Any) -> sparse.Record:
        """Find the record by the variables of the address. Raises NotFoundError."""
        raise NotImplementedError


class ListView(ResourceView):
    """A list of records in pages, filtered by `filterset_class`; one query a page.

    `orderings` maps each value of `ordering=` to the keys by which it orders, which together are unique; the first is
    what one gets without. `record` is the record as PostgreSQL writes it: such pages are put together from texts,
    and nothing is read into Python and written again.
    """

    is_list = True
    is_sparse = True
    orderings: ClassVar[Mapping[str, pagination.Keys]]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    filter_backends = [DjangoFilterBackend]
    pagination_class = pagination.CursorPages
    record: ClassVar[Expression | F] = F("record")

    def parameters(self) -> Collection[str]:
        """Name the filters and what pages take."""
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        return [*filters, *pagination.PARAMETERS, *self.ordering_parameter(), *super().parameters()]

    def ordering_parameter(self) -> list[str]:
        """Name the parameter that chooses the order, where there is a choice."""
        return ["ordering"] if len(self.orderings) > 1 else []

    def get_queryset(self) -> QuerySet[Any]:
        """Find all rows."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Give one page."""
        page = self.page(request)
        texts = [row.text for row in page.rows]
        if self.is_as_stored():
            response = HttpResponse(page.body(texts), content_type=self.format.content_type)
        else:
            records = self.trimmed([json.loads(text) for text in texts])
            response = self.respond(self.envelope(page, records) if self.format is formats.JSON else records)
        if links := page.links():
            response["Link"] = links
        if page.rows and page.rows[0].modified_at:
            response["Last-Modified"] = caching.modified_header(page.rows[0].modified_at)
        return response

    def is_as_stored(self) -> bool:
        """Whether the records go out as the database wrote them."""
        return self.format is formats.JSON and not self.fields and not self.chosen_includes

    def envelope(self, page: Page, records: list[sparse.Record]) -> dict[str, Any]:
        """Wrap a page's records."""
        return page.envelope(records)

    def page(self, request: HttpRequest) -> Page:
        """Fetch the page that the request asks for: each row's record as text, and when anything was last published."""
        rows = self.filtered(self.get_queryset()).annotate(
            text=Cast(self.record, TextField()), modified_at=Subquery(published.last_publication())
        )
        return pagination.page(rows, request, self.query, self.orderings)

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that the filters let through. Raises RefusedError for a value that a filter cannot have."""
        if self.filterset_class is None:
            return rows
        found: QuerySet[Any] = checked(self.filterset_class, self.query, rows).qs
        return found
