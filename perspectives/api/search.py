"""Search: claims found by words, and what to narrow them by."""

from collections.abc import Collection
from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import translate_validation
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.api import pagination, problems
from perspectives.api.errors import RefusedError
from perspectives.api.filters import SearchFilter
from perspectives.api.search_shapes import SearchAnswer
from perspectives.api.views import ResourceView
from perspectives.queries import published, search

DEFAULT_LIMIT = 20
MAX_LIMIT = 50


class SearchPages(pagination.CursorPages):
    """Describes the pages of a search, whose cursors hold how many hits come before; never more than 1,000."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the answer: the shape already says what a page is."""
        described: dict[str, Any] = schema["items"]
        return described

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `cursor` and `limit`."""
        cursor, limit = super().get_schema_operation_parameters(view)
        return [cursor, {**limit, "schema": {**limit["schema"], "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}}]


class SearchView(ResourceView, GenericAPIView[Any]):
    """Claims of current editions that match a question, the stances by turns; beside them topics, sources and people.

    The best claim of each stance that has a match comes first, then the second best of each, and so on: a page of three
    or more shows every stance that has a match. What is searched: the claim, its perspective with those who hold it,
    titles and authors of its sources, and notes with quotations, in this order of weight; `why` says which of them
    matched. Of very common words only a part of the claims is ranked and counted; numbers then say `is_at_least`.
    """

    is_list = True
    shape = SearchAnswer
    queryset = published.claims()
    filterset_class = SearchFilter
    filter_backends = [DjangoFilterBackend]
    pagination_class = SearchPages

    def parameters(self) -> Collection[str]:
        """Name the question, the filters, and what pages take."""
        return (*SearchFilter.base_filters, *pagination.PARAMETERS)

    def get(self, request: Request) -> Response:
        """Give one page. Raises RefusedError, ValidationError."""
        asked = _asked(request)
        limit, offset = _limit(request), _offset(request)
        found = search.search(asked.pop("q"), filters=asked, limit=limit, offset=offset)
        following = _page(request, offset + limit) if found.pop("has_more") else None
        previous = _page(request, max(0, offset - limit)) if offset else None
        response = Response({"next": following, "previous": previous, **found})
        links = [f'<{url}>; rel="{rel}"' for url, rel in ((following, "next"), (previous, "prev")) if url]
        if links:
            response["Link"] = ", ".join(links)
        return response


def _asked(request: Request) -> dict[str, Any]:
    """Check the question and the filters; give those that were given."""
    checked = SearchFilter(request.query_params, queryset=published.claims())
    if not checked.is_valid():
        raise translate_validation(checked.errors)
    given = {name: value for name, value in checked.form.cleaned_data.items() if value not in (None, "")}
    return {name: int(value) if name == "year" else value for name, value in given.items()}


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= len(str(MAX_LIMIT))):
        text = "0"
    if not 1 <= int(text) <= MAX_LIMIT:
        raise RefusedError(problems.INVALID_PARAMETER, f"'limit' is a number from 1 to {MAX_LIMIT}.", parameter="limit")
    return int(text)


def _offset(request: Request) -> int:
    """Read how many hits come before the page. Raises RefusedError for a cursor that leads nowhere."""
    text = request.query_params.get("cursor")
    if text is None:
        return 0
    cursor = pagination.decode(text, [int])
    offset = int(cursor.keys[0])
    if cursor.is_backward or offset >= search.MAX_HITS:
        raise RefusedError(problems.INVALID_CURSOR, problems.INVALID_CURSOR.sentence, parameter="cursor")
    return offset


def _page(request: Request, offset: int) -> str:
    query = request.query_params.copy()
    query["cursor"] = pagination.Cursor(is_backward=False, keys=(offset,)).encode()
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
