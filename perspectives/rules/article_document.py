"""The shape of an article document: a guide through the article, never its text."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from perspectives.rules.document import Cite
from perspectives.rules.fields import (
    MAX_FRAGMENT_WORDS,
    CiteKey,
    ClaimRef,
    Heading,
    Line,
    Part,
    Quote,
    Slug,
    WebAddress,
    refusal,
    word_count,
)
from perspectives.rules.source_record import SourceRecord
from perspectives.vocab import FindingKind


class Section(Part):
    """A section of the article, summed up in our words."""

    section: Heading
    summary: Line


class Finding(Part):
    """A sober check of a passage."""

    topic: Slug
    finding: FindingKind
    note: Line
    cites: tuple[Cite, ...] = ()


class Passage(Part):
    """A short exact fragment of the article with its position (characters from 0, `end` not included)."""

    id: Slug
    section: Heading
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    quote: Quote
    quote_by: Heading | None = None
    paraphrase: Line
    topics: tuple[Slug, ...] = ()
    claims: tuple[ClaimRef, ...] = ()
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _lies_in_the_article(self) -> Self:
        if self.end <= self.start:
            raise refusal("ends before it starts; 'end' must be greater than 'start'")
        if len(self.quote) > self.end - self.start:
            raise refusal("has a 'quote' longer than the passage; check 'start' and 'end'")
        if (words := word_count(self.quote)) > MAX_FRAGMENT_WORDS:
            raise refusal(f"quotes {words} words of the article; quote at most {MAX_FRAGMENT_WORDS}")
        return self


class Link(Part):
    """Another place where the article can be read."""

    label: Heading
    url: WebAddress


class ArticleDocument(Part):
    """The article: who wrote what, its outline, and its passages with findings."""

    article: Slug
    source: CiteKey
    author: Heading
    author_short: Heading
    title: Heading
    selector_note: Line
    outline: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()


class ArticleEdition(ArticleDocument):
    """A published article guide: the document, its number and every source record it cites."""

    edition: Annotated[int, Field(ge=1)]
    sources: dict[CiteKey, SourceRecord]
