"""What was handed in in a class as PDF, for the teacher to print: as the table has it, in an order to read."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.utils import timezone

from perspectives.clients.handout import handout_files
from perspectives.errors import NotPossibleError
from perspectives.models import Activity, Classroom
from perspectives.queries.classroom.led_activity import HandedIn, LedActivity
from perspectives.rules.classroom import codes, phases
from perspectives.rules.classroom.breakable import breakable
from perspectives.vocab import ActivityKind, ActivityPhase
from perspectives.web.classroom.export import number_or_hidden

MOST_CHARACTERS: Final = 1_200_000
"""How much one file has: more than 60 pupils can hand in in an activity of four phases, with feedback to each.

`python -m bench.class_paper` says what it costs.
"""
_COST_OF_A_LINE: Final = 8
"""As how many characters the end of a line counts, since Typst takes memory for each line."""
_ABOUT: Final = (
    "Nicknames are from a list; nobody's name is kept. Of polls there is what their pages show: no number under five.",
    "A letter that the fonts of this paper do not have is a box; the export as CSV has all.",
)


def as_pdf(room: Classroom, activities: Iterable[Activity]) -> bytes:
    """Set some activities of a class. Raises NotPossibleError where it is too much, and NotMadeError."""
    told = [_activity(LedActivity(one)) for one in activities]
    if sum(map(_length, told)) > MOST_CHARACTERS:
        raise NotPossibleError(
            "This is too much for one PDF. Export each activity by itself, from its page, or the class as CSV."
        )
    code = codes.shown_code(room.code)
    ends = f"{room.expires_at:%-d %B %Y}"
    meta = {
        "title": f"Class {code}",
        "subtitle": "What was handed in",
        "author": "Debate KB",
        "foot": f"Debate KB · class {code} · deleted on the site by {ends}",
    }
    nothing = [] if told else ["The class has no activities yet."]
    return handout_files.class_record(
        {"about": [*_ABOUT, *nothing], "activities": told}, meta=meta, moment=timezone.now()
    )


def _length(told: Any) -> int:
    """Count the characters of all words, with what the ends of lines cost."""
    if isinstance(told, str):
        return len(told) + _COST_OF_A_LINE * told.count("\n")
    return sum(map(_length, told.values() if isinstance(told, dict) else told))


def _activity(led: LedActivity) -> dict[str, Any]:
    stored = led.stored
    return {
        "over": f"{led.kind.label} · {led.document.title}, edition {stored.number} · {led.phase.label}",
        "question": led.question,
        "notes": list(_notes(led)),
        "tables": list(_tables(led)),
        "phases": _phases(led),
    }


def _notes(led: LedActivity) -> Iterator[str]:
    if led.stored.retracted_at:
        yield "This edition of the topic was retracted; the topic's page says why."
    if led.kind is ActivityKind.POLL:
        if not led.has_result:
            yield "What was chosen is shown when the poll is closed."
    elif not led.handed_in:
        yield "Nothing was handed in."


def _tables(led: LedActivity) -> Iterator[dict[str, Any]]:
    """Give the result of a poll, or what the groups of a controversy have found."""
    if led.kind is ActivityKind.POLL and led.has_result:
        yield from _poll(led)
    if led.kind is ActivityKind.CONTROVERSY and led.phase is ActivityPhase.ENDED:
        agreements, cruxes = len(led.document.common_ground), len(led.document.cruxes)
        rows = [
            [
                f"Group {one.group}" if one.group else "The class",
                *(f"{one.agreements} of {agreements}", f"{one.cruxes} of {cruxes}"),
            ]
            for one in led.consensus
        ]
        if rows:
            yield {"title": "What the groups have found", "head": ["", "Agreements", "Open questions"], "rows": rows}


def _poll(led: LedActivity) -> Iterator[dict[str, Any]]:
    whole = led.is_whole
    shown = [(one.before, one.after) if whole else (one.before,) for one in led.corners]
    words = [f"{one.corner.label}. {one.words}" for one in led.corners]
    rows = [[said, *map(number_or_hidden, numbers)] for said, numbers in zip(words, shown, strict=True)]
    head = ["Corner", "Before", *(["After"] if whole else [])]
    yield {"title": "Where the class stands", "head": head, "rows": rows}
    if whole:
        flows = [[one.corner.label, *map(number_or_hidden, one.flows)] for one in led.corners]
        head = ["Before", *(one.corner.label for one in led.corners)]
        yield {"title": "From where (rows) to where (columns)", "head": head, "rows": flows}


def _phases(led: LedActivity) -> list[dict[str, Any]]:
    """Give what was handed in, phase by phase, in each by nickname."""
    order = phases.PHASES[led.kind].index
    rows = sorted(led.handed_in, key=lambda row: order(row.phase))
    return [
        {"title": phase.label, "contributions": [_contribution(row, led) for row in own]}
        for phase, own in groupby(rows, key=attrgetter("phase"))
    ]


def _contribution(row: HandedIn, led: LedActivity) -> dict[str, Any]:
    pupil, figures = row.contribution.pupil, row.figures
    counted = (
        f"Words: {figures.words} · claims: {figures.claims} · quotations found: {figures.quotes_found}"
        if row.right is None
        else f"Right answers: {row.right} of {len(led.sheet)}"
    )
    return {
        "who": f"{pupil.nickname}, group {pupil.group}" if pupil.group else pupil.nickname,
        "text": breakable(row.contribution.text),
        "chosen": [breakable(words) for words in row.chosen],
        "counted": counted,
        "feedback": breakable(row.contribution.feedback),
    }
