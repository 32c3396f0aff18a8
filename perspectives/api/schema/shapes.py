"""The shapes of what the API gives out besides whole documents; the OpenAPI document is made from them.

Nothing is built from these classes when a request is answered: records come from the published index as they are, and
a test compares them with these shapes. A member that is unknown is left out, never null.
"""

from typing import Literal

from pydantic import AwareDatetime, ConfigDict, Field

from perspectives.api.schema.fields import Address, Count, EditionNumber, Pixels, Sha256
from perspectives.rules.documents.article_document import Passage
from perspectives.rules.documents.fields import CiteKey, ClaimRef, Heading, Line, Part, Phrasing, Slug
from perspectives.rules.documents.topic_document import Cite, Event, Period
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import (
    CheckOutcome,
    ClaimKind,
    CruxKind,
    EditionOrigin,
    QuoteStatus,
    ResponseType,
    SourceCategory,
    Stance,
)


class Position(Part):
    """A perspective of a topic, in one line."""

    perspective: Slug
    stance: Stance
    label: Heading
    held_by: tuple[Heading, ...]
    claims: Count


class CruxLine(Part):
    """A question on which the sides part."""

    question: Line
    kind: CruxKind


class TopicCounts(Part):
    """How much a topic holds."""

    claims: Count
    responses: Count
    sources: Count
    events: Count


class TopicSummary(Part):
    """A topic in a list: its question, each perspective in one line, and its current edition."""

    topic: Slug
    article: Slug
    order: Count
    title: Heading
    question: Line
    asked_as: tuple[Phrasing, ...]
    period: Period
    tags: tuple[Slug, ...]
    edition: EditionNumber
    positions: tuple[Position, ...]
    cruxes: tuple[CruxLine, ...]
    counts: TopicCounts
    sha256: Sha256
    published_at: AwareDatetime


class ArticleCounts(Part):
    """How much an article guide holds."""

    passages: Count
    findings: Count


class ArticleSummary(Part):
    """An article guide in a list, and its current edition."""

    article: Slug
    source: CiteKey
    author: Heading
    author_short: Heading
    title: Heading
    about: Line | None = None
    edition: EditionNumber
    counts: ArticleCounts
    sha256: Sha256
    published_at: AwareDatetime


class EditionEntry(Part):
    """An edition of a topic (`topic`) or of an article guide (`article`); `note` says what changed.

    An edition with `retracted_at` should not be relied on any more, for the reason in `retraction_note`; it stays.
    """

    topic: Slug | None = None
    article: Slug | None = None
    edition: EditionNumber
    sha256: Sha256
    origin: EditionOrigin
    note: str
    proposed_at: AwareDatetime | None = None
    published_at: AwareDatetime
    retracted_at: AwareDatetime | None = None
    retraction_note: str | None = None
    archived_at: AwareDatetime | None = None
    archive_note: str | None = None


class ChangeEntry(EditionEntry):
    """What happened, in its order: the edition was published or retracted, or what it is of archived or brought back.

    With the address where the edition stays.
    """

    change: Literal["published", "retracted", "archived", "reinstated"]
    url: Address


class Answer(Part):
    """A response between this claim and another, the one that `claim` names."""

    claim: ClaimRef
    type: ResponseType
    note: Line


class MissingAnswer(Part):
    """A stance that does not answer this claim, said openly."""

    stance: Stance
    note: Line


