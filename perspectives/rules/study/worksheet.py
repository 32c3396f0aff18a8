"""A worksheet: claims to answer, of one side or of all three, and what is known to answer them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perspectives.rules.documents.topic_document import Gap, Response, TopicEdition
from perspectives.rules.study.roles import roles
from perspectives.rules.topics.alignment import Voice, rows, voices
from perspectives.vocab import Stance

ALL: Final = "all"
SIDES: Final = (*Stance.values, ALL)
"""Of whom a worksheet has claims, by the name that addresses have."""
_OF_EACH: Final = 2
"""How many claims of each side a paper has that is of all three."""


@dataclass(frozen=True)
class Found:
    """A claim that answers the one of the task, or that the one of the task answers, and how."""

    voice: Voice
    response: Response
    is_answer: bool
    """Whether it answers the claim of the task; else that one answers it."""


@dataclass(frozen=True)
class Task:
    """A claim to answer, what answers it, and from which sides no answer was found.

    Where nothing answers it, `found` has what it answers itself, so that there is something to compare with.
    """

    voice: Voice
    found: tuple[Found, ...]
    gaps: tuple[Gap, ...]


def stances(side: str) -> tuple[Stance, ...]:
    """Tell of which stances the worksheet of a side, one of `SIDES`, has claims."""
    return tuple(Stance) if side == ALL else (Stance.of(side),)


def tasks(edition: TopicEdition, stance: Stance) -> tuple[Task, ...]:
    """Make a task of each claim of a stance."""
    known = voices(edition)
    return tuple(_task(edition, known, voice) for voice in known.values() if voice.stance is stance)


def on_paper(edition: TopicEdition, side: str) -> tuple[Task, ...]:
    """Choose the tasks of a paper: as many for each side, those that its role has."""
    known, most = voices(edition), _OF_EACH if side == ALL else None
    points = {role.stance: role.points[:most] for role in roles(edition)}
    return tuple(_task(edition, known, point.voice) for stance in stances(side) for point in points[stance])


def missing(edition: TopicEdition) -> tuple[Voice, ...]:
    """List the claims of other sides that answer none of the author's side, directly or through another."""
    opened = (row for row in rows(edition) if row.lead.stance is Stance.AUTHOR)
    led = {answer.voice.claim.id for row in opened for cell in row.cells for answer in cell.answers}
    return tuple(
        voice for voice in voices(edition).values() if voice.stance is not Stance.AUTHOR and voice.claim.id not in led
    )


def _task(edition: TopicEdition, known: Mapping[str, Voice], voice: Voice) -> Task:
    own = voice.claim.id
    found = [Found(known[one.from_claim], one, is_answer=True) for one in edition.responses if one.to_claim == own] or [
        Found(known[one.to_claim], one, is_answer=False) for one in edition.responses if one.from_claim == own
    ]
    found.sort(key=lambda one: [*Stance].index(one.voice.stance))
    return Task(voice, tuple(found), tuple(gap for gap in edition.gaps if gap.claim == own))
