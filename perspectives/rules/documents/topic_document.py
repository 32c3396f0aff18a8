"""The shape of a topic document: the same for packs, editions, restore and export.

`TopicDocument` is what a pack holds; `TopicEdition` adds what makes it readable on its own, years later.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from perspectives.rules.documents.fields import (
    CiteKey,
    Explanation,
    Heading,
    HolderName,
    LanguageTag,
    Line,
    Number,
    Paragraphs,
    Part,
    PartialDate,
    Phrasing,
    PlainWording,
    Prompt,
    Quote,
    Slug,
    TeacherNote,
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
    quote_seen_in: Heading | None = None
    quote_seen_on: PartialDate | None = None
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
        is_translated = self.translation is not None or self.quote_status is QuoteStatus.TRANSLATED
        if is_translated != (self.translator is not None):
            raise refusal(
                "needs 'translator' with a 'translation' or with words that are 'translated', and only there; "
                "say who translated, or remove it"
            )
        return self

    @model_validator(mode="after")
    def _was_seen_somewhere(self) -> Self:
        is_seen = self.quote_status not in (None, QuoteStatus.NOT_CHECKED)
        if not is_seen and (self.quote_seen_in or self.quote_seen_on):
            raise refusal("says where or when words were seen that nobody saw; change 'quote_status' or remove that")
        if self.quote_status is QuoteStatus.SECOND_HAND and self.quote_seen_in is None:
            raise refusal("is 'second-hand' without 'quote_seen_in'; name the work that quotes these words")
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


class Holder(Part):
    """Somebody who holds a perspective, with what a reader should know of an office, funding or part in the events."""

    name: HolderName
    role: Heading


NameOrHolder = Annotated[
    Annotated[HolderName, Tag("[name]")] | Annotated[Holder, Tag("[holder]")],
    Discriminator(lambda value: "[holder]" if isinstance(value, Mapping | Holder) else "[name]"),
]


class Perspective(Part):
    """One position on the topic; `held_by` names people, those with a role as mappings."""

    id: Slug
    stance: Stance
    label: Heading
    summary: Line
    plain: PlainWording | None = None
    held_by: tuple[NameOrHolder, ...] = ()
    held_by_note: Line | None = None
    claims: tuple[Claim, ...]

    @property
    def holders(self) -> tuple[tuple[str, str], ...]:
        """Who holds it: names with their roles, '' where none is known."""
        return tuple((one.name, one.role) if isinstance(one, Holder) else (one, "") for one in self.held_by)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of who holds it."""
        return tuple(name for name, _ in self.holders)


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
    """A question on which the sides part, each side's answer, what evidence would settle it, what to ask a class."""

    question: Line
    kind: CruxKind
    author: Line
    opposing: Line
    neutral: Line
    would_settle: Line
    prompts: Annotated[tuple[Prompt, ...], Field(max_length=5)] = ()


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


class Term(Part):
    """A term that claims of the topic use, as they write it, and what it means."""

    term: Heading
    gloss: Explanation


class TeachingNotes(Part):
    """What editors tell a teacher of this topic alone: what a lesson is to reach, and what pupils often confuse."""

    aim: Heading
    note: TeacherNote | None = None


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
    terms: tuple[Term, ...] = ()
    teaching: TeachingNotes | None = None


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
