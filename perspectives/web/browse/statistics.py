"""The figures of the knowledge base, as the home page tells them: only what can be counted in what is published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.queries.publication import statistics
from perspectives.vocab import QuoteStatus, SourceCategory, Stance, Term

GROUPS: Mapping[str, tuple[SourceCategory, ...]] = {
    "Scholarship": (
        SourceCategory.PEER_REVIEWED,
        SourceCategory.UNIVERSITY_PRESS,
        SourceCategory.SCHOLARLY_ESSAY,
    ),
    "Documents, statements and data": (
        SourceCategory.PRIMARY_DOCUMENT,
        SourceCategory.OFFICIAL_STATEMENT,
        SourceCategory.DATASET,
    ),
    "Books, papers and press": (
        SourceCategory.TRADE_BOOK,
        SourceCategory.THINK_TANK,
        SourceCategory.JOURNALISM,
        SourceCategory.OPINION,
    ),
}
"""The categories of sources by what a reader would look for; each is in one group."""


@dataclass(frozen=True)
class Figure:
    """How many there are of what a term names."""

    term: Term
    count: int


@dataclass(frozen=True)
class Group:
    """A group of categories with how many sources it has."""

    name: str
    count: int
    members: tuple[Figure, ...]


@dataclass(frozen=True)
class Figures:
    """What is published, in numbers."""

    claims: tuple[Figure, ...]
    groups: tuple[Group, ...]
    quotations: tuple[Figure, ...]

    @property
    def sources(self) -> int:
        """How many sources there are in all."""
        return sum(group.count for group in self.groups)

    @property
    def quoted(self) -> int:
        """How many quotations there are in all."""
        return sum(figure.count for figure in self.quotations)


def of(summaries: Iterable[Mapping[str, Any]]) -> Figures:
    """Add up what topics hold, and count the rest in two queries."""
    claims: Counter[str] = Counter()
    for summary in summaries:
        for position in summary["positions"]:
            claims[position["stance"]] += position["claims"]
    categories, statuses = statistics.sources_by_category(), statistics.quotations_by_status()
    return Figures(
        claims=tuple(Figure(stance, claims[stance.value]) for stance in Stance),
        groups=tuple(_group(name, members, categories) for name, members in GROUPS.items()),
        quotations=tuple(Figure(one, statuses[one.value]) for one in QuoteStatus if one.value in statuses),
    )


def _group(name: str, categories: Iterable[SourceCategory], counts: Mapping[str, int]) -> Group:
    members = tuple(Figure(one, counts[one.value]) for one in categories if one.value in counts)
    return Group(name, sum(figure.count for figure in members), members)
