"""The handout of a topic: its edition as a document to print and to carry away, as a tree that pandoc reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import Any

from perspectives.rules.documents.topic_document import Agreement, Crux, Perspective, TopicEdition
from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.pandoc_tree import (
    Node,
    Nodes,
    bullets,
    division,
    document,
    emphasis,
    heading,
    link,
    numbered,
    paragraph,
    paragraphs,
    span,
    strong,
    table,
    text,
)
from perspectives.rules.publication.dataset_readme import LICENCE
from perspectives.rules.study.handout_rows import Numbers, row_blocks, side_mark, side_name, sources_line
from perspectives.rules.topics import dates
from perspectives.rules.topics.alignment import rows
from perspectives.vocab import EditionOrigin, HandoutFormat, Stance

References = Mapping[str, Iterable[Mapping[str, Any]]]
"""Citekey -> runs of text, as `FormattedBibliography.entries` has them."""

FORM = 2
"""The form that handouts have: raise it with every change that one can see, and all are made anew."""
MOST_ATTEMPTS = 3
"""How often a handout is tried to be made before nothing but another form, or edition, gives it another chance."""
MEDIA_TYPES = {
    HandoutFormat.PDF: "application/pdf",
    HandoutFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    HandoutFormat.EPUB: "application/epub+zip",
}
_SAFE_SCHEMES = ("https://", "http://")


@dataclass(frozen=True)
class Imprint:
    """What an edition's document does not say of itself.

    `site` is the address it lies at, without a last slash; `notices` warn of works, by citekey, that were retracted.
    """

    sha256: str
    published_at: datetime
    origin: EditionOrigin
    site: str
    notices: Mapping[str, str] = field(default_factory=dict)


def form(site: str) -> str:
    """Name what a handout depends on besides its edition: its form, and the address that it names."""
    return f"{FORM} {site}"


def file_name(slug: str, number: int, suffix: str) -> str:
    """Name the file of a handout."""
    return f"debatekb-{slug}-edition-{number}.{suffix}"


def meta(edition: TopicEdition, imprint: Imprint) -> dict[str, str]:
    """Describe a handout for its file: what stands on its title, in its foot and in its properties."""
    period = dates.years_to(edition.period.start, edition.period.end)
    return {
        "title": edition.question,
        "subtitle": f"{edition.title}, {period}",
        "author": "Debate KB",
        "date": imprint.published_at.date().isoformat(),
        "lang": "en-GB",
        "identifier": _address(edition, imprint),
        "rights": LICENCE["name"],
        "foot": f"Debate KB · {edition.title} · edition {edition.edition} · {imprint.sha256[:16]}",
    }


def tree(edition: TopicEdition, imprint: Imprint, references: References, made_as: HandoutFormat) -> Node:
    """Write a topic as a tree: three columns where there are pages, one below the other where there are none."""
    parts = _Parts(edition, imprint, references, has_columns=made_as is not HandoutFormat.EPUB)
    return document(list(parts.blocks()), meta(edition, imprint))


class _Parts:
    """The parts of a handout in their order."""

    def __init__(self, edition: TopicEdition, imprint: Imprint, references: References, *, has_columns: bool) -> None:
        self.edition = edition
        self.imprint = imprint
        self.has_columns = has_columns
        runs = {key: list(references[key]) for key in edition.sources}
        ordered = sorted(runs, key=lambda key: "".join(run["text"] for run in runs[key]).casefold())
        self.references = {key: runs[key] for key in ordered}
        self.numbers: Numbers = {key: number for number, key in enumerate(self.references, start=1)}
        self.argues = {entry.source: entry.argues for entry in edition.bibliography}

    def blocks(self) -> Iterator[Node]:
        yield from self.positions()
        yield heading(1, "Background")
        yield from paragraphs(self.edition.background)
        yield from self.comparison()
        yield from self.agreements()
        yield from self.cruxes()
        yield from self.events()
        yield from self.bibliography()
        yield from self.citing()

    def positions(self) -> Iterator[Node]:
        yield from self.beside({stance: self.of_stance(stance) for stance in Stance})
        if self.edition.cruxes:
            question = [strong("Where they part"), *text(f" {self.edition.cruxes[0].question}")]
            yield division("crux", [paragraph(*question)])

    def of_stance(self, stance: Stance) -> Nodes:
        sides = (side for side in self.edition.perspectives if side.stance is stance)
        return [block for side in sides for block in _position(side)]

    def comparison(self) -> Iterator[Node]:
        """Show the rows: those that the author's claims open, then those of claims that answer none of them."""
        made = list(enumerate(rows(self.edition), start=1))
        of_author = [pair for pair in made if pair[1].lead.stance is Stance.AUTHOR]
        of_others = [pair for pair in made if pair[1].lead.stance is not Stance.AUTHOR]
        for title, part in (("Claim by claim", of_author), ("What only the others raise", of_others)):
            if part:
                yield heading(1, title)
                cells = [row_blocks(number, row, self.edition, self.numbers) for number, row in part]
                yield from self.in_rows(cells)

    def agreements(self) -> Iterator[Node]:
        if self.edition.common_ground:
            yield heading(1, "What all sides accept")
            yield bullets(self.agreement(one) for one in self.edition.common_ground)

    def agreement(self, one: Agreement) -> Nodes:
        return [paragraph(*text(one.text)), *sources_line(one.cites, self.numbers)]

    def cruxes(self) -> Iterator[Node]:
        if self.edition.cruxes:
            yield heading(1, "Where they part")
        for crux in self.edition.cruxes:
            yield heading(2, crux.question)
            yield paragraph(emphasis(text(f"A question of {crux.kind.label.lower()}: {crux.kind.sentence}")))
            yield from self.beside({stance: [paragraph(*text(_answer(crux, stance)))] for stance in Stance})
            yield paragraph(strong("What would settle it"), *text(f" {crux.would_settle}"))

    def events(self) -> Iterator[Node]:
        if self.edition.events:
            yield heading(1, "Events")
        for event in sorted(self.edition.events, key=attrgetter("date")):
            when = dates.partial_date(event.date)
            words = [strong(f"{when}. {event.title}."), *text(f" {event.description}")]
            yield division("event", [paragraph(*words), *sources_line(event.cites, self.numbers)])

    def bibliography(self) -> Iterator[Node]:
        yield heading(1, "Bibliography")
        yield numbered([self.work(key)] for key in self.references)

    def work(self, key: str) -> Node:
        blocks = [paragraph(*chain.from_iterable(map(_run, self.references[key])))]
        if notice := self.imprint.notices.get(key):
            blocks.append(division("argues", [paragraph(strong(notice))]))
        if key in self.argues:
            blocks.append(division("argues", [paragraph(*text(self.argues[key]))]))
        return division("work", blocks, f"ref-{key}")

    def citing(self) -> Iterator[Node]:
        yield division("citing", [heading(1, "How to cite this"), *self.colophon()])

    def colophon(self) -> Iterator[Node]:
        """Say which edition this is, where it lies, and what one may do with it."""
        edition, imprint = self.edition, self.imprint
        address = _address(edition, imprint)
        day = dates.partial_date(imprint.published_at.date().isoformat())
        cited = f"Debate KB. “{edition.title}”. Edition {edition.edition}, {day}. SHA-256 {imprint.sha256[:16]}. "
        yield paragraph(*text(cited), link(text(address), address))
        yield paragraph(strong("Edition"), *text(f" {edition.edition}, published {day}. {imprint.origin.sentence}"))
        yield paragraph(strong("SHA-256"), *text(" "), span("hash", text(imprint.sha256)))
        yield paragraph(strong("Licence"), *text(f" {LICENCE['name']}: "), link(text(LICENCE["url"]), LICENCE["url"]))
        yield paragraph(*text("The page at that address also has what the sources say in their own words."))

    def beside(self, blocks: Mapping[Stance, Nodes]) -> Iterator[Node]:
        return self.in_rows([("", blocks)])

    def in_rows(self, made: Iterable[tuple[str, Mapping[Stance, Nodes]]]) -> Iterator[Node]:
        """Put what the sides say into columns, or below each other; each row has a name, which may be empty."""
        if self.has_columns:
            head = [[paragraph(self.named(stance))] for stance in Stance]
            yield table(head, ([blocks[stance] for stance in Stance] for _, blocks in made))
            return
        for name, blocks in made:
            if name:
                yield heading(2, name)
            for stance in Stance:
                yield division("side", [paragraph(self.named(stance)), *blocks[stance]])

    def named(self, stance: Stance) -> Node:
        return side_mark(stance, side_name(self.edition, stance))


def _position(side: Perspective) -> Iterator[Node]:
    yield paragraph(strong(side.label))
    yield paragraph(*text(side.summary))
    if side.held_by:
        people = ", ".join(f"{name} ({role})" if role else name for name, role in side.holders)
        note = f" {side.held_by_note}" if side.held_by_note else ""
        yield division("note", [paragraph(strong("Held by"), *text(f" {people}.{note}"))])


def _answer(crux: Crux, stance: Stance) -> str:
    return {Stance.AUTHOR: crux.author, Stance.OPPOSING: crux.opposing, Stance.NEUTRAL: crux.neutral}[stance]


def _run(run: Mapping[str, Any]) -> Nodes:
    inlines = text(run["text"])
    if run["href"].startswith(_SAFE_SCHEMES):
        return [link(inlines, run["href"])]
    return [emphasis(inlines)] if run["emphasis"] else inlines


def _address(edition: TopicEdition, imprint: Imprint) -> str:
    return addresses.topic_edition(imprint.site, edition.topic, edition.edition)
