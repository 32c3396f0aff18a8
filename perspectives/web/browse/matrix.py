"""The home page: for each article, its topics against the positions on them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.models import PublishedTopic
from perspectives.rules.publication.index_records import positions_of
from perspectives.vocab import Stance

COMMON = 2
"""How many topics share a tag that is shown at once; the rarer ones wait behind "more"."""


@dataclass(frozen=True)
class Column:
    """A stance as the head of a column."""

    stance: Stance
    name: str


@dataclass(frozen=True)
class Cell:
    """The positions of one stance on one topic."""

    column: Column
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A topic with its positions."""

    summary: Mapping[str, Any]
    is_retracted: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The topics of one article."""

    article: Mapping[str, Any]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tag:
    """A tag and how many topics have it."""

    slug: str
    count: int


def matrix(article: Mapping[str, Any], topics: Iterable[PublishedTopic]) -> Matrix:
    """Lay out the topics of an article, whose editions come with their retractions.

    The author's column is headed by the author's short name.
    """
    columns = tuple(
        Column(stance, article["author_short"] if stance is Stance.AUTHOR else stance.label) for stance in Stance
    )
    return Matrix(article, columns, tuple(_line(topic, columns) for topic in topics))


def matrices(
    articles: Mapping[int, Mapping[str, Any]], topics: Iterable[PublishedTopic], shown: Iterable[PublishedTopic]
) -> list[Matrix]:
    """Lay out the topics of each article (id -> summary), those that are shown.

    An article with topics whose guide is not published yet has no title: it comes last, so that no topic is left out.
    """
    kept = list(shown)
    untold = {
        topic.article_id: {"article": topic.summary["article"], "author_short": Stance.AUTHOR.label}
        for topic in topics
        if topic.article_id not in articles
    }
    return [
        matrix(article, [topic for topic in kept if topic.article_id == pk])
        for pk, article in {**articles, **untold}.items()
    ]


def tags(topics: Iterable[Mapping[str, Any]]) -> tuple[list[Tag], list[Tag]]:
    """Count the tags of all topics: the common ones, most frequent first, and the rare ones by name."""
    counts = Counter(tag for summary in topics for tag in summary["tags"])
    made = [Tag(slug, count) for slug, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return [tag for tag in made if tag.count >= COMMON], [tag for tag in made if tag.count < COMMON]


def counts(topics: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Add up what the topics hold."""
    total: Counter[str] = Counter()
    for summary in topics:
        total.update({"topics": 1, "claims": summary["counts"]["claims"], "responses": summary["counts"]["responses"]})
    return dict(total)


def _line(topic: PublishedTopic, columns: tuple[Column, ...]) -> Line:
    cells = (
        Cell(column, tuple(position["label"] for position in positions_of(topic.summary, column.stance)))
        for column in columns
    )
    return Line(topic.summary, topic.edition.is_retracted, tuple(cells))
