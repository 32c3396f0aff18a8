"""Terms of art on the topic page: explained in a list, which the first claim that uses a term leads to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perspectives.rules.documents.topic_document import Claim, Term


@dataclass(frozen=True)
class TermView:
    """A term, its id on the page, and the claim in which it first stands; '' where no claim that is shown has it."""

    term: str
    gloss: str
    anchor: str
    first: str


@dataclass(frozen=True)
class Piece:
    """A piece of a claim's words: a term that is explained, or what stands between."""

    text: str
    term: TermView | None = None


def views(terms: Iterable[Term], shown: Iterable[Claim]) -> tuple[TermView, ...]:
    """Find for each term the first of the claims, in the order of the page, that uses it."""
    claims = list(shown)
    return tuple(
        TermView(
            one.term,
            one.gloss,
            f"term_{number}",
            next((claim.id for claim in claims if _pattern(one.term).search(claim.text)), ""),
        )
        for number, one in enumerate(terms, start=1)
    )


def pieces(claim: Claim, terms: Iterable[TermView]) -> tuple[Piece, ...]:
    """Cut a claim's words where it is the first to use a term; of terms that overlap the earlier one is kept."""
    found = [
        (match, term) for term in terms if term.first == claim.id for match in [_pattern(term.term).search(claim.text)]
    ]
    made, at = [], 0
    for match, term in sorted(((match, term) for match, term in found if match), key=lambda pair: pair[0].start()):
        if match.start() >= at:
            made += [Piece(claim.text[at : match.start()]), Piece(match[0], term)]
            at = match.end()
    return tuple(piece for piece in (*made, Piece(claim.text[at:])) if piece.text)


def _pattern(term: str) -> re.Pattern[str]:
    """Match a term as a whole word or words, in capitals or not."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
