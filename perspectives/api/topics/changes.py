"""The changes in the order in which they happened: editions published or retracted, topics and guides archived."""

import heapq
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Case, F, Max, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from perspectives.api.http import pagination, problems, sparse
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.pagination import Cursor
from perspectives.api.http.views import ListView
from perspectives.api.schema import shapes
from perspectives.api.topics.topics import EDITION_ENTRY
from perspectives.queries.functions import WithoutNulls
from perspectives.queries.publication import published

_ORDER: Final = "changes"
_ARCHIVED: Final = {"archived_at": "at", "archive_note": "note"}
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?", re.DOTALL)
SINCE: Final = {"type": "string", "pattern": "^[A-Za-z0-9_:.+-]+$", "examples": ["2026-11-01"]}
"""How `since` looks: an earlier answer's, or a date."""
Rows = tuple[QuerySet[Any], ...]
"""Publications, retractions and steps of the archive: `moment`, `place` (which grows with time), `list`, and record."""
_LISTS: Final = 3


class ChangePages(pagination.CursorPages):
    """Pages of three lists that only grow, merged by time.

    A cursor holds how far one has come in each: the ids of the last edition, retraction and step of the archive. These
    take turns, so that nothing appears before a place that was given out.
    """

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """Fetch the page of the lists that the view's `query` asks for; a query each, one more for a date.

        Raises RefusedError for a `limit`, `cursor` or `since` that cannot be.
        """
        self.request, self.query = request, view.query
        limit = pagination.limit_of(self.query, default=self.page_size, largest=self.max_page_size)
        cursor = self.first_place(queryset)
        is_backward = cursor.is_backward
        way, order = ("place__lte", "-place") if is_backward else ("place__gt", "place")
        lists = [
            rows.filter(**{way: place}).order_by(order)[: limit + 1]
            for rows, place in zip(queryset, cursor.keys, strict=True)
        ]
        found = list(heapq.merge(*lists, key=lambda row: (row["moment"], row["list"]), reverse=is_backward))
        has_more = len(found) > limit
        self.rows = found[limit - 1 :: -1] if is_backward else found[:limit]
        self._set_places(cursor)
        is_first = {"cursor", "since"}.isdisjoint(self.query)
        has_next, has_previous = (True, has_more) if is_backward else (has_more, not is_first)
        self.next_link = self._leading(self.after) if self.rows and has_next else None
        self.previous_link = self._leading(self.before) if self.rows and has_previous else None
        return self.rows

    def first_place(self, rows: Rows) -> Cursor:
        """Read where the page starts: at `cursor`, or else after `since`, or at the first. Raises RefusedError."""
        name = next((name for name in ("cursor", "since") if name in self.query), None)
        if name is None:
            return _at((0,) * _LISTS)
        text = self.query[name]
        if name == "since" and _DATE.fullmatch(text):
            moment = _moment(text)
            passed = [one.filter(moment__lt=moment).aggregate(last=Max("place"))["last"] or 0 for one in rows]
            return _at(passed)
        try:
            return pagination.decode(text, _ORDER, [int] * _LISTS, parameter=name)
        except RefusedError:
            # Before topics could be archived a place had two ids; whoever kept one hears of all that was archived.
            known = pagination.decode(text, _ORDER, [int, int], parameter=name)
            return known._replace(keys=(*known.keys, 0))

    def _set_places(self, cursor: Cursor) -> None:
        """Note the places before and after the page: one is where it starts, the other follows from its rows."""
        places = [int(key) for key in cursor.keys]
        for row in reversed(self.rows) if cursor.is_backward else self.rows:
            places[row["list"]] = row["place"] - 1 if cursor.is_backward else row["place"]
        start, end = _at(cursor.keys), _at(places)
        before, self.after = (end, start) if cursor.is_backward else (start, end)
        self.before = before._replace(is_backward=True)

    def _leading(self, cursor: Cursor) -> str:
        return pagination.address(self.request, self.query, cursor)

    def envelope(self, records: Sequence[Any]) -> dict[str, Any]:
        """Wrap a page's records with `since`."""
        return {**super().envelope(records), "since": self.after.encode()}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        page = super().get_paginated_response_schema(schema)
        page["required"].append("since")
        words = "Give this as `since` next time: the answer then has only what happened after this page."
        page["properties"]["since"] = {"type": "string", "description": words}
        return page

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `since` beside the rest."""
        words = (
            "Only what happened after an earlier answer, by its `since`, which is never made up; or from a date on "
            "(2026-11-01, or with a time as in RFC 3339)."
        )
        return [*super().get_schema_operation_parameters(view), pagination.parameter("since", words, SINCE)]


def _at(places: Sequence[Any]) -> Cursor:
    return Cursor(is_backward=False, ordering=_ORDER, keys=tuple(places))


def _moment(text: str) -> datetime:
    """Read a date, which begins at midnight UTC, or a time. Raises RefusedError."""
    try:
        moment = parse_datetime(text if "T" in text else f"{text}T00:00Z")
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        sentence = "'since' is what an earlier answer gave, or a date as 2026-11-01 or 2026-11-01T12:00:00Z."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="since")
    return moment.astimezone(UTC)


class ChangeList(ListView):
    """Everything that happened, in its order: what a client that keeps a copy has to fetch, and to stop relying on.

    An entry `published` is an edition to fetch; an entry `retracted` is one that should not be relied on any more. With
    `archived` the topic or guide is left out of all lists, for the reason in `archive_note`, and its editions are kept
    for reference; with `reinstated` it is listed again.
    Follow `next` to the end, keep `since` of the last page, and come back with it.
    """

    shape = shapes.ChangeEntry
    queryset = published.editions()
    orderings = {_ORDER: {}}
    pagination_class = ChangePages
    has_count = False

    def parameters(self) -> Collection[str]:
        """Name the parameters."""
        return [*super().parameters(), "since"]

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Give the lists: what was published, what was retracted, and what was archived or brought back."""
        of_edition = {name: F(f"edition__{column}") for name, column in EDITION_ENTRY.items()}
        step = Case(When(is_archived=True, then=Value("archived")), default=Value("reinstated"))
        archived = {name: Case(When(is_archived=True, then=F(column))) for name, column in _ARCHIVED.items()}
        own = {name: F(column) for name, column in EDITION_ENTRY.items()}
        return (
            _rows(0, queryset, "published_at", Value("published"), own),
            _rows(1, published.retractions(), "at", Value("retracted"), of_edition),
            _rows(2, published.archivings(), "at", step, {**of_edition, **archived}),
        )

    def is_as_stored(self) -> bool:
        """Addresses have to be added."""
        return False

    def trimmed(self, records: Any) -> list[sparse.Record]:
        """Add the address where each edition stays."""
        for record in records:
            owner = "topic" if "topic" in record else "article"
            place = {"slug": record[owner], "number": record["edition"]}
            record["url"] = self.request.build_absolute_uri(reverse(f"api:{owner}-edition", kwargs=place))
        return super().trimmed(records)


def _rows(number: int, found: QuerySet[Any], time: str, change: Combinable, entry: dict[str, Any]) -> QuerySet[Any]:
    record = WithoutNulls(JSONObject(change=change, **entry))
    return found.order_by().values(
        moment=F(time),
        place=F("pk"),
        list=Value(number),
        text=Cast(record, TextField()),
        modified_at=Subquery(published.last_publication()),
    )
