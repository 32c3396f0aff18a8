"""The brief of a topic: what all sides accept, each side's answer with one quotation, and where they part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from perspectives.rules.documents.fields import word_count
from perspectives.rules.documents.topic_document import Cite, Claim, Perspective, TopicEdition
from perspectives.rules.sources.short_reference import address, names_and_year
from perspectives.rules.topics.people import is_written_by, person_slug
from perspectives.vocab import CruxKind, QuoteStatus, Relation, Stance

MOST_ACCEPTED: Final = 2
"""How many agreements a brief has; each is a sentence."""
FEWEST_WORDS: Final = 4
"""Shorter quotations are fragments, which say little alone; they stand in only where nothing longer is as good."""
_SEEN = (QuoteStatus.OWN_TEXT, QuoteStatus.REPRODUCTION, QuoteStatus.TRANSLATED)
"""States in which an editor read the words of the work, in whatever copy."""
_RELATIONS: Final = (Relation.STATES, Relation.SUPPORTS, Relation.CONTEXT)
"""How a work may bear on the claim that it is quoted for, the best first: none is quoted against its own side."""
Notes = Callable[[str, str], tuple[str, ...]]
"""Tells, by citekey and words, what a machine and editors found of a quotation and its work, in sentences."""


@dataclass(frozen=True)
class Quotation:
    """The words of a work, where they stand, how far they were checked, and the claim that they are quoted for."""

    words: str
    language: str
    """A language tag, or nothing where the words are English."""
    translation: str
    translator: str
    status: QuoteStatus
    relation: Relation
    source: str
    names: str
    """Who wrote the work and when, such as `Pratt 2018`."""
    title: str
    locator: str
    address: str
    """Where the work can be found, or nothing."""
    claim: Claim
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Position:
    """What one perspective answers; `words` are its summary where it has no plain wording."""

    perspective: str
    label: str
    words: str
    is_plain: bool
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class BriefAnswer:
    """What a side answers: all its positions, and one quotation, so that each side has as much room."""

    stance: Stance
    side: str
    """What the stance is called: the author's by the author's short name."""
    positions: tuple[Position, ...]
    quotation: Quotation | None


@dataclass(frozen=True)
class Parting:
    """The question on which the sides part, and what would settle it."""

    question: str
    kind: CruxKind
    would_settle: str


@dataclass(frozen=True)
class Brief:
    """A topic on a screen or two."""

    topic: str
    edition: int
    title: str
    question: str
    accepted: tuple[str, ...]
    answers: tuple[BriefAnswer, ...]
    """One a stance, in the order of the vocabulary, even where a stance has no position."""
    parting: Parting | None


def brief(document: TopicEdition, notes: Notes = lambda _key, _words: ()) -> Brief:
    """Make the brief of an edition; the same edition always gives the same brief, but for the `notes`."""
    crux = next(iter(document.cruxes), None)
    return Brief(
        topic=document.topic,
        edition=document.edition,
        title=document.title,
        question=document.question,
        accepted=tuple(agreement.text for agreement in document.common_ground[:MOST_ACCEPTED]),
        answers=tuple(_answer(document, stance, notes) for stance in Stance),
        parting=Parting(crux.question, crux.kind, crux.would_settle) if crux else None,
    )


def side_name(document: TopicEdition, stance: Stance) -> str:
    """Name a stance for readers: the author's by the author's short name, the others by their label."""
    return document.article_head.author_short if stance is Stance.AUTHOR else str(stance.label)


def _answer(document: TopicEdition, stance: Stance, notes: Notes) -> BriefAnswer:
    sides = [side for side in document.perspectives if side.stance is stance]
    return BriefAnswer(
        stance=stance,
        side=side_name(document, stance),
        positions=tuple(
            Position(side.id, side.label, side.plain or side.summary, side.plain is not None, side.names)
            for side in sides
        ),
        quotation=best_quotation(document, sides, [claim for side in sides for claim in side.claims], notes),
    )


def best_quotation(
    document: TopicEdition, sides: list[Perspective], claims: list[Claim], notes: Notes = lambda _key, _words: ()
) -> Quotation | None:
    """Choose among the quotations of claims of `sides`; the first in the document of those that rank alike."""
    holders = {person_slug(name) for side in sides for name in side.names}
    quoted = [
        (claim, cite)
        for claim in claims
        for cite in claim.cites
        if cite.quote is not None and cite.relation in _RELATIONS
    ]
    if not quoted:
        return None
    claim, cite = min(quoted, key=lambda one: _rank(document, one[1], holders))
    found = _quotation(document, claim, cite)
    return replace(found, notes=notes(found.source, found.words))


def _rank(document: TopicEdition, cite: Cite, holders: set[str]) -> tuple[int, ...]:
    """Rank a quotation, the best lowest: words seen, stated, by a holder, no fragment, from the article, page, link."""
    record = document.sources[cite.source]
    return (
        cite.quote_status not in _SEEN,
        _RELATIONS.index(cite.relation),
        not any(is_written_by(name, person) for name in record.author for person in holders),
        word_count(cite.quote or "") < FEWEST_WORDS,
        cite.source != document.article_head.source,
        not cite.locator,
        not address(record),
    )


def _quotation(document: TopicEdition, claim: Claim, cite: Cite) -> Quotation:
    record = document.sources[cite.source]
    return Quotation(
        words=cite.quote or "",
        language=cite.quote_language or "",
        translation=cite.translation or "",
        translator=cite.translator or "",
        status=cite.quote_status or QuoteStatus.NOT_CHECKED,
        relation=cite.relation,
        source=cite.source,
        names=names_and_year(record),
        title=record.title,
        locator=cite.locator or "",
        address=address(record),
        claim=claim,
    )
