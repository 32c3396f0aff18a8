"""The claims of a side on cards, each with its evidence and the work it comes from in a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from perspectives.rules.documents.topic_document import Cite, Claim, Perspective, TopicEdition
from perspectives.web.topics.references import Run, short_runs


@dataclass(frozen=True)
class Card:
    """A claim with its citations, each with the reference of its source."""

    claim: Claim
    cites: tuple[tuple[Cite, tuple[Run, ...]], ...]


@dataclass(frozen=True)
class SideCards:
    """The cards of a perspective."""

    side: Perspective
    cards: tuple[Card, ...]


def cards(document: TopicEdition, sides: Iterable[Perspective]) -> list[SideCards]:
    """Make the cards of some sides of a topic."""
    return [SideCards(side, tuple(_card(claim, document) for claim in side.claims)) for side in sides]


def _card(claim: Claim, document: TopicEdition) -> Card:
    return Card(claim, tuple((cite, short_runs(document.sources[cite.source])) for cite in claim.cites))
