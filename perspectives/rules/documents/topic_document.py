"""The shape of a topic document: the same for packs, editions, restore and export.

`TopicDocument` is what a pack holds; `TopicEdition` adds what makes it readable on its own, years later.
"""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from perspectives.rules.documents.fields import (
    CiteKey,
    Heading,
    LanguageTag,
    Line,
    Number,
    Paragraphs,
    Part,
    PartialDate,
    Phrasing,
    PlainWording,
    Quote,
    Slug,
    refusal,
)
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import ClaimKind, CruxKind, QuoteStatus, Relation, ResponseType, Stance


class Cite(Part):
    """A citation: how a source bears on the statement it is attached to, where, and in what words."""

    source: CiteKey
    locator: Heading | None = None
    quote: Quote | None = None
    quote_status: QuoteStatus | None = None
    quote_language: LanguageTag | None = None
    translation: Line | None = None
    translator: Heading | None = None
    relation: Relation

    @model_validator(mode="after")
    def _words_travel_together(self) -> Self:
        if (self.quote is None) != (self.quote_status is None):
            raise refusal("needs 'quote' and 'quote_status' together; add the missing one or remove the other")
        if self.quote is None and (self.quote_language or self.translation):
            raise refusal("has 'quote_language' or 'translation' but no 'quote'; add the quotation or remove them")
        if (self.translation is None) != (self.translator is None):
            raise refusal("needs 'translation' and 'translator' together; say who translated")
        return self


class Period(Part):
    """The years that the topic is about."""

    start: PartialDate
    end: PartialDate

    @model_validator(mode="after")
    def _forward(self) -> Self:
        length = min(len(self.start), len(self.end))
        if self.end[:length] < self.start[:length]:
            raise refusal("ends before it starts; exchange 'start' and 'end'")
        return self


class Claim(Part):
    """One assertive sentence of a perspective, with its citations."""

    id: Slug
    text: Line
    kind: ClaimKind
    cites: tuple[Cite, ...] = ()


class Perspective(Part):
    """One position on the topic."""

    id: Slug
    stance: Stance
    label: Heading
    summary: Line
    plain: PlainWording | None = None
    held_by: tuple[Heading, ...] = ()
    held_by_note: Line | None = None
    claims: tuple[Claim, ...]


class Response(Part):
    """A typed link from one claim to a claim of another perspective."""

    from_claim: Annotated[Slug, Field(alias="from")]
    to_claim: Annotated[Slug, Field(alias="to")]
    type: ResponseType
    note: Line


class Gap(Part):
    """An author claim that a stance does not answer, said openly."""

    claim: Slug
    stance: Stance
    note: Line

    @model_validator(mode="after")
    def _of_an_answering_stance(self) -> Self:
        if self.stance is Stance.AUTHOR:
            raise refusal("names the stance 'author'; a gap is an answer missing from 'opposing' or 'neutral'")
        return self


class Agreement(Part):
    """A fact that all sides accept."""

    text: Line
    cites: tuple[Cite, ...] = ()


class Crux(Part):
    """A question on which the sides part, each side's answer, and what evidence would settle it."""

    question: Line
    kind: CruxKind
    author: Line
    opposing: Line
    neutral: Line
    would_settle: Line


class Event(Part):
    """A dated item of the timeline."""

    date: PartialDate
    title: Heading
    description: Line
    cites: tuple[Cite, ...] = ()


class BibliographyEntry(Part):
    """What a work says that matters for this topic."""

    source: CiteKey
    argues: Line


class TopicDocument(Part):
    """A topic with all that belongs to it: the form of a pack."""

    topic: Slug
    article: Slug
    order: Annotated[Number, Field(ge=0, le=9999)]
    title: Heading
    question: Line
    asked_as: Annotated[tuple[Phrasing, ...], Field(max_length=20)] = ()
    background: Paragraphs
    period: Period
    tags: tuple[Slug, ...] = ()
    perspectives: tuple[Perspective, ...]
    responses: tuple[Response, ...] = ()
    gaps: tuple[Gap, ...] = ()
    common_ground: tuple[Agreement, ...] = ()
    cruxes: tuple[Crux, ...] = ()
    events: tuple[Event, ...] = ()
    bibliography: tuple[BibliographyEntry, ...] = ()


class ArticleHead(Part):
    """What a reader of one topic needs to know of the article."""

    model_config = ConfigDict(title="ArticleHead")

    article: Slug
    source: CiteKey
    author: Heading
    author_short: Heading
    title: Heading


class TopicEdition(TopicDocument):
    """A published topic: the document, its number, the article's head and every source record it cites."""

    edition: Annotated[Number, Field(ge=1)]
    article_head: ArticleHead
    sources: dict[CiteKey, SourceRecord]
