"""Pages by cursor: a page starts after a row's place in a unique order, so that new rows never shift it."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from perspectives.api import problems
from perspectives.api.errors import RefusedError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
PARAMETERS = ("cursor", "limit")
_LIMIT = re.compile(r"[1-9][0-9]{0,2}")
_TEXT_KEY = re.compile(r"[A-Za-z0-9_/-]{1,200}")
_MAX_NUMBER = 2**31 - 1
_AT = "at_{}"

Key = str | int


class Cursor(NamedTuple):
    """Where a page starts: after the row with these keys, or before it."""

    is_backward: bool
    keys: tuple[Key, ...]

    def encode(self) -> str:
        """Write the cursor for an address."""
        text = json.dumps([int(self.is_backward), *self.keys], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str, kinds: Sequence[type[Key]]) -> Cursor:
    """Read a cursor with keys of these kinds. Raises RefusedError unless it has the form of those we gave out."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not _fits(values, kinds):
        raise RefusedError(problems.INVALID_CURSOR, problems.INVALID_CURSOR.sentence, parameter="cursor")
    return Cursor(bool(values[0]), tuple(values[1:]))


def _fits(values: Sequence[object], kinds: Sequence[type[Key]]) -> bool:
    if len(values) != len(kinds) + 1 or values[0] not in (0, 1):
        return False
    return all(type(value) is kind and _is_key(value) for value, kind in zip(values[1:], kinds, strict=True))


def _is_key(value: object) -> bool:
    if isinstance(value, str):
        return _TEXT_KEY.fullmatch(value) is not None
    return isinstance(value, int) and 0 <= value <= _MAX_NUMBER


class CursorPages(BasePagination):
    """Cuts a queryset into pages by the view's `keys`: field -> kind; together unique; `-` for descending.

    One query a page. The answer is `{"next", "previous", "results"}` with absolute addresses or null, and the same as
    Link headers (RFC 8288). Raises RefusedError for a `limit` or `cursor` that cannot be.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """Fetch the rows of the page that the request asks for."""
        self.request = request
        keys: Mapping[str, type[Key]] = view.keys  # type: ignore[union-attr]  # a ListView, the only views with pages
        limit = _limit(request.query_params)
        cursor = (
            decode(request.query_params["cursor"], list(keys.values())) if "cursor" in request.query_params else None
        )
        is_backward = cursor is not None and cursor.is_backward
        found = list(_window(queryset, list(keys), cursor)[: limit + 1])
        rows, has_more = found[:limit], len(found) > limit
        if is_backward:
            rows.reverse()
        self.next = self._page(rows[-1:], len(keys), is_backward=False, exists=has_more or is_backward)
        self.previous = self._page(
            rows[:1], len(keys), is_backward=True, exists=has_more if is_backward else bool(cursor)
        )
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap a page's records."""
        response = Response({"next": self.next, "previous": self.previous, "results": data})
        links = [f'<{url}>; rel="{rel}"' for url, rel in ((self.next, "next"), (self.previous, "prev")) if url]
        if links:
            response["Link"] = ", ".join(links)
        return response

    def _page(self, edge: Sequence[Model], length: int, *, is_backward: bool, exists: bool) -> str | None:
        """Give the address of the page beyond a row at the edge of this one."""
        if not exists or not edge:
            return None
        keys = tuple(cast("Key", getattr(edge[0], _AT.format(place))) for place in range(length))
        query = self.request.query_params.copy()
        query["cursor"] = Cursor(is_backward, keys).encode()
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

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
        """Describe `cursor` and `limit`."""
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            _parameter(
                "cursor", "Where the page starts: taken from `next` or `previous`, never made up.", {"type": "string"}
            ),
            _parameter("limit", "How many records a page holds at most.", limit),
        ]


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _limit(query: QueryDict) -> int:
    text = query.get("limit")
    if text is None:
        return DEFAULT_LIMIT
    if _LIMIT.fullmatch(text) is None or int(text) > MAX_LIMIT:
        raise RefusedError(problems.INVALID_PARAMETER, f"'limit' is a number from 1 to {MAX_LIMIT}.", parameter="limit")
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
