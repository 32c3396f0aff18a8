"""Pages by cursor: a page starts after a row's place in a unique order, so that new rows never shift it."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.formats import json_bytes

PARAMETERS = ("cursor", "limit")
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")
_MAX_TEXT = 300
_MAX_NUMBER = 2**31 - 1
_AT = "at_{}"
TOTAL_COUNT = "X-Total-Count"
"""The header that has what `count=true` asks for: formats other than JSON have no other place for it."""
_YES_NO = {"true": True, "false": False}
CURSOR = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
"""How a cursor looks, for the OpenAPI document."""

Key = str | int
Keys = Mapping[str, type[Key]]
"""Fields to order by, with the kind of their values; together unique; `-` for descending."""
Orderings = Mapping[str, Keys]


class Cursor(NamedTuple):
    """Where a page starts: after the row with these keys in this ordering, or before it."""

    is_backward: bool
    ordering: str
    keys: tuple[Key, ...]

    def encode(self) -> str:
        """Write the cursor for an address."""
        text = json_bytes([int(self.is_backward), self.ordering, *self.keys])
        return base64.urlsafe_b64encode(text).decode().rstrip("=")


def decode(text: str, ordering: str, kinds: Sequence[type[Key]], *, parameter: str = "cursor") -> Cursor:
    """Read a cursor of `ordering` with keys of these kinds. Raises RefusedError unless it has the form of ours."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not _fits(values, ordering, kinds):
        raise RefusedError(problems.INVALID_CURSOR, problems.INVALID_CURSOR.sentence, parameter=parameter)
    return Cursor(bool(values[0]), ordering, tuple(values[2:]))


def _fits(values: Sequence[object], ordering: str, kinds: Sequence[type[Key]]) -> bool:
    if len(values) != len(kinds) + 2 or values[0] not in (0, 1) or values[1] != ordering:
        return False
    return all(type(value) is kind and _is_key(value) for value, kind in zip(values[2:], kinds, strict=True))


