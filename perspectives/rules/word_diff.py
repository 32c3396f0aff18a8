"""The difference of two texts, word by word, for people who compare them."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 2000
"""Longer texts are shown one after the other: comparing takes time that grows with the square of the words."""


@dataclass(frozen=True)
class Words:
    """A run of words that both texts have, or only the first (`gone`), or only the second (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(before: str, after: str) -> tuple[Words, ...]:
    """Compare two texts; the runs that are not new make `before` again, those that are not gone `after`.

    White space counts only as what separates words.
    """
    return tuple(_runs(before.split(), after.split()))


def _runs(old: list[str], new: list[str]) -> Iterator[Words]:
    if max(len(old), len(new)) > MOST_WORDS:
        spans = [("replace", 0, len(old), 0, len(new))]
    else:
        spans = [*SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()]
    for tag, start, end, first, last in spans:
        if tag == "equal":
            yield Words("same", " ".join(old[start:end]))
            continue
        if start < end:
            yield Words("gone", " ".join(old[start:end]))
        if first < last:
            yield Words("new", " ".join(new[first:last]))
