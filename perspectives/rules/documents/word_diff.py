"""The difference of two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

PieceKind = Literal["same", "removed", "added"]
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LIKENESS = 0.35
"""Texts less alike than this, on a scale to 1, are shown one after the other: a mixture of both could not be read."""
_MOST_PAIRS = 4_000_000
"""The most pairs of words that are compared; beyond it, the time would be felt."""
_MOST_EQUAL_PAIRS = 100_000
"""The most of them that may be equal: each is looked at again and again; 5,000 characters of prose have 20,000."""


@dataclass(frozen=True)
class Piece:
    """A run of words that stands in both texts, only in the first, or only in the second."""

    kind: PieceKind
    text: str


def words_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Cut two texts into pieces: `before` is what is same or removed, `after` what is same or added, in their order."""
    return tuple(piece for piece in _pieces(before, after) if piece.text)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        yield Piece("same", before)
        return
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if _takes_long(old, new) or matcher.ratio() < _LIKENESS:
        yield Piece("removed", before)
        yield Piece("added", after)
        return
    for _, first, first_end, second, second_end in matcher.get_opcodes():
        gone, come = "".join(old[first:first_end]), "".join(new[second:second_end])
        if gone == come:
            yield Piece("same", gone)
        else:
            yield Piece("removed", gone)
            yield Piece("added", come)


def _takes_long(old: list[str], new: list[str]) -> bool:
    here, there = Counter(old), Counter(new)
    equal = sum(count * there[word] for word, count in here.items())
    return len(old) * len(new) > _MOST_PAIRS or equal > _MOST_EQUAL_PAIRS
