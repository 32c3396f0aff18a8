"""An empty worksheet: claims of one side or of all, room for own answers, and others' answers behind it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from perspectives.queries.publication import published
from perspectives.rules.documents.topic_document import Gap, TopicEdition
from perspectives.rules.study import worksheet as rules
from perspectives.rules.study.worksheet import Found, Task
from perspectives.rules.topics.alignment import Voice
from perspectives.vocab import Stance
from perspectives.web.http.page_cache import cached_page, one_topic
from perspectives.web.http.view_decorators import BadQueryError, query_value
from perspectives.web.topics.comparison import Side, sides
from perspectives.web.topics.edition_citation import topic_frame
from perspectives.web.topics.references import Run, short_runs

Works = tuple[tuple[Run, ...], ...]
"""The works that a claim rests on, each in a line."""


@dataclass(frozen=True)
class Shown:
    """A claim that is shown once something was written, with its side and its works; `found` says how it answers."""

    voice: Voice
    side: Side
    works: Works
    found: Found | None = None


@dataclass(frozen=True)
class TaskView:
    """A claim to answer, and what is shown once something was written."""

    task: Task
    hidden: tuple[Shown, ...]
    gaps: tuple[tuple[Side, Gap], ...]


@cached_page("side", about=one_topic)
def worksheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the empty worksheet of a topic: of the author's side, of another or of all. Raises NotFoundError."""
    side = query_value(request, "side", Stance.AUTHOR.value)
    if side not in rules.SIDES:
        raise BadQueryError(f"There is no worksheet for '{side}'; choose one of {', '.join(rules.SIDES)}.")
    document, stored = published.topic_document(slug)
    known = {one.stance: one for one in sides(document)}
    parts = [(known[stance], _tasks(document, stance, known)) for stance in rules.stances(side)]
    missing = rules.missing(document) if side == Stance.AUTHOR.value else ()
    context = {
        "parts": parts,
        "missing": [Shown(voice, known[voice.stance], _works(document, voice)) for voice in missing],
        "side": side,
        "paper": reverse("topic-paper", args=[slug, f"worksheet-{side}"]),
        "choices": [*((one.stance.value, one.name) for one in known.values()), (rules.ALL, "All three")],
        **topic_frame(request, document, stored),
    }
    return render(request, "perspectives/study/worksheet.html", context)


def _tasks(document: TopicEdition, stance: Stance, known: dict[Stance, Side]) -> list[TaskView]:
    return [
        TaskView(
            task,
            tuple(Shown(one.voice, known[one.voice.stance], _works(document, one.voice), one) for one in task.found),
            tuple((known[gap.stance], gap) for gap in task.gaps),
        )
        for task in rules.tasks(document, stance)
    ]


def _works(document: TopicEdition, voice: Voice) -> Works:
    return tuple(short_runs(document.sources[cite.source]) for cite in voice.claim.cites)
