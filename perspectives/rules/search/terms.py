"""What each word of a question is found by, once the database has told what it knows of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import e, log
from typing import Any

from perspectives.rules.search.questions import LONGEST_NAME, Piece, Question
from perspectives.rules.search.search_entries import bare, best_spelling

_OTHER_WORD = 0.9
"""How well another word of the thesaurus stands for the one that was asked for."""
_RESPELT = 0.7
"""How well a corrected spelling does."""
_OF_PHRASES = 3
"""In how many claims a phrase is taken to stand: no table counts phrases."""

SHORTEST_RESPELT = 6
"""From how many letters on a word that nothing uses is read as the nearest that something does."""

Looked = Mapping[str, Mapping[str, Any]]
"""What the database knows of each text that it was asked for: `query`, `claims`, `alike`, `near`."""


@dataclass(frozen=True)
class Term:
    """What one word, name or phrase of a question is found by: conditions in the form of a `tsquery`."""

    asked: str
    query: str
    others: tuple[str, ...] = ()
    """What the thesaurus gives beside it."""
    claims: int = 0
    """How many claims and topics use it."""
    nearest: str = ""
    """The known word that was perhaps meant, where nothing has the one that was asked for."""
    is_respelt: bool = False
    """Whether it is found by that."""
    choice: int = 0
    is_quoted: bool = False
    """Whether it stands in a phrase, which is asked for as a whole besides."""

    @property
    def any(self) -> str:
        """The condition that holds where it or another word for it stands."""
        return f"({' | '.join(dict.fromkeys((self.query, *self.others)))})"

    @property
    def is_known(self) -> bool:
        """Whether anything published can have it."""
        return bool(self.claims)

    @property
    def weight(self) -> float:
        """How much it says: a word of few claims more than a word of many, as inverse document frequency has it."""
        return 1 / log(e + self.claims)

    def conditions(self) -> Iterator[tuple[str, float]]:
        """Give each condition with how well it stands for what was asked."""
        yield self.query, _RESPELT if self.is_respelt else 1.0
        yield from ((other, _OTHER_WORD) for other in self.others)


@dataclass(frozen=True)
class Understood:
    """A question read against what is published."""

    question: Question
    terms: tuple[Term, ...] = ()
    """Its words and names, those in phrases too."""
    phrases: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    pairs: tuple[str, ...] = ()
    """Conditions for two words that follow each other in the question and in the text."""

    @property
    def unknown(self) -> list[str]:
        """The words that nothing published has."""
        return [term.asked for term in self.terms if not term.is_known]

    @property
    def corrections(self) -> dict[str, str]:
        """The words that were perhaps misspelt, in small letters, each with what was perhaps meant."""
        return {bare(term.asked): term.nearest for term in self.terms if term.nearest}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for that could be found."""
        return not (self.terms or self.phrases)

    @property
    def has_only_exclusions(self) -> bool:
        """Whether one of the choices between `OR` says only what not to find."""
        asked = {term.choice for term in (*self.terms, *self.phrases)}
        return any(term.choice not in asked for term in self.excluded)

    @property
    def known(self) -> list[Term]:
        """The terms that anything published can have."""
        return [term for term in self.terms if term.is_known]


def understand(question: Question, looked: Looked) -> Understood:
    """Join what was asked and what the database knows of it."""
    terms = [term for run in question.runs() for term in _terms(run, looked)]
    quoted = [piece for piece in question.pieces if piece.is_phrase and not piece.is_excluded]
    phrases = [
        Term(piece.text, query, claims=_OF_PHRASES, choice=piece.choice)
        for piece in quoted
        if (query := looked[piece.text]["query"])
    ]
    excluded = [
        Term(piece.text, query, choice=piece.choice)
        for piece in question.pieces
        if piece.is_excluded and (query := looked[piece.text]["query"])
    ]
    return Understood(question, tuple(terms), tuple(phrases), tuple(excluded), tuple(_pairs(question, looked)))


def _pairs(question: Question, looked: Looked) -> Iterator[str]:
    for run in question.runs():
        for first, second in pairwise(run):
            found = looked.get(_text([first, second]))
            if first.says_something and second.says_something and found and "<" in found["query"]:
                yield found["query"]


def _terms(run: Sequence[Piece], looked: Looked) -> Iterator[Term]:
    """Read words that follow each other: the longest name of the thesaurus first, else word by word."""
    place = 0
    while place < len(run):
        length = next(
            (
                length
                for length in range(min(LONGEST_NAME, len(run) - place), 1, -1)
                if _is_name(run[place : place + length], looked)
            ),
            1,
        )
        if length > 1 or run[place].says_something:
            yield from _term(run[place : place + length], looked)
        place += length


def _is_name(words: Sequence[Piece], looked: Looked) -> bool:
    """Say whether the thesaurus knows these words as one; "the war" is but a word with another beside it."""
    found = looked.get(_text(words))
    if found is None or not found["alike"] or "<" not in found["query"]:
        return False
    return words[0].says_something or looked.get(_text(words[1:]), found)["query"] != found["query"]


def _text(run: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in run)


def _term(run: Sequence[Piece], looked: Looked) -> Iterator[Term]:
    text, choice = _text(run), run[0].choice
    found = looked[text]
    if not found["query"]:
        return
    query, claims, alike = found["query"], found["claims"] or 0, found["alike"] or []
    known = {word: rest for word, *rest in found["near"] or []}
    nearest = best_spelling(bare(text), [(word, count) for word, (count, *_) in known.items()]) or ""
    is_respelt = bool(nearest) and len(text) >= SHORTEST_RESPELT and nearest[0] == bare(text)[0]
    if is_respelt:
        claims, query, alike = known[nearest]
    others = tuple(dict.fromkeys(one for group in alike or () for one in group if one != query))
    is_quoted = all(piece.is_quoted for piece in run)
    yield Term(text, query, others, max(claims, len(others)), nearest, is_respelt, choice, is_quoted)
