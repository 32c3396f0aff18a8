"""Two texts side by side, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Piece:
    """Some words, and whether both texts have them or only one."""

    kind: Literal["same", "removed", "added"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts by words: what is removed stands before what is added in its place."""
    return tuple(_pieces(before.split(), after.split()))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", " ".join(old[first:last]))
            continue
        if first < last:
            yield Piece("removed", " ".join(old[first:last]))
        if start < end:
            yield Piece("added", " ".join(new[start:end]))
