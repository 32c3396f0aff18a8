"""The shapes of what is cut from a topic's edition: matrix, graph, timeline, difference; and of the TimeMap."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from perspectives.api.schema.fields import Address, EditionNumber
from perspectives.rules.documents.fields import ClaimRef, Line, Part, Slug
from perspectives.rules.documents.topic_document import Event, Period
from perspectives.vocab import ClaimKind, ResponseType, Stance


class Node(Part):
    """A claim as a node of the argument."""

    id: ClaimRef
    perspective: Slug
    stance: Stance
    kind: ClaimKind
    text: Line


class CellClaim(Node):
    """A claim in a cell, with the response that put it there; `is_repeated` says that an earlier cell has it too."""

    type: ResponseType | None = None
    note: Line | None = None
    is_repeated: bool


class Cell(Part):
    """What a stance says in a row: claims, or a gap said openly (`gap` says why), or nothing."""

    claims: tuple[CellClaim, ...]
    gap: Line | None = None


class Cells(Part):
    """A cell for each stance."""

    author: Cell
    opposing: Cell
    neutral: Cell


class MatrixRow(Part):
    """A line of the comparison: the claim that leads it, and what each stance says to that."""

    lead: ClaimRef
    cells: Cells


class _Extract(Part):
    topic: Slug
    edition: EditionNumber
    question: Line


class Matrix(_Extract):
    """A topic's claims, aligned."""

    rows: tuple[MatrixRow, ...]


class Edge(Part):
    """A response as an edge of the argument."""

    from_claim: ClaimRef = Field(alias="from")
    to_claim: ClaimRef = Field(alias="to")
    type: ResponseType
    note: Line


class Graph(_Extract):
    """A topic's argument."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Timeline(_Extract):
    """A topic's events by date."""

    period: Period
    events: tuple[Event, ...]


class Change(Part):
    """One change: `path` names the part by ids, `before` and `after` hold the values as far as there are any."""

    kind: Literal["added", "removed", "changed"]
    path: str
    before: Any = None
    after: Any = None


class Difference(Part):
    """What changed from one edition of a topic to another."""

    topic: Slug
    from_edition: EditionNumber = Field(alias="from")
    to_edition: EditionNumber = Field(alias="to")
    changes: tuple[Change, ...]


class Memento(Part):
    """An edition and when it was published."""

    uri: Address
    datetime: AwareDatetime


class TimeMap(Part):
    """The editions of a document in time."""

    original_uri: Address
    timegate_uri: Address
    timemap_uri: Address
    mementos: tuple[Memento, ...]
