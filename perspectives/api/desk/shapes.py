"""What the desk's resources take and give, besides whole documents."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from perspectives.rules.fields import Heading, Line, Number, Part, Slug
from perspectives.vocab import ProposalStatus


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


Plain = dict[str, Any]
