"""The topic page: the rows of `rules.topics.alignment` with the words, names and evidence that a reader needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from perspectives.queries.evidence.told import Told
from perspectives.rules.documents.topic_document import (
    Agreement,
    BibliographyEntry,
    Event,
    Gap,
    Perspective,
    TopicEdition,
)
from perspectives.rules.formats.bibliography.coins import context_object
from perspectives.rules.sources.short_reference import address, other_address
from perspectives.rules.topics.alignment import Answer, Cell, Row, Voice, rows, strongest
from perspectives.vocab import Stance
from perspectives.web.topics import terms
from perspectives.web.topics.evidence import Evidence, evidence
from perspectives.web.topics.reading_modes import Modes
from perspectives.web.topics.references import References, Run, library
from perspectives.web.topics.terms import Piece


@dataclass(frozen=True)
class Side:
    """A stance with the name it is shown by and its perspectives."""

    stance: Stance
    name: str
    perspectives: tuple[Perspective, ...]


@dataclass(frozen=True)
class AnswerView:
    """A claim in a cell, with its evidence."""

    answer: Answer
    side: Side
    evidence: tuple[Evidence, ...]
    fragment: Evidence | None
    """The exact words of the article, where the claim is its author's own."""
    passage: str
    """The passage of the article guide that leads to the claim, or nothing."""
    words: tuple[Piece, ...]
    """The claim's words, cut where it is the first to use a term that is explained."""

    @property
    def voice(self) -> Voice:
        """The claim and the perspective that makes it."""
        return self.answer.voice

    @property
    def is_argued_by_others(self) -> bool:
        """Whether the claim stands on the author's side without being the author's own words."""
        return self.voice.is_argued_by_others

    @property
    def perspective_label(self) -> str:
        """The label of the claim's perspective, where its stance has several."""
        return self.voice.perspective.label if len(self.side.perspectives) > 1 else ""


@dataclass(frozen=True)
class CellView:
    """What one side says in a row."""

    side: Side
    answers: tuple[AnswerView, ...]
    gap: Gap | None


@dataclass(frozen=True)
class RowView:
    """A row with its number."""

    number: int
    lead: Voice
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class Cited:
    """An agreement or an event with its evidence."""

    item: Agreement | Event
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Work:
    """An entry of the bibliography with its reference."""

    entry: BibliographyEntry
    reference: tuple[Run, ...]
    address: str
    other_address: str
    library: str
    category: str
    notice: Told | None
    """What readers are warned of: that it was retracted, say."""
    coins: str
    """The work for citation programs, as an OpenURL context object."""


class Comparison:
    """Everything that the topic page shows of a document."""

    def __init__(
        self, document: TopicEdition, references: References, passages: Mapping[str, str], modes: Modes
    ) -> None:
        self.document = document
        self.references = references
        self.passages = passages
        self.modes = modes
        self.sides = tuple(sorted(sides(document), key=lambda side: modes.order.index(side.stance)))
        self._side = {side.stance: side for side in self.sides}
        aligned = rows(document)
        self.count = len(aligned)
        shown = [(row, self._cells(row)) for row in aligned]
        claims = (answer.voice.claim for _, cells in shown for cell in cells for answer in cell.answers)
        self.terms = terms.views(document.terms, claims)
        made = [self._row(number, row, cells) for number, (row, cells) in enumerate(shown, start=1) if cells]
        first = strongest(aligned)
        self.strongest = next((row for row in made if first and row.lead is first.lead), None)
        self.author_rows = tuple(row for row in made if row.lead.stance is Stance.AUTHOR)
        self.other_rows = tuple(row for row in made if row.lead.stance is not Stance.AUTHOR)

    @property
    def columns(self) -> tuple[Side, ...]:
        """The sides that have a column."""
        only = self.modes.reading.only
        return tuple(side for side in self.sides if only is None or side.stance in (only, Stance.AUTHOR))

    @property
    def agreements(self) -> tuple[Cited, ...]:
        """What all sides accept."""
        return self._cited(self.document.common_ground)

    @property
    def events(self) -> tuple[Cited, ...]:
        """The timeline, earliest first; a year or a month stands before its days."""
        return self._cited(tuple(sorted(self.document.events, key=lambda event: event.date)))

    @property
    def works(self) -> tuple[Work, ...]:
        """The bibliography in the alphabetical order of its references."""
        made = [self._work(entry) for entry in self.document.bibliography]
        return tuple(sorted(made, key=lambda work: "".join(run.text for run in work.reference).casefold()))

    def _cited(self, items: tuple[Agreement, ...] | tuple[Event, ...]) -> tuple[Cited, ...]:
        return tuple(Cited(item, evidence(item.cites, self.references)) for item in items)

    def _work(self, entry: BibliographyEntry) -> Work:
        record = self.references.sources[entry.source]
        reference, coins = self.references.of(entry.source), context_object(record)
        notice = self.references.checked.notice(entry.source)
        return Work(
            entry,
            reference,
            address(record),
            other_address(record),
            library(record),
            record.category.label,
            notice,
            coins,
        )

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        """Choose the cells of a row that are shown: of one side alone, its own, and the claim that it answers."""
        only = self.modes.reading.only
        by_stance = {cell.stance: cell for cell in row.cells}
        if only is None:
            return tuple(by_stance[stance] for stance in self.modes.order)
        if by_stance[only].is_silent:
            return ()
        return tuple(by_stance[stance] for stance in dict.fromkeys((row.lead.stance, only)))

    def _row(self, number: int, row: Row, cells: tuple[Cell, ...]) -> RowView:
        views = (
            CellView(self._side[cell.stance], tuple(self._answer(answer) for answer in cell.answers), cell.gap)
            for cell in cells
        )
        return RowView(number, row.lead, tuple(views))

    def _answer(self, answer: Answer) -> AnswerView:
        voice = answer.voice
        made = () if answer.is_repeated else evidence(voice.claim.cites, self.references)
        article = self.document.article_head.source
        own = [one for one in made if one.cite.source == article and one.cite.quote and voice.is_authors_own]
        fragment = own[0] if own and voice.stance is Stance.AUTHOR else None
        return AnswerView(
            answer,
            self._side[voice.stance],
            made,
            fragment,
            self.passages.get(voice.public_id, ""),
            terms.pieces(voice.claim, self.terms),
        )


def sides(document: TopicEdition) -> list[Side]:
    """Name the stances of a topic: the author's by the author's short name, the others by their label."""
    return [
        Side(
            stance,
            document.article_head.author_short if stance is Stance.AUTHOR else stance.label,
            tuple(one for one in document.perspectives if one.stance is stance),
        )
        for stance in Stance
    ]
