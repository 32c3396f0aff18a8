"""Groups of a class, made by chance and as equal as can be; in a controversy each has two sides."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from perspectives.vocab import ActivityPhase, Stance

MOST_GROUPS: Final = 30
SIDES: Final = (Stance.AUTHOR, Stance.OPPOSING)


@dataclass(frozen=True)
class HandedIn:
    """What one of a group wrote at the end of a controversy, and what of the topic it covers."""

    group: int
    text: str
    accepted: frozenset[str]


@dataclass(frozen=True)
class Consensus:
    """What all of a group who handed something in accept: how many agreements and open questions it covers."""

    group: int
    agreements: int
    cruxes: int
    texts: tuple[str, ...]


def shuffled(pupils: Sequence[int], groups: int) -> dict[int, int]:
    """Give each pupil, by id, the number of a group from 1 on."""
    dealt = secrets.SystemRandom().sample(list(pupils), len(pupils))
    return {pupil: place % groups + 1 for place, pupil in enumerate(dealt)}


def side(place: int, phase: ActivityPhase) -> Stance:
    """Give the side that a pupil presents, by the place in the group; both exchange sides when told to."""
    is_exchanged = phase is ActivityPhase.REVERSING
    return SIDES[(place + is_exchanged) % len(SIDES)]


def consensus(handed_in: Iterable[HandedIn]) -> list[Consensus]:
    """Measure what each group has found, by the number of the group; what one of it left out does not count."""
    ordered = sorted(handed_in, key=lambda one: one.group)
    return [_consensus(number, list(own)) for number, own in groupby(ordered, key=lambda one: one.group)]


def _consensus(number: int, own: Sequence[HandedIn]) -> Consensus:
    shared = frozenset.intersection(*(one.accepted for one in own))
    counts: Mapping[str, int] = {
        kind: sum(name.startswith(kind) for name in shared) for kind in ("agreement-", "crux-")
    }
    texts = tuple(sorted(one.text for one in own if one.text))
    return Consensus(number, counts["agreement-"], counts["crux-"], texts)
