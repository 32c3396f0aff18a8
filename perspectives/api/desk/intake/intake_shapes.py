"""What the desk's resources of intakes take and give."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from perspectives.api.desk.shapes import ActionChoice, Moment, Page, Record, SourceKey, Username, named_by
from perspectives.api.desk.sources.source_shapes import Version
from perspectives.rules.documents.fields import CiteKey, LanguageTag, Line, Part, refusal
from perspectives.vocab import IntakeFormat, IntakeKind, IntakeState


class HandIn(Part):
    """A text with sources to take in: identifiers, one a line, or BibTeX, RIS or CSL-JSON.

    Or a library of Zotero: the `text` is a group's address alone, or empty for the library of the key's owner. The
    `zotero_key` is used once and kept nowhere.
    """

    text: str = Field("", description="Identifiers, BibTeX, RIS or CSL-JSON; or the address of a group at Zotero.")
    zotero_key: Annotated[str, Field(max_length=100)] | None = Field(None, description="A key of Zotero's API.")
    note: Line | None = Field(None, description="A note on where the works come from.")


class Intake(Record):
    """What an intake is known by."""

    id: int
    by: Username
    at: Moment
    format: IntakeFormat
    note: str | None = None
    file_name: str | None = None
    library: str | None = None
    library_version: int | None = None


class ListedIntake(Intake):
    """An intake in the list: its entries, those that are being read, and those that wait for a decision."""

    total: int
    working: int
    undecided: int


class ListedIntakes(Page[ListedIntake]):
    """Intakes, newest first."""


class LeftLine(Part):
    """What stands in the text beside its entries and was not read."""

    line: int
    text: str


class IntakeRecord(Intake):
    """An intake: how many of its entries stand where, and when one that waits is tried again."""

    counts: dict[IntakeState, int]
    is_done: bool
    next_try_at: Moment | None = None
    left: tuple[LeftLine, ...]


class IntakeEntryRecord(Record):
    """An entry as it was written, what was read of it, what it looks like, and what became of it.

    `match` is the source, `twin` the number of the earlier entry, that it looks like; `missing` are the fields that a
    person has to add to the record.
    """

    number: int
    kind: IntakeKind
    state: IntakeState
    raw: str
    identifier: str | None = None
    record: dict[str, Any] | None = None
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    match: SourceKey | None = None
    twin: Annotated[int, named_by("number")] | None = None
    likeness: float | None = None
    reason: str | None = None
    source: SourceKey | None = None
    last_error: str | None = None
    attempts: int


class IntakeEntries(Page[IntakeEntryRecord]):
    """Entries of an intake in their order."""


class IntakeDecision(ActionChoice):
    """What is decided on an entry.

    `add` takes the whole `record` without `checked`, a `key` if one is wanted, and `is_another` where the entry is
    another work than the one that it looks like; `merge` puts `fields` of the entry into the source `into`, which still
    has this `version`; `dismiss` takes a `note`.
    """

    takes = {
        "add": {"record", "key", "is_another"},
        "merge": {"into", "version", "fields"},
        "dismiss": {"note"},
        "retry": set(),
    }
    decision: Literal["add", "merge", "dismiss", "retry"]
    record: dict[str, Any] | None = None
    key: CiteKey | None = None
    is_another: bool = False
    into: CiteKey | None = None
    version: Version | None = None
    fields: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    note: Line | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.decision == "add" and self.record is None:
            raise refusal("adds nothing; give the 'record'")
        if self.decision == "merge" and (self.into is None or self.version is None):
            raise refusal("merges into nothing; give the source 'into' and the 'version' of its record")
        return self


class AddReady(Part):
    """What is said once for all entries that are added together."""

    language: LanguageTag | None = None
    is_category_confirmed: bool = False


class LeftEntry(Part):
    """An entry that was not added, and why."""

    number: int
    reason: str


class Added(Part):
    """How many entries were added, and which were left."""

    added: int
    left: tuple[LeftEntry, ...]
