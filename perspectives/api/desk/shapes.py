"""What the desk's resources take and give, besides whole documents."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from perspectives.rules.documents.fields import CiteKey, Heading, Line, Number, Part, Slug, refusal
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus


def named_by(attribute: str) -> BeforeValidator:
    """Let a row that another one refers to be told by one of its attributes."""
    return BeforeValidator(lambda row: getattr(row, attribute, row))


Moment = Annotated[AwareDatetime, PlainSerializer(datetime.isoformat, when_used="json")]
Id = Annotated[int, named_by("pk")]
Username = Annotated[str, named_by("username")]
OwnSlug = Annotated[Slug, named_by("slug")]
SourceKey = Annotated[CiteKey, named_by("key")]


class Record(Part):
    """What the desk tells of a row of a table, member by member as the row has them."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, row: object, **more: Any) -> dict[str, Any]:
        """Write a row, with `more` members than it has itself, as plain data.

        What is empty is left out, unless a record always has it.
        """
        own = {name: getattr(row, name) for name in cls.model_fields if name not in more and hasattr(row, name)}
        written = cls.model_validate({**own, **more}).model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in written.items() if value or cls.model_fields[name].is_required()}


Listed = TypeVar("Listed", bound=Part)


class Page(Part, Generic[Listed]):
    """Records of a list, and the address of the next page where there is one."""

    next: str | None = None
    results: tuple[Listed, ...]


class Draft(Part):
    """A draft in the list of drafts."""

    topic: Slug
    article: Slug
    order: int
    title: Heading


class Drafts(Part):
    """All drafts."""

    results: tuple[Draft, ...]


class Anything(Part):
    """A document or a part of one as plain data; the topic document's own rules say what it may be."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Move(Part):
    """Where a part goes within its list; places are counted from 0."""

    path: Line
    to: Annotated[Number, Field(ge=0, description="The place within its list, counted from 0.")]


class Nothing(Part):
    """An empty object."""


class Note(Part):
    """Why something is done."""

    note: Line | None = None


class ActionChoice(Part):
    """One of several actions, `decision`, with fields of its own and none of the others'."""

    takes: ClassVar[Mapping[str, Collection[str]]]
    """The fields that each decision takes; they are named as its action names them."""
    decision: str

    @model_validator(mode="after")
    def _has_its_own_fields(self) -> Self:
        strange = sorted(self.model_fields_set - {"decision"} - set(self.takes[self.decision]))
        if strange:
            raise refusal(f"takes no '{strange[0]}' where the decision is '{self.decision}'; leave it out")
        return self

    def given(self) -> dict[str, Any]:
        """Give the fields of the decision as far as they have a value."""
        return self.model_dump(include=set(self.takes[self.decision]), exclude_none=True)


class Decision(Part):
    """What is decided on a proposal; to return it takes a reason."""

    decision: Literal["approve", "return", "withdraw"] = Field(description="What is decided.")
    reason: Line | None = Field(None, description="Why; to return a proposal takes one.")


class ProposalRecord(Record):
    """A proposal: whose draft, who proposed it, and how it was decided."""

    id: int
    topic: OwnSlug | None = None
    article: OwnSlug | None = None
    bundle: Id | None = None
    """The bundle that it belongs to, which is decided as one."""
    status: ProposalStatus
    note: str
    proposed_at: Moment
    proposed_by: Username
    decided_at: Moment | None = None
    decided_by: Username | None = None
    reason: str | None = None


class Proposals(Part):
    """Proposals of one status, the newest first."""

    results: tuple[ProposalRecord, ...]


class RetractionRecord(Record):
    """That an edition is not to be relied on any more, and why."""

    note: str
    at: Moment
    by: Username


class EditionRecord(Record):
    """An edition with everybody behind it. `id` names it here; `number` counts within its topic or guide."""

    id: int
    number: int
    sha256: str
    origin: EditionOrigin
    note: str | None = None
    published_at: Moment
    proposed_by: Username | None = None
    approved_by: Username | None = None
    retraction: RetractionRecord | None = None


class Editions(Page[EditionRecord]):
    """The editions of a topic or an article guide, newest first."""


class ArchivingRecord(Record):
    """A step of a topic or article guide into the archive, or out of it, while `edition` was its current edition."""

    edition: int
    is_archived: bool
    note: str
    at: Moment
    by: Username


class PublicNote(Part):
    """What readers of a retracted edition, or of something archived, are told."""

    note: Line


class Action(Record):
    """An entry of the history: what was done, when, by whom, on what, and why.

    Without `by` the operator did it at the command line. `changes` are those of a draft, part by part, or of a record,
    field by field: `path`, `before`, `after`.
    """

    id: int
    code: EventCode
    at: Moment
    by: Username | None = None
    topic: OwnSlug | None = None
    article: OwnSlug | None = None
    source: SourceKey | None = None
    account: Username | None = None
    suggestion: Id | None = None
    note: str | None = None
    changes: tuple[dict[str, Any], ...]
    detail: dict[str, Any]


class Actions(Page[Action]):
    """Entries of the history, newest first."""
