"""The rows of a handout: what each side says to a claim, how it answers, and on which sources it rests."""

from collections.abc import Iterable, Iterator, Mapping

from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.rules.formats.pandoc_tree import Node, Nodes, division, emphasis, link, paragraph, span, strong, text
from perspectives.rules.topics.alignment import Answer, Cell, Reply, Row
from perspectives.vocab import Relation, Stance

Numbers = Mapping[str, int]
"""The number of each source in the bibliography, by citekey."""

MARKS: Mapping[Stance, str] = {Stance.AUTHOR: "●", Stance.OPPOSING: "◆", Stance.NEUTRAL: "="}
"""Disc, diamond and level bars, as on the pages."""
_SHORTENED = 12
"""How many words of a claim stand where it comes again."""


def side_name(edition: TopicEdition, stance: Stance) -> str:
    """Name a stance: the author's by the author's short name, the others by their label."""
    return edition.article_head.author_short if stance is Stance.AUTHOR else stance.label


def side_mark(stance: Stance, words: str) -> Node:
    """Write words that belong to a side, with its mark before them."""
    return span(stance.value, text(f"{MARKS[stance]}\N{NO-BREAK SPACE}{words}"))


def row_blocks(number: int, row: Row, edition: TopicEdition, numbers: Numbers) -> tuple[str, dict[Stance, Nodes]]:
    """Name a row and give what each side says in it."""
    cells = {cell.stance: _Cell(number, row, cell, edition, numbers) for cell in row.cells}
    return f"Claim {number}", {stance: list(cell.blocks()) for stance, cell in cells.items()}


def sources_line(cites: Iterable[Cite], numbers: Numbers) -> Iterator[Node]:
    """Tell on which sources a statement rests, by their numbers and by how they bear on it; nothing where none does."""
    given = list(cites)
    parts: list[Nodes] = []
    for relation in Relation:
        places = [_place(cite, numbers) for cite in given if cite.relation is relation]
        if places:
            parts.append([emphasis(text(relation.label)), *text(" "), *_joined(places, "; ")])
    if parts:
        yield division("sources", [paragraph(*_joined(parts, " · "))])


def _place(cite: Cite, numbers: Numbers) -> Nodes:
    number = link(text(f"[{numbers[cite.source]}]"), f"#ref-{cite.source}")
    return [number, *text(f" {cite.locator}" if cite.locator else "")]


def _joined(parts: list[Nodes], between: str) -> Nodes:
    joined = list(parts[0])
    for part in parts[1:]:
        joined += [*text(between), *part]
    return joined


def _shortened(words: str) -> str:
    parts = words.split(" ")
    return words if len(parts) <= _SHORTENED else f"{' '.join(parts[:_SHORTENED])} …"


class _Cell:
    """What one side says in a row."""

    def __init__(self, number: int, row: Row, cell: Cell, edition: TopicEdition, numbers: Numbers) -> None:
        self.number, self.row, self.cell, self.edition, self.numbers = number, row, cell, edition, numbers
        self.has_several = sum(side.stance is cell.stance for side in edition.perspectives) > 1

    def blocks(self) -> Iterator[Node]:
        for answer in self.cell.answers:
            yield division("answer", list(self.answer(answer)))
        if self.cell.gap:
            yield division("gap", [paragraph(strong("No answer found yet."), *text(f" {self.cell.gap.note}"))])
        elif not self.cell.answers:
            yield division("gap", [paragraph(*text("No answer here."))])

    def answer(self, answer: Answer) -> Iterator[Node]:
        if answer.response:
            yield paragraph(span("relation", text(answer.response.type.label)))
        if answer.voice.is_argued_by_others:
            yield division("note", [paragraph(*text("Argued by others on this side"))])
        yield self.claim(answer)
        if answer.response:
            yield division("note", [paragraph(emphasis(text(answer.response.note)))])
        if not answer.is_repeated:
            if answer.voice.stated_by:
                names = ", ".join(answer.voice.stated_by)
                yield division("note", [paragraph(strong("Stated by"), *text(f" {names}."))])
            yield from sources_line(answer.voice.claim.cites, self.numbers)
            yield from (self.reply(reply) for reply in answer.replies)

    def claim(self, answer: Answer) -> Node:
        """Write a claim: its words and its name, and before the row's first the number of the row."""
        voice = answer.voice
        if answer.is_repeated:
            return paragraph(
                *text(f"{_shortened(voice.claim.text)} "), span("label", text(f"{voice.claim.id}, see above"))
            )
        whose = f"{voice.perspective.label} · " if self.has_several else ""
        name = span("label", text(f"{whose}{voice.claim.kind.label} · {voice.claim.id}"))
        words = [*text(f"{voice.claim.text} "), name]
        if voice is not self.row.lead:
            return paragraph(*words)
        return division("lead", [paragraph(strong(str(self.number)), *text("\N{EN SPACE}"), *words)])

    def reply(self, reply: Reply) -> Node:
        """Tell of a claim elsewhere that answers this one."""
        stance = reply.voice.stance
        words = text(f" {reply.response.type.label} this: {reply.response.note}")
        return division("note", [paragraph(side_mark(stance, reply.voice.claim.id), *words)])