def _is_key(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _MAX_TEXT and not any(char < " " or "\ud800" <= char <= "\udfff" for char in value)
    return isinstance(value, int) and 0 <= value <= _MAX_NUMBER


class CursorPages(CursorPagination):
    """Pages by cursors of several keys that are unique together; REST framework's know one key, which need not be.

    The view's `orderings` maps each value of `ordering=` to its keys; the first is what one gets without.
    """

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200
    count: int | None = None
    """How many records match, on all pages together, if that was asked for."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """Fetch the page that the view's `query` asks for; one query, and another for `count=true`.

        Raises RefusedError for an `ordering`, `limit`, `cursor` or `count` that cannot be.
        """
        self.request, self.query = request, view.query
        self.name = _ordering(self.query, view.orderings)
        self.keys: Keys = view.orderings[self.name]
        limit = limit_of(self.query, default=self.page_size, largest=self.max_page_size)
        cursor = self.start()
        is_backward = cursor is not None and cursor.is_backward
        found = list(_window(queryset, list(self.keys), cursor)[: limit + 1])
        self.rows, has_more = found[:limit], len(found) > limit
        if is_backward:
            self.rows.reverse()
        has_next, has_previous = (True, has_more) if is_backward else (has_more, cursor is not None)
        self.next_link = self.beside(self.rows[-1]) if self.rows and has_next else None
        self.previous_link = self.beside(self.rows[0], is_backward=True) if self.rows and has_previous else None
        self.count = queryset.count() if wants_count(self.query) else None
        return self.rows

    def start(self) -> Cursor | None:
        """Read where the page starts. Raises RefusedError."""
        text = self.query.get("cursor")
        return None if text is None else decode(text, self.name, list(self.keys.values()))

    def get_next_link(self) -> str | None:
        """Give the address of the next page, if there is one."""
        return self.next_link

    def get_previous_link(self) -> str | None:
        """Give the address of the page before, if there is one."""
        return self.previous_link

    def beside(self, row: Any, *, is_backward: bool = False) -> str:
        """Give the address of the page after a row, or before it."""
        return address(self.request, self.query, self.cursor_at(row, is_backward=is_backward))

    def cursor_at(self, row: Any, *, is_backward: bool = False) -> Cursor:
        """Make the cursor that starts after a row, or before it."""
        known = row if isinstance(row, dict) else vars(row)
        return Cursor(is_backward, self.name, tuple(known[_AT.format(place)] for place in range(len(self.keys))))

    def envelope(self, records: Sequence[Any]) -> dict[str, Any]:
        """Wrap a page's records."""
        count = {} if self.count is None else {"count": self.count}
        return {**count, "next": self.get_next_link(), "previous": self.get_previous_link(), "results": records}

    def body(self, texts: Sequence[str]) -> bytes:
        """Write the same from records that are JSON already."""
        start, end = json_bytes(self.envelope([])).rsplit(b"]", 1)
        return b"".join((start, ",".join(texts).encode(), b"]", end))

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        """Give a page."""
        return Response(self.envelope(data))

    def link_header(self) -> str:
        """Give the header Link of the page, empty if there is no other."""
        return link_header(self.get_next_link(), self.get_previous_link())

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page, with null the way of OpenAPI 3.1."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "additionalProperties": False,
            "properties": {
                "next": {**address, "description": "The next page; null on the last."},
                "previous": {**address, "description": "The page before; null on the first."},
                "count": {
                    "type": "integer",
                    "minimum": 0,
                    "description": "With `count=true`: how many records match, on all pages together.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `cursor` and `limit`, and `ordering` where there is a choice."""
        limit = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        described = [
            parameter("cursor", "Where the page starts: taken from `next` or `previous`, never made up.", CURSOR),
            parameter("limit", "How many records a page holds at most.", limit),
        ]
        orderings = list(getattr(view, "orderings", {}))
        if len(orderings) > 1:
            choice = {"type": "string", "enum": orderings, "default": orderings[0]}
            described.append(parameter("ordering", "In which order; a hyphen in front reverses it.", choice))
        if getattr(view, "has_count", False):
            words = (
                "Whether to tell how many records match, on all pages together: as `count`, and in the header "
                f"`{TOTAL_COUNT}`, which other formats have too. It costs a query, so ask on the first page only."
            )
            described.append(parameter("count", words, {"type": "boolean", "default": False}))
        return described


def _ordering(query: Mapping[str, str], orderings: Orderings) -> str:
    chosen = query.get("ordering", next(iter(orderings)))
    if chosen not in orderings:
        sentence = f"'ordering' is one of: {', '.join(orderings)}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="ordering", known=list(orderings))
    return chosen


def wants_count(query: Mapping[str, str]) -> bool:
    """Read whether the total is asked for. Raises RefusedError."""
    chosen = query.get("count", "false")
    if chosen not in _YES_NO:
        raise RefusedError(
            problems.INVALID_PARAMETER, "'count' is true or false.", parameter="count", known=list(_YES_NO)
        )
    return _YES_NO[chosen]


def address(request: HttpRequest, query: Mapping[str, str], cursor: Cursor) -> str:
    """Give the address of another page of what was asked for."""
    return request.build_absolute_uri(f"{request.path}?{urlencode({**query, 'cursor': cursor.encode()})}")


def limit_of(query: Mapping[str, str], *, default: int, largest: int) -> int:
    """Read how many records a page holds at most. Raises RefusedError."""
    text = query.get("limit")
    if text is None:
        return default
    if _LIMIT.fullmatch(text) is None or int(text) > largest:
        raise RefusedError(problems.INVALID_PARAMETER, f"'limit' is a number from 1 to {largest}.", parameter="limit")
    return int(text)


def _window(queryset: QuerySet[Any], keys: Sequence[str], cursor: Cursor | None) -> QuerySet[Any]:
    """Order the rows, in reverse for a page backwards, and leave out those up to the cursor."""
    is_backward = cursor is not None and cursor.is_backward
    order = [f"{'-' if key.startswith('-') != is_backward else ''}{key.lstrip('-')}" for key in keys]
    named: QuerySet[Any] = queryset.annotate(
        **{_AT.format(place): F(key.lstrip("-")) for place, key in enumerate(keys)}
    )
    return named.filter(_beyond(order, cursor.keys) if cursor else Q()).order_by(*order)


def _beyond(order: Sequence[str], values: Sequence[Key]) -> Q:
    """Make the condition that a row comes after `values` in `order`: key by key, the first difference decides."""
    condition = Q()
    equal = Q()
    for key, value in zip(order, values, strict=True):
        field, comparison = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
    return condition


def link_header(following: str | None, previous: str | None) -> str:
    """Write the header Link (RFC 8288); nothing where there is no page beside this one."""
    return ", ".join(f'<{url}>; rel="{rel}"' for url, rel in ((following, "next"), (previous, "prev")) if url)


def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a query parameter."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
