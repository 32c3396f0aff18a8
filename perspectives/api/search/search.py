"""Search: claims found by words, and what to narrow them by."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django_filters.utils import translate_validation
from rest_framework.request import Request

from perspectives.api.http import expanding, pagination, problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import ResourceView
from perspectives.api.schema.search_shapes import Hit, SearchAnswer
from perspectives.api.search import known_names
from perspectives.api.search.filter_kinds import QueryBackend, list_names
from perspectives.api.search.filters import SearchFilter
from perspectives.models import PublishedClaim
from perspectives.queries.publication import published
from perspectives.queries.search import claim_search
from perspectives.rules.formats.linked_data import addresses
from perspectives.serving.lanes import Work

DEFAULT_LIMIT = 20
MAX_LIMIT = 50
_BY_RANK = "rank"


def addressed(found: dict[str, Any], base: str) -> None:
    """Add to everything that was found the address of its page."""
    for hit in found["results"]:
        hit["url"] = addresses.claim_page(base, hit["id"])
    for topic in found["topics"]:
        topic["url"] = addresses.topic(base, topic["topic"])
    for source in found["sources"]:
        source["url"] = addresses.source(base, source["key"])
    for person in found["people"]:
        person["url"] = addresses.person(base, person["person"])


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


class SearchView(ResourceView):
    """Claims of current editions that match a question, the stances by turns; beside them topics, sources and people.

    The best claim of each stance that has a match comes first, then the second best of each, and so on: a page of three
    or more shows every stance that has a match. What is searched: the claim, its perspective with those who hold it,
    titles and authors of its sources, and notes with quotations, in this order of weight; `why` says which of them
    matched. Where no claim has all words, those with most or some of them are found, and `relaxed` says so. Where a
    stance has no match, claims of the best topic stand in, beyond the page's limit. Of very common words only a part of
    the claims is ranked and counted; numbers then say `is_at_least`.
    """

    is_list = True
    is_sparse = True
    includes: ClassVar = {"sources": expanding.sources_of_claims}
    work = Work.COSTLY
    shape = SearchAnswer
    record_shape = Hit
    filterset_class = SearchFilter
    filter_backends = [QueryBackend]
    pagination_class = SearchPages

    def get_queryset(self) -> QuerySet[PublishedClaim]:
        """Find what is searched; the OpenAPI document takes the filters' kinds from it."""
        return published.claims()

    def parameters(self) -> Collection[str]:
        """Name the question, the filters, and what pages take."""
        return (*SearchFilter.base_filters, *pagination.PARAMETERS, *super().parameters())

    def lists(self) -> Collection[str]:
        """Name those of them that take several values."""
        return (*list_names(SearchFilter.base_filters), *super().lists())

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give one page. Raises RefusedError, also where nothing is asked that could be found (`---`).

        Raises ValidationError for a value that a filter cannot have.
        """
        given = QueryBackend().get_filterset(request, self.get_queryset(), self)
        if not given.is_valid():
            raise translate_validation(given.errors)
        asked = given.form.cleaned_data
        filters = {name: values for name, values in asked.items() if name != "q" and values}
        limit = pagination.limit_of(self.query, default=DEFAULT_LIMIT, largest=MAX_LIMIT)
        offset = self.offset()
        found = claim_search.search(asked["q"], filters=filters, limit=limit, offset=offset)
        known_names.check(self.query, found=len(found["results"]))
        following = self.place(offset + limit) if found.pop("has_more") else None
        previous = self.place(max(0, offset - limit)) if offset else None
        addressed(found, self.base)
        if found["relaxed"] is None:
            del found["relaxed"]
        found["results"] = self.trimmed(found["results"])
        response = self.respond({"next": following, "previous": previous, **found})
        if links := pagination.link_header(following, previous):
            response["Link"] = links
        return response

    def offset(self) -> int:
        """Read how many hits come before the page. Raises RefusedError for a cursor that leads nowhere."""
        if "cursor" not in self.query:
            return 0
        cursor = pagination.decode(self.query["cursor"], _BY_RANK, [int])
        offset = int(cursor.keys[0])
        if cursor.is_backward or offset >= claim_search.MAX_HITS:
            raise RefusedError(problems.INVALID_CURSOR, problems.INVALID_CURSOR.sentence, parameter="cursor")
        return offset

    def place(self, offset: int) -> str:
        """Give the address of the page before which so many hits come."""
        cursor = pagination.Cursor(is_backward=False, ordering=_BY_RANK, keys=(offset,))
        return pagination.address(self.request, self.query, cursor)
