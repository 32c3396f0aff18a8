"""A question as people type it, taken apart: words and phrases to find, words to avoid, and what stands for what."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from perspectives.rules.search.search_entries import bare
from perspectives.rules.search.stop_words import telling

MAX_WORDS = 24
"""How many words of a question are read; the rest is left out, and that is said."""
LONGEST_NAME = 4
"""How many words an entry of the thesaurus may have to be recognised in a question."""
_LEAST_PREFIX = 3
_FIRST_NOT_LATIN = "\N{GREEK CAPITAL LETTER HETA}"
"""The index takes accents from Latin letters alone: й is no и with an accent."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›＂″", '"') | dict.fromkeys("’‘‛ʼ′`", "'") | dict.fromkeys("–—−‒", " "))
_PIECE = re.compile(r"(?P<not>(?<!\S)-)?(?:\"(?P<phrase>[^\"]*)\"|(?P<words>[^\s\"]+))")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"'s$")
_SIGNS = re.compile(r"(?<!\S)-(?:[\s-]*-)*(?=\S)")


def tidy(text: str) -> str:
    """Write quotation marks, apostrophes and white space in one way, and leave out what nobody sees."""
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in text.translate(_QUOTES))
    joined = _INITIALS.sub(lambda match: match[0].replace(".", ""), seen)
    return " ".join(_SIGNS.sub("-", joined).split())


@dataclass(frozen=True)
class Piece:
    """A word or a phrase of a question; `choice` counts the parts between `OR`."""

    text: str
    choice: int = 0
    is_phrase: bool = False
    is_excluded: bool = False
    says_something: bool = True
    is_quoted: bool = False
    """Whether the word belongs to a phrase, which is asked for as a whole besides."""


@dataclass(frozen=True)
class Question:
    """A question taken apart."""

    text: str
    pieces: tuple[Piece, ...]
    is_cut: bool
    """Whether it had more words than are read."""

    def grams(self) -> list[dict[str, Any]]:
        """List what the database is to look up: phrases, words, and words that follow each other."""
        asked: dict[str, dict[str, Any]] = {}
        for piece in self.pieces:
            if piece.is_phrase or piece.is_excluded:
                asked[piece.text] = {"text": piece.text, "is_word": False, "prefixes": []}
        for run in self.runs():
            for length in range(1, LONGEST_NAME + 1):
                for first in range(len(run) - length + 1):
                    some = run[first : first + length]
                    if any(piece.says_something for piece in some):
                        text = " ".join(piece.text for piece in some)
                        asked[text] = {"text": text, "is_word": length == 1, "prefixes": _prefixes(text, length)}
        return list(asked.values())

    def runs(self) -> list[list[Piece]]:
        """Give the words that stand beside each other."""
        plain = [piece for piece in self.pieces if not (piece.is_phrase or piece.is_excluded)]
        return [list(some) for _, some in groupby(plain, key=lambda piece: piece.choice)]


def read(text: str) -> Question:
    """Take a question apart: `"phrases"`, `-what is not to be found`, `OR`, and words."""
    tidied = tidy(text)
    found = list(_pieces(tidied))
    plain = [piece for piece in found if not (piece.is_phrase or piece.is_excluded)]
    says = telling([piece.text.lower().replace("'", "") for piece in plain])
    judged = iter(says)
    pieces = [
        piece
        if piece.is_phrase or piece.is_excluded
        else replace(piece, says_something=next(judged) and len(piece.text) > 1)
        for piece in found
    ]
    return Question(tidied, tuple(pieces[:MAX_WORDS]), len(pieces) > MAX_WORDS)


def _pieces(text: str) -> Iterator[Piece]:
    choice = 0
    for match in _PIECE.finditer(text):
        is_excluded = bool(match["not"])
        if match["words"] == "OR":
            choice += 1
        elif match["words"] is None:
            words = _WORD.findall(match["phrase"])
            if words:
                yield Piece(" ".join(words), choice, is_phrase=True, is_excluded=is_excluded)
            if not is_excluded:
                yield from (replace(_word(word, choice), is_quoted=True) for word in words)
        else:
            for word in _WORD.findall(match["words"]):
                yield Piece(word, choice, is_excluded=True) if is_excluded else _word(word, choice)


def _word(text: str, choice: int) -> Piece:
    return Piece(_POSSESSIVE.sub("", text), choice)


def _prefixes(text: str, length: int) -> list[str]:
    word = "".join(bare(one) if one < _FIRST_NOT_LATIN else one for one in text.lower()).replace("ё", "е")
    if length > 1 or "'" in word:
        return []
    return [f"'{word[:end]}':*" for end in range(_LEAST_PREFIX, len(word) + 1)]