class ClaimRecord(Part):
    """A claim of a current edition, with all that is needed to show it alone.

    `stated_by` names the authors of the works that its citations say state it; nobody where no cited work does.
    `held_by` names those who hold its perspective, which does not mean that they stated this claim.
    `is_authors_own` says whether a citation ties it to the article's author; without it the claim is argued by others
    on the author's side.
    """

    id: ClaimRef
    topic: Slug
    article: Slug
    edition: EditionNumber
    perspective: Slug
    perspective_label: Heading
    stance: Stance
    held_by: tuple[Heading, ...]
    stated_by: tuple[str, ...]
    roles: dict[Heading, Heading] | None = Field(
        None, description="Offices, funding and parts in the events of those in `held_by` who have any, by name."
    )
    is_authors_own: bool
    kind: ClaimKind
    text: Line
    cites: tuple[Cite, ...]
    answers: tuple[Answer, ...]
    answered_by: tuple[Answer, ...]
    gaps: tuple[MissingAnswer, ...]
    sources: dict[CiteKey, SourceRecord] | None = Field(None, description="With `include=sources`: those it cites.")


class ResponseRecord(Part):
    """A response between two claims of a current edition."""

    topic: Slug
    edition: EditionNumber
    from_claim: ClaimRef = Field(alias="from")
    from_stance: Stance
    type: ResponseType
    to_claim: ClaimRef = Field(alias="to")
    to_stance: Stance
    note: Line
    claims: dict[ClaimRef, ClaimRecord] | None = Field(None, description="With `include=claims`: the two claims.")


class EventRecord(Event):
    """An event of a current edition."""

    topic: Slug
    edition: EditionNumber


class HeldPosition(Part):
    """A perspective that a person holds, with its claims by public id."""

    topic: Slug
    title: Heading
    perspective: Slug
    stance: Stance
    label: Heading
    summary: Line
    role: Heading | None = Field(None, description="The person’s office, funding or part in the events.")
    claims: tuple[ClaimRef, ...]


class PersonCounts(Part):
    """In how many topics a person is named, how many claims the positions held have, how many the person states."""

    topics: Count
    claims: Count
    stated: Count


class Person(Part):
    """Somebody, a person or an organisation, who holds perspectives or states claims of current editions.

    `positions` are the perspectives held, `states` the claims that a cited work of theirs states, by public id.
    """

    person: Slug
    name: str
    positions: tuple[HeldPosition, ...]
    states: tuple[ClaimRef, ...]
    counts: PersonCounts
    claims: dict[ClaimRef, ClaimRecord] | None = Field(
        None, description="With `include=claims`: the claims of the positions, and those that the person states."
    )


class Tag(Part):
    """A tag and the topics that have it, in the editors' order."""

    tag: Slug
    topics: tuple[Slug, ...]


class Tags(Part):
    """All tags of the published topics."""

    tags: tuple[Tag, ...]


class Figures(Part):
    """What is published, in numbers, by the codes of the vocabulary; a quotation counts wherever it is used."""

    claims: dict[Stance, Count]
    sources: dict[SourceCategory, Count]
    quotations: dict[QuoteStatus, Count]
    checks: dict[CheckOutcome, Count] = Field(description="What a machine found: of each thing, the newest outcome.")


class TermEntry(Part):
    """A code of the vocabulary, its label for people, and the sentence that explains it."""

    code: str
    label: str
    sentence: str


class Vocabulary(Part):
    """Every list of codes by its name."""

    terms: dict[str, tuple[TermEntry, ...]]


class PassageRecord(Passage):
    """A passage of an article's current guide; its `id` is `article/passage`."""

    id: ClaimRef
    article: Slug
    edition: EditionNumber
    claim_records: dict[ClaimRef, ClaimRecord] | None = Field(
        None, description="With `include=claim_records`: the claims that take it up."
    )


class Resources(Part):
    """The resources of the API: name and address of each."""

    resources: dict[str, Address]


class Embedding(Part):
    """What another site needs to show a page of this one (oEmbed 1.0): `html` is a frame of this width and height."""

    type: Literal["rich"]
    version: Literal["1.0"]
    title: str
    provider_name: str
    provider_url: Address
    cache_age: Count = Field(description="How many seconds this answer may be kept.")
    html: str
    width: Pixels
    height: Pixels


class OpenApi(Part):
    """An OpenAPI document."""

    model_config = ConfigDict(extra="allow")

    openapi: str
