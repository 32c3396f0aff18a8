"""Which phases an activity of a class has, and what is done in each."""

from collections.abc import Mapping
from typing import Final

from perspectives.vocab import ActivityKind, ActivityPhase

_PHASE = ActivityPhase
PHASES: Final[Mapping[ActivityKind, tuple[ActivityPhase, ...]]] = {
    ActivityKind.ANSWER: (_PHASE.PLANNED, _PHASE.WRITING, _PHASE.REVEALED, _PHASE.ENDED),
    ActivityKind.POLL: (_PHASE.PLANNED, _PHASE.BEFORE, _PHASE.BETWEEN, _PHASE.AFTER, _PHASE.ENDED),
    ActivityKind.COMPARISON: (_PHASE.PLANNED, _PHASE.WRITING, _PHASE.REVEALED, _PHASE.ENDED),
    ActivityKind.QUIZ: (_PHASE.PLANNED, _PHASE.WRITING, _PHASE.ENDED),
    ActivityKind.CONTROVERSY: (
        *(_PHASE.PLANNED, _PHASE.PREPARING, _PHASE.PRESENTING, _PHASE.REVERSING, _PHASE.SEEKING, _PHASE.ENDED),
    ),
}
"""The phases of each kind in their order; `reachable` says to which a teacher may go."""
TAKES_TEXT: Final = frozenset(
    {_PHASE.WRITING, _PHASE.PREPARING, _PHASE.PRESENTING, _PHASE.REVERSING, _PHASE.SEEKING},
)
"""In these pupils hand something in."""
TAKES_BALLOTS: Final = frozenset({_PHASE.BEFORE, _PHASE.AFTER})
LONGEST_MINUTES: Final = 180
"""The longest timer of a phase."""
HAS_CRUX: Final = frozenset({ActivityKind.ANSWER, ActivityKind.POLL})
"""Kinds that are about one question on which the sides part."""


def reachable(kind: ActivityKind, phase: ActivityPhase) -> tuple[ActivityPhase, ...]:
    """Give the phases to which a teacher may go: any, also back, but of a poll those from the present one on.

    Were a poll opened again after its result, the next result would tell what those chose who voted in between.
    """
    own = PHASES[kind]
    return own[own.index(phase) :] if kind is ActivityKind.POLL else own


def onward(kind: ActivityKind, phase: ActivityPhase) -> ActivityPhase | None:
    """Give the phase that follows; None after the last."""
    own = PHASES[kind]
    place = own.index(phase) + 1
    return own[place] if place < len(own) else None
