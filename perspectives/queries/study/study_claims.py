"""What the study tools read of the published index, in a constant number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from perspectives.errors import NotFoundError
from perspectives.models import PublishedTopic
from perspectives.queries.publication import published
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import claim_records
from perspectives.rules.study import quiz
from perspectives.rules.study.quiz_questions import SIDE, Question, sheet, sources_of
from perspectives.vocab import BibliographyStyle

Record = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the quiz: its questions, the summaries of their topics by slug, and the works they rest on."""

    questions: list[Question]
    topics: dict[str, Record]
    sources: dict[str, Record]
    """The source records, by citekey; none unless they were asked for."""


def quiz_sheet(*, seed: int, topic: str = "", kind: str = SIDE, has_sources: bool = False) -> Sheet:
    """Choose the questions of a quiz sheet, of one topic or of all.

    A sheet of all topics takes its claims from as many topics as it has questions, so that it reads few of them. None
    is of a retracted edition. Raises NotFoundError where there is no such topic.
    """
    slugs = [topic] if topic else quiz.dealt(_reliable().values_list("slug", flat=True), seed)[: quiz.QUESTIONS]
    topics = dict(_reliable().filter(slug__in=slugs).values_list("slug", "summary"))
    if topic and not topics:
        raise NotFoundError(f"There is no published topic '{topic}', or its edition was retracted.")
    claims = published.claims().filter(published_topic__slug__in=slugs).values_list("record", flat=True)
    questions = sheet(claims, kind=kind, people=_authors(), seed=seed)
    return Sheet(questions, topics, published.source_records(sources_of(questions)) if has_sources else {})


def edition_sheet(document: TopicEdition, *, seed: int) -> list[Question]:
    """Choose the questions of a sheet of one edition, "who would say this?", whatever was published after it."""
    return sheet(claim_records(document), kind=SIDE, people=_authors(), seed=seed)


def _authors() -> set[str]:
    return {summary["author"] for summary in published.articles().values_list("summary", flat=True)}


def _reliable() -> QuerySet[PublishedTopic]:
    return published.topics().filter(edition__retraction=None)


@dataclass(frozen=True)
class TrayContent:
    """What current editions say of the claims of a tray; what is gone is in none of these."""

    claims: dict[str, Record]
    """See `rules.publication.index_records.claim_records`; by public id."""
    answers: dict[str, list[Record]]
    """The responses to each claim, see `rules.publication.index_records.response_records`."""
    sources: dict[str, Record]
    topics: dict[str, PublishedTopic]
    formatted: dict[str, list[Record]]
    """Formatted references by citekey, where the job has made them."""


def tray_content(claims: Collection[str], style: BibliographyStyle) -> TrayContent:
    """Fetch what a tray shows, in five queries, or none for an empty tray."""
    if not claims:
        return TrayContent({}, {}, {}, {}, {})
    found = published.claim_records(claims)
    current = published.topics().filter(slug__in={one["topic"] for one in found.values()})
    topics = {one.slug: one for one in current.select_related("edition__retraction")}
    answers: dict[str, list[Record]] = {}
    for record in published.responses().filter(to_claim__in=claims).values_list("record", flat=True):
        answers.setdefault(record["to"], []).append(record)
    sources = published.source_records({cite["source"] for one in found.values() for cite in one["cites"]})
    hashes = (one.edition.sha256 for one in topics.values())
    made = published.bibliographies(*hashes).filter(style=style).values_list("entries", flat=True)
    return TrayContent(found, answers, sources, topics, {key: runs for one in made for key, runs in one.items()})
