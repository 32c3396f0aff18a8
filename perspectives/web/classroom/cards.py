"""What pages of a class show of an edition, the same for all its pupils: made once for them all.

A side's claims on cards, each with its evidence and the work it comes from in a line; and claims to choose from.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from perspectives.queries.publication.publication_cache import CACHE
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


def drawn_cards(document: TopicEdition, sha256: str, sides: Sequence[Perspective], *, is_open: bool) -> str:
    """Write the cards of some sides of the edition with this hash as HTML."""

    def context() -> dict[str, Any]:
        return {"document": document, "sides": cards(document, sides), "is_open": is_open}

    return _once("cards", (sha256, *(side.stance for side in sides), is_open), context)


def drawn_options(sha256: str, sides: Sequence[Perspective], chosen: str) -> str:
    """Write the claims of the edition with this hash as options of a select, of which one may be chosen."""
    is_known = any(claim.id == chosen for side in sides for claim in side.claims)
    name = chosen if is_known else ""  # what somebody sends is not to fill the cache
    return _once("claim_options", (sha256, name), lambda: {"sides": sides, "chosen": name})


def _once(name: str, key: tuple[object, ...], context: Callable[[], dict[str, Any]]) -> str:
    template = f"perspectives/classroom/{name}.html"
    return CACHE.get_or_make((template, *key), lambda: render_to_string(template, context()), kind="fragment")


def _card(claim: Claim, document: TopicEdition) -> Card:
    return Card(claim, tuple((cite, short_runs(document.sources[cite.source])) for cite in claim.cites))
