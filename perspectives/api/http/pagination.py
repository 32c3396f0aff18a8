"""Pages by cursor: a page starts after a row's place in a unique order, so that new rows never shift it."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from rest_framework.pagination import BasePagination
from rest_framework.views import APIView

from perspectives.api.http import problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.formats import json_bytes

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
PARAMETERS = ("cursor", "limit")
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")
_MAX_TEXT = 300
_MAX_NUMBER = 2**31 - 1
_AT = "at_{}"
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


def decode(text: str, ordering: str, kinds: Sequence[type[Key]]) -> Cursor:
    """Read a cursor of `ordering` with keys of these kinds. Raises RefusedError unless it has the form of ours."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not _fits(values, ordering, kinds):
        raise RefusedError(problems.INVALID_CURSOR, problems.INVALID_CURSOR.sentence, parameter="cursor")
    return Cursor(bool(values[0]), ordering, tuple(values[2:]))


def _fits(values: Sequence[object], ordering: str, kinds: Sequence[type[Key]]) -> bool:
    if len(values) != len(kinds) + 2 or values[0] not in (0, 1) or values[1] != ordering:
        return False
    return all(type(value) is kind and _is_key(value) for value, kind in zip(values[2:], kinds, strict=True))


def _is_key(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _MAX_TEXT and not any(char < " " or "\ud800" <= char <= "\udfff" for char in value)
    return isinstance(value, int) and 0 <= value <= _MAX_NUMBER


@dataclass(frozen=True)
class Page:
    """The rows of a page and the addresses of those beside it, None where there is none."""

    rows: list[Any]
    next: str | None
    previous: str | None

    def envelope(self, records: Sequence[Any]) -> dict[str, Any]:
        """Wrap a page's records."""
        return {"next": self.next, "previous": self.previous, "results": records}

    def body(self, texts: Sequence[str]) -> bytes:
        """Write the same from records that are JSON already."""
        start, end = json_bytes(self.envelope([])).rsplit(b"]", 1)
        return b"".join((start, ",".join(texts).encode(), b"]", end))

    def links(self) -> str:
        """Write the header Link (RFC 8288)."""
        return ", ".join(f'<{url}>; rel="{rel}"' for url, rel in ((self.next, "next"), (self.previous, "prev")) if url)


def page(queryset: QuerySet[Any], request: HttpRequest, query: Mapping[str, str], orderings: Orderings) -> Page:
    """Cut a queryset into pages by `orderings` and fetch the one that `query` asks for; one query.

    Raises RefusedError for an `ordering`, `limit` or `cursor` that cannot be.
    """
    ordering = _ordering(query, orderings)
    keys = orderings[ordering]
    limit = limit_of(query)
    cursor = decode(query["cursor"], ordering, list(keys.values())) if "cursor" in query else None
    is_backward = cursor is not None and cursor.is_backward
    names = [*(_AT.format(place) for place in range(len(keys))), "text", "modified_at"]
    found = list(_window(queryset, list(keys), cursor).values_list(*names, named=True)[: limit + 1])
    rows, has_more = found[:limit], len(found) > limit
    if is_backward:
        rows.reverse()

    def beside(edge: Sequence[Any], *, is_backward: bool, exists: bool) -> str | None:
        """Give the address of the page beyond a row at the edge of this one."""
        if not exists or not edge:
            return None
        return address(request, query, Cursor(is_backward, ordering, tuple(edge[0][: len(keys)])))

    return Page(
        rows,
        beside(rows[-1:], is_backward=False, exists=has_more or is_backward),
        beside(rows[:1], is_backward=True, exists=has_more if is_backward else bool(cursor)),
    )


def _ordering(query: Mapping[str, str], orderings: Orderings) -> str:
    chosen = query.get("ordering", next(iter(orderings)))
    if chosen not in orderings:
        sentence = f"'ordering' is one of: {', '.join(orderings)}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="ordering", known=list(orderings))
    return chosen


def address(request: HttpRequest, query: Mapping[str, str], cursor: Cursor) -> str:
    """Give the address of another page of what was asked for."""
    return request.build_absolute_uri(f"{request.path}?{urlencode({**query, 'cursor': cursor.encode()})}")


def limit_of(query: Mapping[str, str], *, default: int = DEFAULT_LIMIT, largest: int = MAX_LIMIT) -> int:
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


class CursorPages(BasePagination):
    """Describes the pages of a list for the OpenAPI document, which takes that from a class of this kind."""

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
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe `cursor` and `limit`, and `ordering` where there is a choice."""
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        described = [
            parameter("cursor", "Where the page starts: taken from `next` or `previous`, never made up.", CURSOR),
            parameter("limit", "How many records a page holds at most.", limit),
        ]
        orderings = list(getattr(view, "orderings", {}))
        if len(orderings) > 1:
            choice = {"type": "string", "enum": orderings, "default": orderings[0]}
            described.append(parameter("ordering", "In which order; a hyphen in front reverses it.", choice))
        return described


def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a query parameter."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
