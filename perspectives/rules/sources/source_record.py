"""The shape of a source: CSL-JSON variables plus category and how far the record was confirmed."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from perspectives.rules.documents.fields import (
    Doi,
    Heading,
    Isbn,
    LanguageTag,
    Line,
    Part,
    PartialDate,
    WebAddress,
    WorkDate,
    refusal,
)
from perspectives.vocab import CslType, MetadataState, PublicationStatus, QuoteStatus, SourceCategory


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


class Name(Part):
    """A person (`family`, `given`) or, as `literal`, an organisation or a name that has no such parts."""

    model_config = ConfigDict(alias_generator=_hyphenated)

    family: Heading | None = None
    given: Heading | None = None
    suffix: Heading | None = None
    dropping_particle: Heading | None = None
    non_dropping_particle: Heading | None = None
    literal: Heading | None = None

    @model_validator(mode="after")
    def _person_or_literal(self) -> Self:
        if (self.family is None) == (self.literal is None):
            raise refusal("needs either 'family' (with 'given') or 'literal'; write exactly one of the two")
        return self


class Confirmation(Part):
    """How far an editor confirmed the bibliographic record, and what remains open.

    `text` tells how closely the work's own words were seen at best: no quotation of it may tell of more.
    """

    metadata: MetadataState
    text: QuoteStatus | None = None
    note: Line | None = None


class SourceRecord(Part):
    """One source. Field names are CSL 1.0.2 variables; a missing field is unknown, never guessed."""

    model_config = ConfigDict(alias_generator=_hyphenated)

    type: CslType
    title: Line
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    container_author: tuple[Name, ...] = ()
    interviewer: tuple[Name, ...] = ()
    container_title: Line | None = None
    collection_title: Line | None = None
    collection_number: Heading | None = None
    event_title: Line | None = None
    event_place: Heading | None = None
    genre: Heading | None = None
    medium: Heading | None = None
    edition: Heading | None = None
    number: Heading | None = None
    volume: Heading | None = None
    issue: Heading | None = None
    page: Heading | None = None
    number_of_pages: Heading | None = None
    section: Heading | None = None
    authority: Heading | None = None
    archive: Heading | None = None
    archive_location: Heading | None = None
    issued: WorkDate | None = None
    status: PublicationStatus | None = None
    original_date: WorkDate | None = None
    accessed: PartialDate | None = None
    publisher: Line | None = None
    publisher_place: Heading | None = None
    DOI: Annotated[Doi | None, Field(alias="DOI")] = None
    ISBN: Annotated[Isbn | None, Field(alias="ISBN")] = None
    URL: Annotated[WebAddress | None, Field(alias="URL")] = None
    language: LanguageTag
    category: SourceCategory
    checked: Confirmation
