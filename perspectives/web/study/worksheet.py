"""An empty worksheet: the author's claims, room for the reader's own answers, and the others' answers behind it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.queries.publication import published
from perspectives.rules.documents.topic_document import Gap, TopicEdition
from perspectives.rules.topics.alignment import Answer, Row, rows
from perspectives.vocab import Stance
from perspectives.web.http.page_cache import cached_page, one_topic
from perspectives.web.topics.comparison import Side, sides
from perspectives.web.topics.edition_citation import topic_frame
from perspectives.web.topics.references import Run, short_runs


@dataclass(frozen=True)
class Hidden:
    """What another side says in a row; the answers come with their sources, each in a line."""

    side: Side
    answers: tuple[tuple[Answer, tuple[tuple[Run, ...], ...]], ...]
    gap: Gap | None


@dataclass(frozen=True)
class Task:
    """A claim to answer, and what is shown once something was written."""

    row: Row
    hidden: tuple[Hidden, ...]


@cached_page(about=one_topic)
def worksheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the empty worksheet of a topic. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    made = tasks(document)
    context = {
        "tasks": [task for task in made if task.row.lead.stance is Stance.AUTHOR],
        "others": [task for task in made if task.row.lead.stance is not Stance.AUTHOR],
        **topic_frame(request, document, stored),
    }
    return render(request, "perspectives/study/worksheet.html", context)


def tasks(document: TopicEdition) -> tuple[Task, ...]:
    """Make a task of each row of the comparison; what leads an author's row is no secret, all else is hidden."""
    known = {side.stance: side for side in sides(document)}
    return tuple(Task(row, tuple(_hidden(document, row, known))) for row in rows(document))


def _hidden(document: TopicEdition, row: Row, known: dict[Stance, Side]) -> list[Hidden]:
    is_open = row.lead.stance is Stance.AUTHOR
    found = []
    for cell in row.cells:
        answers = [one for one in cell.answers if not (is_open and one.voice is row.lead)]
        if answers or cell.gap:
            made = tuple((one, _sources(document, one)) for one in answers)
            found.append(Hidden(known[cell.stance], made, cell.gap))
    return found


def _sources(document: TopicEdition, answer: Answer) -> tuple[tuple[Run, ...], ...]:
    return tuple(short_runs(document.sources[cite.source]) for cite in answer.voice.claim.cites)
