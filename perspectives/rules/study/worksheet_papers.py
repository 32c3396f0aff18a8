"""Worksheets on paper, two pages each, and the teacher's key to them."""

from collections.abc import Iterator

from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.pandoc_tree import Node, Nodes, division, paragraph, strong, text
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.handout_rows import side_mark, side_name
from perspectives.rules.study.paper_parts import cite_line, citing, head
from perspectives.rules.study.worksheet import Found, Task, on_paper
from perspectives.vocab import Stance


def sheets(edition: TopicEdition, imprint: Imprint, *, side: str) -> Iterator[Nodes]:
    """Give the worksheet of a side, or of all three."""
    yield list(_sheet(edition, imprint, side))


def _sheet(edition: TopicEdition, imprint: Imprint, side: str) -> Iterator[Node]:
    yield from head(f"Worksheet · {edition.title}", edition.question)
    yield division("named", [])
    yield paragraph(*text("Answer each claim, whatever you think of it. Say what your answer rests on."))
    for number, task in enumerate(on_paper(edition, side), start=1):
        yield division("task", list(_task(edition, number, task)))
    yield citing(edition, imprint)


def _task(edition: TopicEdition, number: int, task: Task) -> Iterator[Node]:
    stance = task.voice.stance
    whose = side_mark(stance, side_name(edition, stance))
    yield paragraph(strong(f"{number}."), *text(" "), whose, *text(f": {task.voice.claim.text}"))
    yield division("asked", [paragraph(*text("What would somebody who disagrees answer?"))])
    yield division("answerlines", [])
    yield division("asked", [paragraph(*text("On what evidence?"))])
    yield division("evidencelines", [])


def key(edition: TopicEdition, imprint: Imprint) -> Iterator[Nodes]:
    """Give the teacher's key: what is known to answer each claim of the worksheets."""
    yield list(_key(edition, imprint))


def _key(edition: TopicEdition, imprint: Imprint) -> Iterator[Node]:
    yield from head(f"Teacher’s key to the worksheets · {edition.title}", edition.question)
    yield paragraph(*text("Other answers may be as good: look for a reason that meets the claim, and for evidence."))
    for stance in Stance:
        yield paragraph(side_mark(stance, side_name(edition, stance)))
        for task in on_paper(edition, stance.value):
            yield division("point", [node for part in _known(edition, imprint, task) for node in part])
    yield citing(edition, imprint)


def _known(edition: TopicEdition, imprint: Imprint, task: Task) -> Iterator[Nodes]:
    yield [paragraph(strong(task.voice.claim.id), *text(f" {task.voice.claim.text}"))]
    for found in task.found:
        yield _found(edition, imprint, found)
    for gap in task.gaps:
        words = text(f" No answer found yet. {gap.note}")
        yield [division("note", [paragraph(side_mark(gap.stance, side_name(edition, gap.stance)), *words)])]


def _found(edition: TopicEdition, imprint: Imprint, found: Found) -> Nodes:
    claim, how = found.voice.claim, found.response.type.label
    told = f" {how} it: {claim.text}" if found.is_answer else f": the claim above {how} this one. {claim.text}"
    mark = side_mark(found.voice.stance, claim.id)
    lines = [division("sources", [paragraph(*cite_line(edition, cite, imprint))]) for cite in claim.cites]
    return [division("note", [paragraph(mark, *text(f"{told} {found.response.note}"))]), *lines]
