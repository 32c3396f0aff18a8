"""The shapes of sources and their uses, of what a machine found of them, and of what editors saw; see `shapes`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from perspectives.api.schema.fields import Address, EditionNumber
from perspectives.rules.documents.fields import CiteKey, ClaimRef, Heading, Line, Part, Slug
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import CheckKind, CheckOutcome, Stance, TextOrigin


class _Use(Part):
    model_config = ConfigDict(populate_by_name=True)

    place: Annotated[str, Field(alias="in")]


class _TopicUse(_Use):
    topic: Slug
    title: Heading
    text: Line


class ClaimUse(_Use):
    """A citation of a claim."""

    place: Annotated[Literal["claim"], Field(alias="in")]
    topic: Slug
    title: Heading
    claim: ClaimRef
    stance: Stance
    text: Line
    cite: Cite


class CitationRecord(Part):
    """A citation of a claim of a current edition, with the record of the source; `year` is that of the source."""

    topic: Slug
    topic_title: Heading
    stance: Stance
    claim: ClaimRef
    text: Line
    cite: Cite
    year: int | None = Field(None, description="The year of the source, if it is known.")
    record: SourceRecord


class AgreementUse(_TopicUse):
    """A citation of a fact that all sides accept."""

    place: Annotated[Literal["agreement"], Field(alias="in")]
    cite: Cite


class EventUse(_TopicUse):
    """A citation of an event."""

    place: Annotated[Literal["event"], Field(alias="in")]
    cite: Cite


class BibliographyUse(_TopicUse):
    """An entry of a topic's bibliography; `text` is what the work says that matters there."""

    place: Annotated[Literal["bibliography"], Field(alias="in")]


class ArticleUse(_Use):
    """The source is the article itself."""

    place: Annotated[Literal["article"], Field(alias="in")]
    article: Slug
    title: Heading


class FindingUse(_Use):
    """A citation of a finding about a passage."""

    place: Annotated[Literal["finding"], Field(alias="in")]
    article: Slug
    passage: Slug
    topic: Slug
    text: Line
    cite: Cite


Use = Annotated[
    ClaimUse | AgreementUse | EventUse | BibliographyUse | ArticleUse | FindingUse,
    Field(discriminator="place"),
]


class SourceEntry(Part):
    """A source that a current edition uses: its citekey and its record in CSL 1.0.2 variables."""

    key: CiteKey
    record: SourceRecord
    uses: tuple[Use, ...] | None = Field(None, description="With `include=uses`: each use in current editions.")


class CheckRecord(Part):
    """What a machine found, and on which day; what it did not look at has no such record.

    `quote` are the words that were looked for, `origin` and `address` say in which text.
    """

    kind: CheckKind
    source: CiteKey
    quote: Line | None = None
    outcome: CheckOutcome
    sentence: str
    on: date
    origin: TextOrigin | None = None
    address: str | None = None
    archived_on: date | None = None


class FoundRecord(Part):
    """What a machine found of what it stands beside, and on which day."""

    outcome: CheckOutcome
    on: date
    sentence: str


class ConfirmationRecord(Part):
    """What an editor saw of a quotation, which is another thing than what a machine found.

    `seen_in` is the copy of the work, `place` where in it; `by` is a name only where that editor agreed.
    """

    source: CiteKey
    quote: Line
    seen_in: str
    place: str | None = None
    by: str | None = None
    seen_on: date
    sentence: str


class SourceDetail(Part):
    """A source with each of its uses in current editions; `library_url` searches a library for it."""

    key: CiteKey
    record: SourceRecord
    library_url: Address | None = Field(
        None, description="Of books, and of works with neither DOI, ISBN nor web address: the search of a library."
    )
    checks: tuple[CheckRecord, ...] = Field(description="What a machine found of it and of the words quoted from it.")
    confirmations: tuple[ConfirmationRecord, ...] = Field(description="What editors saw of the words quoted from it.")
    uses: tuple[Use, ...]


class TopicChecks(Part):
    """What a machine found of the works that a topic's current edition cites, and of the words quoted from them."""

    topic: Slug
    edition: EditionNumber
    checks: tuple[CheckRecord, ...]
    confirmations: tuple[ConfirmationRecord, ...]


class Styles(Part):
    """The installed CSL styles: title by name."""

    styles: dict[str, str]
