"""A queue as a page: what it is narrowed to, a table of fifty lines, and the pages of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from perspectives.web.desk.layout import show_part
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import BadQueryError, query_value

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

Row = TypeVar("Row")


@dataclass(frozen=True)
class Cell:
    """One thing that a line says: a text, perhaps with an address, or a time."""

    name: str
    text: str = ""
    address: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One thing that waits: what it is, where it is dealt with (empty: nowhere that this person may go), and more."""

    title: str
    address: str
    cells: tuple[Cell, ...]
    words: str = ""


@dataclass(frozen=True)
class Filter:
    """A list from which one may choose; the first choice, whose value is empty, narrows nothing."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Queue:
    """What the page of a queue says besides its lines."""

    title: str
    lede: str
    of: str
    """What waits, in the plural."""
    columns: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    empty: str = "Nothing waits here."


def chosen(
    request: HttpRequest, name: str, label: str, options: Iterable[tuple[str, str]], *, without: str = "All"
) -> Filter:
    """Read what a queue is narrowed to; `without` says what it is where nothing is chosen. Raises BadQueryError."""
    choices = [("", without), *options]
    value = query_value(request, name)
    if value not in dict(choices):
        raise BadQueryError(f"'{name}' has no choice '{value}'; choose from the list above the queue.")
    return Filter(name, label, choices, value)


def show_queue(
    request: HttpRequest,
    queue: Queue,
    found: "_SupportsPagination[Row]",
    lines: Callable[[Sequence[Row]], Iterable[Line]],
) -> HttpResponse:
    """Answer with a page of a queue; `lines` writes its rows. Raises NotFoundError where there is no such page."""
    shown = numbered_page(request, found, of=queue.of)
    rows = list(shown.object_list)
    asked = urlencode({one.name: one.chosen for one in queue.filters if one.chosen})
    context = {
        "queue": queue,
        "shown": shown,
        "lines": list(lines(rows)),
        "here": f"?{asked}&" if asked else "?",
        "is_narrowed": bool(asked),
    }
    return show_part(request, "queues/queue.html", "queues/lines.html", context)
