"""What a reader may choose in an address; anything else is refused with a sentence."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest

from perspectives.errors import NotFoundError
from perspectives.rules.topics.timeline import FIRST_YEAR, LAST_YEAR, Span
from perspectives.vocab import BibliographyStyle, SourceCategory, Stance
from perspectives.web.http.view_decorators import BadQueryError, query_value, query_values
from perspectives.web.topics.reading_modes import Modes, Reading

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

REMEMBERED = {"first": frozenset(Stance.values)}
"""Cookies that keep a choice, each with the values that count; they hold nothing else."""

PER_PAGE = 50
"""How many lines a page of a list shows."""
_YEAR = re.compile(r"0{0,3}[1-9]\d{0,3}", re.ASCII)
_LETTER = re.compile(r"[a-z0-9]")
_PAGE = re.compile(r"[1-9][0-9]*")

Row = TypeVar("Row")


def style(request: HttpRequest) -> BibliographyStyle:
    """Read `?style=`, APA where none is chosen. Raises BadQueryError."""
    value = query_value(request, "style", BibliographyStyle.APA.value)
    if value not in BibliographyStyle:
        known = ", ".join(BibliographyStyle.values)
        raise BadQueryError(f"There is no citation style '{value}' here; choose one of {known}.")
    return BibliographyStyle.of(value)


def first(request: HttpRequest) -> Stance:
    """Read `?first=`, the side that stands first; else what was chosen before, or the author. Raises BadQueryError."""
    value = query_value(request, "first")
    if value and value not in Stance:
        raise BadQueryError(f"There is no side '{value}'; choose one of {', '.join(Stance.values)}.")
    remembered = request.COOKIES.get("first", "")
    return Stance.of(value or (remembered if remembered in REMEMBERED["first"] else Stance.AUTHOR.value))


def reading(request: HttpRequest) -> Reading:
    """Read `?view=`, side by side where nothing is chosen. Raises BadQueryError."""
    value = query_value(request, "view", Reading.SIDES.value)
    try:
        return Reading(value)
    except ValueError:
        raise BadQueryError(f"There is no view '{value}'; choose one of {', '.join(Reading)}.") from None


def modes(request: HttpRequest, author: str) -> Modes:
    """Read how a comparison is to be shown; `author` is the name of the author's side. Raises BadQueryError."""
    return Modes(reading(request), first(request), style(request), author)


def tag(request: HttpRequest, *, known: set[str]) -> str:
    """Read `?tag=`, empty for all topics. Raises NotFoundError where no published topic has the tag."""
    value = query_value(request, "tag")
    if value and value not in known:
        raise NotFoundError(f"No published topic has the tag '{value}'.")
    return value


def category(request: HttpRequest) -> SourceCategory | None:
    """Read `?category=`, nothing for all sources. Raises BadQueryError."""
    value = query_value(request, "category")
    if value and value not in SourceCategory:
        raise BadQueryError(f"There is no kind of source '{value}'; choose one from the list of sources.")
    return SourceCategory.of(value) if value else None


def topics(request: HttpRequest, *, known: Collection[str]) -> tuple[str, ...]:
    """Read `?topic=`, which may be given several times; none for all. Raises NotFoundError for an unknown one."""
    values = query_values(request, "topic")
    for value in values:
        if value not in known:
            raise NotFoundError(f"There is no published topic '{value}'.")
    return tuple(values)


def year(request: HttpRequest, name: str) -> int | None:
    """Read a year from the address, nothing where none is given. Raises BadQueryError."""
    value = query_value(request, name)
    if value and not _YEAR.fullmatch(value):
        raise BadQueryError(f"'{name}' is no year; give one from {FIRST_YEAR} to {LAST_YEAR}, such as {name}=1990.")
    return int(value) if value else None


def span(request: HttpRequest, whole: Span) -> Span:
    """Read `?from=` and `?to=`; an end that is not given is that of the whole. Raises BadQueryError."""
    first, last = year(request, "from"), year(request, "to")
    if first is None:
        first = whole.first if last is None else min(whole.first, last)
    if last is None:
        last = max(whole.last, first)
    if first > last:
        raise BadQueryError(f"The period ends before it begins: 'from' is {first}, 'to' is {last}. Exchange them.")
    return Span(first, last)


def initial(request: HttpRequest) -> str:
    """Read `?letter=`, empty for all names. Raises BadQueryError."""
    value = query_value(request, "letter").lower()
    if value and not _LETTER.fullmatch(value):
        raise BadQueryError("'letter' takes one letter from a to z, or a digit.")
    return value


def numbered_page(
    request: HttpRequest, found: "_SupportsPagination[Row]", *, of: str = "sources", per_page: int = PER_PAGE
) -> "Page[Row]":
    """Read `?page=` and cut that page of a list. Raises NotFoundError where the list has no such page."""
    value = query_value(request, "page", "1")
    try:
        return Paginator(found, per_page).page(value if _PAGE.fullmatch(value) else 0)
    except InvalidPage:
        raise NotFoundError(f"The list of {of} has no page '{value}'.") from None
