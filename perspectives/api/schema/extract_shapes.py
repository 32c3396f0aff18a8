"""The shapes of what is cut from a topic's edition: matrix, graph, timeline, difference; and of the TimeMap."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from perspectives.api.schema.fields import Address, Count, EditionNumber
from perspectives.api.schema.source_shapes import FoundRecord
from perspectives.rules.documents.fields import (
    CiteKey,
    ClaimRef,
    Heading,
    LanguageTag,
    Line,
    Part,
    Quote,
    Slug,
)
from perspectives.rules.documents.topic_document import Event, Period
from perspectives.vocab import (
    ClaimKind,
    CruxKind,
    HandoutFormat,
    HandoutState,
    QuoteStatus,
    Relation,
    ResponseType,
    Stance,
)


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


class BriefQuotation(Part):
    """The words of a work for a claim: how far they were checked, where they stand, and where the work is found."""

    quote: Quote
    quote_language: LanguageTag | None = None
    translation: Line | None = None
    translator: Heading | None = None
    quote_status: QuoteStatus
    relation: Relation
    source: CiteKey
    names: Line
    title: Line
    locator: Heading | None = None
    address: Address | None = None
    claim: ClaimRef
    claim_text: Line
    check: FoundRecord | None = None
    confirmation: str | None = None
    notice: FoundRecord | None = None


class BriefPosition(Part):
    """What a perspective answers: `words` are its plain wording, or its summary where it has none (`is_plain`)."""

    perspective: Slug
    label: Heading
    words: Line
    is_plain: bool
    held_by: tuple[Heading, ...]


class BriefAnswer(Part):
    """What a side answers: its positions, and one quotation."""

    stance: Stance
    side: Heading
    positions: tuple[BriefPosition, ...]
    quotation: BriefQuotation | None = None


class Parting(Part):
    """The question on which the sides part, and what would settle it."""

    question: Line
    kind: CruxKind
    would_settle: Line


class Extract(Part):
    """The base: of which topic, and of which edition of it."""

    topic: Slug
    edition: EditionNumber
    question: Line


class Matrix(Extract):
    """A topic's claims, aligned."""

    rows: tuple[MatrixRow, ...]


class Edge(Part):
    """A response as an edge of the argument."""

    from_claim: ClaimRef = Field(alias="from")
    to_claim: ClaimRef = Field(alias="to")
    type: ResponseType
    note: Line


class Graph(Extract):
    """A topic's argument."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Brief(Extract):
    """A topic in short: what all sides accept, what each answers with one quotation, and where they part."""

    url: Address
    title: Heading
    accepted: tuple[Line, ...]
    answers: tuple[BriefAnswer, ...]
    parting: Parting | None = None


class Timeline(Extract):
    """A topic's events by date."""

    period: Period
    events: tuple[Event, ...]


class QuizEvidence(Part):
    """A work on which an answer rests: who wrote it and when, its title, the place in it and its words."""

    source: CiteKey
    names: Line
    title: Line
    locator: Heading | None = None
    quote: Quote | None = None
    relation: Relation


class QuizChoice(Part):
    """An answer to choose from; its `id` tells no side."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
    text: Line


class QuizAnswer(Part):
    """Which choice is right, whose claim that is, and why; `is_authors_own` is false where others argue it."""

    claim: ClaimRef
    choice: str
    stance: Stance
    perspective_label: Heading
    is_authors_own: bool
    stated_by: tuple[Line, ...]
    reason: str
    evidence: tuple[QuizEvidence, ...]


class QuizQuestion(Part):
    """A claim that is asked about; its `id` is the same on every sheet and tells no side.

    Where a rebuttal is looked for, `choices` are the claims to choose from.
    """

    id: Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
    text: Line
    choices: tuple[QuizChoice, ...] = ()
    answer: QuizAnswer | None = None


class Quiz(Extract):
    """A sheet of the quiz; `url` is the page of the same sheet, `choices` are the stances where these are asked for."""

    url: Address
    title: Heading
    sheet: Annotated[int, Field(ge=1)]
    ask: Literal["side", "rebuttal"]
    choices: tuple[Stance, ...]
    questions: tuple[QuizQuestion, ...]


class HandoutFile(Part):
    """A handout in one format; `url` and `bytes` are there when it is ready."""

    format: HandoutFormat
    media_type: str
    state: HandoutState
    url: Address | None = None
    bytes: Count | None = None


class Handouts(Extract):
    """The handouts of a topic's current edition, one each format; none of a retracted edition."""

    url: Address
    handouts: tuple[HandoutFile, ...]


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
