"""What the desk's resources take and give, besides whole documents."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from perspectives.rules.documents.fields import CiteKey, Heading, Line, Number, Part, Slug, refusal
from perspectives.vocab import EditionOrigin, EventCode, ProposalStatus


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
    to: Annotated[Number, Field(ge=0)]


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

    decision: Literal["approve", "return", "withdraw"]
    reason: Line | None = None


class ProposalRecord(Part):
    """A proposal: whose draft, who proposed it, and how it was decided."""

    id: int
    topic: Slug | None = None
    article: Slug | None = None
    status: ProposalStatus
    note: str
    proposed_at: AwareDatetime
    proposed_by: str
    decided_at: AwareDatetime | None = None
    decided_by: str | None = None
    reason: str | None = None


class Proposals(Part):
    """Proposals of one status, the newest first."""

    results: tuple[ProposalRecord, ...]


class RetractionRecord(Part):
    """That an edition is not to be relied on any more, and why."""

    note: str
    at: AwareDatetime
    by: str


class EditionRecord(Part):
    """An edition with everybody behind it. `id` names it here; `number` counts within its topic or guide."""

    id: int
    number: int
    sha256: str
    origin: EditionOrigin
    note: str | None = None
    published_at: AwareDatetime
    proposed_by: str | None = None
    approved_by: str | None = None
    retraction: RetractionRecord | None = None


class Editions(Part):
    """The editions of a topic or an article guide, newest first."""

    next: str | None = None
    results: tuple[EditionRecord, ...]


class PublicNote(Part):
    """What readers of a retracted edition are told."""

    note: Line


class Action(Part):
    """An entry of the history: what was done, when, by whom, on what, and why.

    Without `by` the operator did it at the command line. `changes` are those of a draft, part by part, or of a record,
    field by field: `path`, `before`, `after`.
    """

    id: int
    code: EventCode
    at: AwareDatetime
    by: str | None = None
    topic: Slug | None = None
    article: Slug | None = None
    source: CiteKey | None = None
    account: str | None = None
    suggestion: int | None = None
    note: str | None = None
    changes: tuple[dict[str, Any], ...]
    detail: dict[str, Any]


class Actions(Part):
    """Entries of the history, newest first."""

    next: str | None = None
    results: tuple[Action, ...]
