"""The roles of a lesson: what a pupil who speaks for a side of a topic has in hand, as much for each side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from perspectives.rules.documents.topic_document import Claim, Crux, Perspective, TopicEdition
from perspectives.rules.sources.short_reference import names_and_year
from perspectives.rules.topics.alignment import Voice, voices
from perspectives.rules.topics.brief import Quotation, best_quotation, side_name
from perspectives.vocab import Relation, Stance

MOST_OWN: Final = 5
"""How many claims of its own a role has at most: with their evidence they fill a page."""
MOST_HEARD: Final = 3
"""How many claims of each other side a role is prepared for."""


@dataclass(frozen=True)
class Point:
    """A claim that a role may make, and its evidence: a quotation if there is one, else a work and the place in it."""

    voice: Voice
    quotation: Quotation | None
    source: str
    """Who wrote the work, when, and the place in it."""


@dataclass(frozen=True)
class Heard:
    """A claim that a role will hear from another side, and what its own side answers ('' where it is not recorded)."""

    voice: Voice
    how: str
    answer: str


@dataclass(frozen=True)
class Parting:
    """Where the sides part: what this role's side answers there, and what would settle it."""

    crux: Crux
    answer: str


@dataclass(frozen=True)
class Role:
    """All that a role has: its positions, its claims, what it will hear, and where the sides part."""

    stance: Stance
    name: str
    positions: tuple[Perspective, ...]
    points: tuple[Point, ...]
    heard: tuple[Heard, ...]
    partings: tuple[Parting, ...]


def roles(edition: TopicEdition) -> tuple[Role, ...]:
    """Make the roles of a topic, one a stance; each has as many claims and will hear as many as each other.

    Of the claims of a stance those come first that its perspectives put first, in turns.
    """
    known = voices(edition)
    claims = {stance: _in_turns(edition, stance) for stance in Stance}
    fewest = min(map(len, claims.values()))
    return tuple(
        Role(
            stance=stance,
            name=side_name(edition, stance),
            positions=tuple(side for side in edition.perspectives if side.stance is stance),
            points=tuple(_point(edition, known[claim.id]) for claim in claims[stance][: min(MOST_OWN, fewest)]),
            heard=tuple(_heard(edition, stance, known, claims, min(MOST_HEARD, fewest))),
            partings=tuple(Parting(crux, answer_of(crux, stance)) for crux in edition.cruxes),
        )
        for stance in Stance
    )


def answer_of(crux: Crux, stance: Stance) -> str:
    """Give what a stance answers to the question on which the sides part."""
    return {Stance.AUTHOR: crux.author, Stance.OPPOSING: crux.opposing, Stance.NEUTRAL: crux.neutral}[stance]


def _in_turns(edition: TopicEdition, stance: Stance) -> list[Claim]:
    lists = [side.claims for side in edition.perspectives if side.stance is stance]
    return [claim for claim in chain.from_iterable(zip_longest(*lists)) if claim is not None]


def _point(edition: TopicEdition, voice: Voice) -> Point:
    quotation = best_quotation(edition, [voice.perspective], [voice.claim])
    if quotation:
        return Point(voice, quotation, _joined(quotation.names, quotation.locator))
    bearing = [cite for cite in voice.claim.cites if cite.relation is not Relation.DISPUTES]
    cite = next(iter(bearing), None)
    return Point(voice, None, _joined(names_and_year(edition.sources[cite.source]), cite.locator or "") if cite else "")


def _heard(
    edition: TopicEdition, stance: Stance, known: dict[str, Voice], claims: dict[Stance, list[Claim]], most: int
) -> Iterator[Heard]:
    """List what the others say; first that which this side answers, so that a pupil has something to say."""
    answers = {link.to_claim: link for link in reversed(edition.responses) if known[link.from_claim].stance is stance}
    for other in Stance:
        if other is stance:
            continue
        chosen: Iterable[Claim] = sorted(claims[other], key=lambda claim: claim.id not in answers)[:most]
        for claim in chosen:
            link = answers.get(claim.id)
            yield Heard(known[claim.id], str(link.type.label) if link else "", link.note if link else "")


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
