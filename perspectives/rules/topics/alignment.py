"""Claims and responses to the rows of the comparison: one row for each author claim, then rows only others raise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from perspectives.rules.documents.topic_document import Claim, Gap, Perspective, Response, TopicEdition
from perspectives.rules.sources.source_record import Name
from perspectives.rules.topics.stated_by import stated_by
from perspectives.vocab import Relation, Stance


@dataclass(frozen=True)
class Voice:
    """A claim with the perspective that makes it and what it is called in public."""

    public_id: str
    claim: Claim
    perspective: Perspective
    is_authors_own: bool
    """Whether a citation ties the claim to the article's author himself; only then are these his words."""
    stated_by: tuple[str, ...]
    """The names of those whose cited works state the claim: see `rules.topics.stated_by`."""

    @property
    def stance(self) -> Stance:
        """The stance of the claim's perspective."""
        return self.perspective.stance

    @property
    def is_argued_by_others(self) -> bool:
        """Whether the claim stands on the author's side without being the author's own words."""
        return self.stance is Stance.AUTHOR and not self.is_authors_own


@dataclass(frozen=True)
class Answer:
    """A voice in a cell, with the response that put it there (none for the claim that leads the row)."""

    voice: Voice
    response: Response | None
    is_repeated: bool
    """Whether an earlier cell of the comparison shows the same claim already."""
    replies: tuple["Reply", ...]
    """Responses to this claim that no cell of this row shows."""


@dataclass(frozen=True)
class Reply:
    """A response as seen from the claim that it answers."""

    voice: Voice
    response: Response


@dataclass(frozen=True)
class Cell:
    """What one stance says in a row: answers, or a gap said openly, or nothing."""

    stance: Stance
    answers: tuple[Answer, ...]
    gap: Gap | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the stance says nothing here and nobody said why."""
        return not self.answers and self.gap is None


@dataclass(frozen=True)
class Row:
    """One line of the comparison: the claim that leads it and what each stance says to that."""

    lead: Voice
    cells: tuple[Cell, ...]
    """One cell for each stance, in the order of the vocabulary."""


@dataclass
class _Table:
    """The comparison while it is made."""

    document: TopicEdition
    voices: Mapping[str, Voice]
    shown: set[str] = field(default_factory=set)

    def row(self, lead: Voice) -> Row:
        """Make the row that `lead` opens."""
        members: dict[str, Response | None] = {lead.claim.id: None}
        for response in self.document.responses:
            # Within the lead's own stance another perspective may answer it too: such an answer stands in its cell.
            if response.to_claim == lead.claim.id:
                members.setdefault(response.from_claim, response)
        return Row(lead, tuple(self._cell(stance, lead, members) for stance in Stance))

    def _cell(self, stance: Stance, lead: Voice, members: Mapping[str, Response | None]) -> Cell:
        answers = []
        for claim_id, response in members.items():
            voice = self.voices[claim_id]
            if voice.stance is stance:
                answers.append(Answer(voice, response, claim_id in self.shown, self._replies(claim_id, lead, members)))
                self.shown.add(claim_id)
        gap = next((gap for gap in self.document.gaps if (gap.claim, gap.stance) == (lead.claim.id, stance)), None)
        return Cell(stance, tuple(answers), gap)

    def _replies(self, claim_id: str, lead: Voice, members: Mapping[str, Response | None]) -> tuple[Reply, ...]:
        return tuple(
            Reply(self.voices[response.from_claim], response)
            for response in self.document.responses
            if response.to_claim == claim_id
            and not (claim_id == lead.claim.id and members[response.from_claim] is response)
        )


def voices(document: TopicEdition) -> dict[str, Voice]:
    """List the claims of a topic by id, in the order of the document."""
    own_sources = _sources_of_the_author(document)
    stating = stated_by(document)
    return {
        claim.id: Voice(
            public_id=f"{document.topic}/{claim.id}",
            claim=claim,
            perspective=side,
            is_authors_own=any(cite.relation is Relation.STATES and cite.source in own_sources for cite in claim.cites),
            stated_by=stating[claim.id],
        )
        for side in document.perspectives
        for claim in side.claims
    }


def rows(document: TopicEdition) -> tuple[Row, ...]:
    """Align a topic: a row for each author claim in their order, then one for each claim that answers none of them.

    Of the latter, opposing claims come first; a neutral claim that stands in such a row opens none of its own.
    """
    table = _Table(document, voices(document))
    return tuple(_rows(table))


def strongest(found: Iterable[Row]) -> Row | None:
    """Choose the exchange to read first among the rows of the author's side; None where nothing is answered.

    That which most stances answer, then that with the most answers and replies, then the first.
    """
    answered = [row for row in found if row.lead.stance is Stance.AUTHOR and _answers(row)]
    return max(
        answered, key=lambda row: (len({answer.voice.stance for answer in _answers(row)}), _size(row)), default=None
    )


def _answers(row: Row) -> list[Answer]:
    return [answer for cell in row.cells for answer in cell.answers if answer.response]


def _size(row: Row) -> int:
    return len(_answers(row)) + sum(len(answer.replies) for cell in row.cells for answer in cell.answers)


def _rows(table: _Table) -> Iterator[Row]:
    for stance in Stance:
        for voice in table.voices.values():
            if voice.stance is stance and voice.claim.id not in table.shown:
                yield table.row(voice)


def _sources_of_the_author(document: TopicEdition) -> set[str]:
    """Find the cited works of the article's author, by family name and first given name."""
    authors = {_person(name) for name in document.sources[document.article_head.source].author}
    return {key for key, record in document.sources.items() if any(_person(name) in authors for name in record.author)}


def _person(name: Name) -> tuple[str | None, str]:
    return (name.family or name.literal, (name.given or "").split(" ")[0])
