"""The shape of an article document: a guide through the article, never its text."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from perspectives.rules.documents.fields import (
    CiteKey,
    ClaimRef,
    Fragment,
    Heading,
    Line,
    Number,
    Part,
    Sha256,
    Slug,
    WebAddress,
    refusal,
)
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
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
    start: Annotated[Number, Field(ge=0)]
    end: Annotated[Number, Field(ge=1)]
    quote: Fragment
    quote_by: Heading | None = None
    text_sha256: Sha256 | None = None
    """Of the text in which the position counts, where the passage was picked from it at the desk or over REST."""
    paraphrase: Line
    topics: tuple[Slug, ...] = ()
    claims: tuple[ClaimRef, ...] = ()
    findings: tuple[Finding, ...] = ()

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: int, info: ValidationInfo) -> int:
        if end <= info.data.get("start", 0):
            raise refusal(f"is {end}, not after the start; 'end' must be greater than 'start'")
        return end

    @field_validator("quote")
    @classmethod
    def _within_the_passage(cls, quote: str, info: ValidationInfo) -> str:
        length = info.data["end"] - info.data.get("start", 0) if "end" in info.data else len(quote)
        if len(quote) > length:
            raise refusal(f"has {len(quote)} characters, the passage only {length}; check 'start' and 'end'")
        return quote


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
    about: Line | None = None
    selector_note: Line
    outline: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()


class ArticleEdition(ArticleDocument):
    """A published article guide: the document, its number and every source record it cites."""

    edition: Annotated[Number, Field(ge=1)]
    sources: dict[CiteKey, SourceRecord]
