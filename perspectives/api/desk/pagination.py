"""Pages of the desk's lists: fifty records, and the address of the next page where there is one."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from perspectives.api.desk.views import Answer, Call
from perspectives.api.http import pagination
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.pagination import Cursor, Key

LIMIT: Final = 50
QUERY: Final = {"cursor": Parameter("Where the page starts: taken from `next`, never made up.", pagination.CURSOR)}
"""What every list takes in its address."""


def start(call: Call, order: str, kind: type[Key]) -> Any:
    """Read behind which key of `order` the page starts; None for the first. Raises RefusedError."""
    text = call.query.get("cursor")
    return pagination.decode(text, order, [kind]).keys[0] if text else None


def page(call: Call, order: str, records: Sequence[Any], following: Key | None) -> Answer:
    """Give a page; `following` is the key behind which the next one starts, if there is one."""
    if following is None:
        return Answer({"results": list(records)})
    cursor = Cursor(is_backward=False, ordering=order, keys=(following,))
    return Answer({"next": pagination.address(call.request, call.query, cursor), "results": list(records)})


def cut(call: Call, rows: QuerySet[Any], by: str, kind: type[Key], write: Callable[[Any], Any]) -> Answer:
    """Cut the page out of rows in the order of a unique field, a hyphen reverses it; one query."""
    name, comparison = by.lstrip("-"), "lt" if by.startswith("-") else "gt"
    after = start(call, by, kind)
    behind = rows if after is None else rows.filter(**{f"{name}__{comparison}": after})
    found = list(behind.order_by(by)[: LIMIT + 1])
    shown = found[:LIMIT]
    return page(call, by, [write(row) for row in shown], getattr(shown[-1], name) if len(found) > LIMIT else None)
