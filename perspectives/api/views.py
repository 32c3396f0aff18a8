"""The conventions of the API as view classes: one record, and lists of records."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from pydantic import BaseModel
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from perspectives.api import caching, conventions, keys, limits, pagination
from perspectives.api.errors import plain_request


class ResourceView(APIView):
    """A resource whose answer is JSON of the `shape`; a method `get` gives a Response.

    Answers 405, 406 and 400 by the conventions, has a strong ETag over its content, and answers 304.
    """

    http_method_names = ["get", "head", "options"]
    shape: ClassVar[type[BaseModel]]
    grant = limits.UNLIMITED

    def parameters(self) -> Collection[str]:
        """Name the query parameters that the resource takes."""
        return ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the request before its method is called. Raises RefusedError."""
        _, self.grant = keys.admit(plain_request(request))
        conventions.check_method(plain_request(request))
        super().initial(request, *args, **kwargs)
        conventions.check_parameters(plain_request(request), self.parameters())

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # no body, so nothing to render
        """Answer with the header `Allow` alone; the OpenAPI document describes the rest."""
        del request, args, kwargs
        return HttpResponse(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Render the answer now, so that its ETag can be told, and compare that with what the reader holds."""
        final = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(final, Response):
            final.render()
        finished = caching.finish(plain_request(request), final)
        self.grant.write(finished)
        return finished


class ListView(ResourceView, GenericAPIView[Any]):
    """A list of records in pages, filtered by `filterset_class` and ordered by the unique `keys`; one query a page.

    A subclass gives `queryset` and `present`.
    """

    is_list = True
    keys: ClassVar[Mapping[str, type[pagination.Key]]]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    filter_backends = [DjangoFilterBackend]
    pagination_class = pagination.CursorPages

    def parameters(self) -> Collection[str]:
        """Name the filters and what pages take."""
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        return (*filters, *pagination.PARAMETERS)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """Give one page."""
        del request, kwargs
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([self.present(row) for row in rows or ()])

    def present(self, row: Any) -> dict[str, Any]:
        """Give a row as the record of the `shape`."""
        record: dict[str, Any] = row.record
        return record
