"""What a reader asks of the search, read from the address and written back into addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from perspectives.queries.search import claim_search
from perspectives.rules.search import years
from perspectives.vocab import ClaimKind, SourceCategory, Stance, Term
from perspectives.web.http.view_decorators import BadQueryError, query_text, query_value

PER_PAGE = 20
"""How many claims a page of hits shows."""

TERMS: Mapping[str, type[Term]] = {"stance": Stance, "kind": ClaimKind, "category": SourceCategory}
"""The filters whose values are codes of the vocabulary."""
_SHAPES = {
    "topic": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "the name of a topic as its address has it"),
    "year": (re.compile(r"[1-9][0-9]{0,3}"), "a year from 1 to 9999"),
}
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
FILTERS = ("stance", "kind", "topic", "category", "year")


@dataclass(frozen=True)
class Question:
    """The words, by what the hits are narrowed, and which page of them is wanted."""

    text: str
    filters: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @property
    def offset(self) -> int:
        """How many hits come before the page."""
        return (self.page - 1) * PER_PAGE

    @property
    def values(self) -> dict[str, Any]:
        """The filters as the search takes them."""
        return {name: [years.read(value) if name == "year" else value] for name, value in self.filters.items()}

    @property
    def address(self) -> str:
        """Where this question is answered, without what is left at its default."""
        page = {"page": self.page} if self.page > 1 else {}
        return f"{reverse('search')}?{urlencode({'q': self.text, **self.filters, **page})}"

    def asking(self, text: str) -> "Question":
        """Ask other words, with the same filters."""
        return replace(self, text=text, page=1)

    def toggling(self, name: str, value: str) -> "Question":
        """Set a filter, or take it away where it has this value."""
        others = {key: given for key, given in self.filters.items() if key != name}
        return replace(self, filters=others if self.filters.get(name) == value else {**others, name: value}, page=1)

    def unfiltered(self) -> "Question":
        """Ask the same words of all claims."""
        return Question(self.text)

    def on_page(self, page: int) -> "Question":
        """Ask for another page."""
        return replace(self, page=page)


def read(request: HttpRequest) -> Question:
    """Read the question; filters that are named but empty, as forms send them, are none. Raises BadQueryError."""
    text = query_text(request, "q", longest=claim_search.MAX_CHARACTERS)
    filters = {name: value for name in FILTERS if (value := _filter(request, name))}
    page = query_value(request, "page", "1")
    if not _PAGE.fullmatch(page):
        raise BadQueryError(f"'{page}' is no number of a page.")
    return Question(text, filters, int(page))


def _filter(request: HttpRequest, name: str) -> str:
    value = query_value(request, name)
    if not value:
        return ""
    if name in TERMS:
        if value not in TERMS[name]:
            raise BadQueryError(f"'{value}' is no {name} here; choose one of {', '.join(TERMS[name].values)}.")
        return value
    shape, words = _SHAPES[name]
    if not shape.fullmatch(value):
        raise BadQueryError(f"'{value}' is no {name}: give {words}.")
    return value
