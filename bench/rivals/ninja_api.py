"""The same content as one writes it with Django Ninja, by its documentation: pydantic schemas over the same queries."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, FilterLookup, FilterSchema, NinjaAPI, Query, Schema
from ninja.pagination import PageNumberPagination, paginate

from bench.rivals import rest
from perspectives.models import Claim, Perspective, Topic
from perspectives.vocab import Stance

api = NinjaAPI(urls_namespace="ninja")


class CitationOut(Schema):
    """A citation."""

    source: str = Field(alias="source.key")
    relation: str
    locator: str
    quote: str
    quote_status: str
    quote_language: str
    translation: str
    translator: str


class ClaimOut(Schema):
    """A claim with its citations."""

    identifier: str
    text: str
    kind: str
    citations: list[CitationOut]


class PerspectiveOut(Schema):
    """A perspective with its claims."""

    identifier: str
    stance: str
    label: str
    summary: str
    plain: str
    held_by: list[str]
    held_by_note: str
    claims: list[ClaimOut]

    @staticmethod
    def resolve_held_by(perspective: Perspective) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in perspective.holdings.all()]


class ResponseOut(Schema):
    """How a claim answers another."""

    from_claim: str = Field(alias="from_claim.identifier")
    to_claim: str = Field(alias="to_claim.identifier")
    type: str
    note: str


class GapOut(Schema):
    """An answer that is missing."""

    claim: str = Field(alias="claim.identifier")
    stance: str
    note: str


class AgreementOut(Schema):
    """A fact that all accept."""

    text: str
    citations: list[CitationOut]


class CruxOut(Schema):
    """A question on which the sides part."""

    question: str
    kind: str
    author: str
    opposing: str
    neutral: str
    would_settle: str


class EventOut(Schema):
    """An item of the timeline."""

    date: str
    title: str
    description: str
    citations: list[CitationOut]


class BibliographyOut(Schema):
    """What a work says."""

    source: str = Field(alias="source.key")
    argues: str


class ArticleOut(Schema):
    """The head of the article."""

    slug: str
    source: str = Field(alias="source.key")
    author: str
    author_short: str
    title: str


class TopicOut(Schema):
    """A topic, whole."""

    slug: str
    article: ArticleOut
    order: int
    title: str
    question: str
    background: str
    period_start: str
    period_end: str
    tags: list[str]
    asked_as: list[str]
    perspectives: list[PerspectiveOut]
    responses: list[ResponseOut]
    gaps: list[GapOut]
    agreements: list[AgreementOut]
    cruxes: list[CruxOut]
    events: list[EventOut]
    bibliography: list[BibliographyOut]
    sources: dict[str, Any]

    @staticmethod
    def resolve_tags(topic: Topic) -> list[str]:
        """List the keywords."""
        return [tag.tag for tag in topic.tags.all()]

    @staticmethod
    def resolve_asked_as(topic: Topic) -> list[str]:
        """List how readers ask."""
        return [phrasing.text for phrasing in topic.phrasings.all()]

    @staticmethod
    def resolve_sources(topic: Topic) -> dict[str, Any]:
        """Give each source's record once."""
        return rest.sources_of(topic)


class PositionOut(Schema):
    """A perspective in a list of topics."""

    identifier: str
    stance: str
    label: str
    held_by: list[str]
    claims: int = Field(alias="claim_count")

    @staticmethod
    def resolve_held_by(perspective: Perspective) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in perspective.holdings.all()]


class CruxLineOut(Schema):
    """A crux in a list of topics."""

    question: str
    kind: str


class TopicLineOut(Schema):
    """A topic in a list."""

    slug: str
    article: str = Field(alias="article.slug")
    order: int
    title: str
    question: str
    period_start: str
    period_end: str
    tags: list[str]
    perspectives: list[PositionOut]
    cruxes: list[CruxLineOut]
    responses: int = Field(alias="response_count")
    events: int = Field(alias="event_count")

    @staticmethod
    def resolve_tags(topic: Topic) -> list[str]:
        """List the keywords."""
        return [tag.tag for tag in topic.tags.all()]


class LinkFromOut(Schema):
    """A claim that answers the one shown."""

    claim: str = Field(alias="from_claim.identifier")
    type: str
    note: str


class LinkToOut(Schema):
    """A claim that the one shown answers."""

    claim: str = Field(alias="to_claim.identifier")
    type: str
    note: str


class ClaimLineOut(Schema):
    """A claim on its own."""

    identifier: str
    topic: str = Field(alias="topic.slug")
    article: str = Field(alias="topic.article.slug")
    perspective: str = Field(alias="perspective.identifier")
    perspective_label: str = Field(alias="perspective.label")
    stance: str = Field(alias="perspective.stance")
    held_by: list[str]
    kind: str
    text: str
    citations: list[CitationOut]
    answers_given: list[LinkToOut]
    answers_received: list[LinkFromOut]
    gaps: list[GapOut]

    @staticmethod
    def resolve_held_by(claim: Claim) -> list[str]:
        """Name who holds it."""
        return [holding.person.name for holding in claim.perspective.holdings.all()]


class ClaimFilters(FilterSchema):
    """Claims by topic and stance."""

    topic: Annotated[str | None, FilterLookup("topic__slug")] = None
    stance: Annotated[Stance | None, FilterLookup("perspective__stance")] = None


@api.get("/topics/", response=list[TopicLineOut])
@paginate(PageNumberPagination, page_size=50)
def topics(request: HttpRequest) -> QuerySet[Topic]:
    """List the topics."""
    return rest.TOPIC_LINES.all()


@api.get("/topics/{slug}/", response=TopicOut)
def topic(request: HttpRequest, slug: str) -> Topic:
    """Give a topic, whole."""
    return get_object_or_404(rest.TopicView.queryset.all(), slug=slug)


@api.get("/claims/", response=list[ClaimLineOut])
@paginate(PageNumberPagination, page_size=50)
def claims(request: HttpRequest, filters: Query[ClaimFilters]) -> QuerySet[Claim]:
    """List the claims."""
    return filters.filter(rest.CLAIM_LINES.all())
