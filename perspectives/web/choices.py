"""What a reader may choose in an address; anything else is refused with a sentence."""

from typing import TYPE_CHECKING

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from perspectives.errors import NotFoundError
from perspectives.vocab import BibliographyStyle, SourceCategory, Stance
from perspectives.web.answering import BadQueryError, query_value
from perspectives.web.modes import Modes, Reading

if TYPE_CHECKING:
    from perspectives.models import PublishedSource

REMEMBERED = ("first",)
"""Cookies that keep a choice; they hold nothing else."""

PER_PAGE = 50
"""How many sources a page of the list shows."""


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
    return Stance.of(value or (remembered if remembered in Stance else Stance.AUTHOR.value))


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


def numbered_page(request: HttpRequest, found: "QuerySet[PublishedSource]") -> "Page[PublishedSource]":
    """Read `?page=` and cut that page. Raises NotFoundError where the list has no such page."""
    value = query_value(request, "page", "1")
    try:
        return Paginator(found, PER_PAGE).page(value)
    except InvalidPage:
        raise NotFoundError(f"The list of sources has no page '{value}'.") from None
