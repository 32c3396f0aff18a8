"""The shapes of sources, of what a machine found of them, and of what editors saw; see `shapes`."""

from datetime import date

from pydantic import Field

from perspectives.api.schema.fields import Address, EditionNumber
from perspectives.api.schema.use_shapes import Use
from perspectives.rules.documents.fields import CiteKey, Line, Part, Slug
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import CheckKind, CheckOutcome, TextOrigin


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
