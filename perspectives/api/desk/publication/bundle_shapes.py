"""What the resources of bundles take and give."""

from typing import Literal

from pydantic import Field

from perspectives.api.desk.shapes import Moment, ProposalRecord, Record, SourceKey, Username
from perspectives.rules.documents.fields import Line, Part, Slug


class LaggingEdition(Part):
    """A current edition that is behind a source's record: its number, an open proposal in the way, and broken rules."""

    topic: Slug | None = None
    article: Slug | None = None
    edition: int
    proposal: int | None = None
    broken: tuple[str, ...]


class LaggingEditions(Part):
    """The current editions that are behind a source's record: topics, then guides."""

    results: tuple[LaggingEdition, ...]


class NewBundle(Part):
    """Which topics and guides take a correction over, by slug, and what readers are told of it."""

    topics: tuple[Slug, ...] = ()
    articles: tuple[Slug, ...] = ()
    note: Line | None = None


class WaitingBundle(Record):
    """A bundle in the list: `size` counts its proposals."""

    id: int
    source: SourceKey
    note: str
    proposed_at: Moment
    proposed_by: Username
    size: int


class Bundles(Part):
    """The bundles that wait."""

    results: tuple[WaitingBundle, ...]


class BundledProposal(ProposalRecord):
    """A proposal of a bundle, with the number of the edition that it would be and the rules that it breaks."""

    edition: int
    broken: tuple[str, ...]


class BundleRecord(Record):
    """A bundle with its proposals; all of them are open until it is decided."""

    id: int
    source: SourceKey
    note: str
    proposed_at: Moment
    proposed_by: Username
    proposals: tuple[BundledProposal, ...]


class BundleDecision(Part):
    """What is decided on a bundle; without `proposals` all of it is approved. To return anything takes a reason."""

    decision: Literal["approve", "return", "withdraw"] = Field(description="What is decided.")
    proposals: tuple[int, ...] | None = Field(None, description="Numbers of proposals; without them all of the bundle.")
    reason: Line | None = Field(None, description="Why; to return anything takes one.")
