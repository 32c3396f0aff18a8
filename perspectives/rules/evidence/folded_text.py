"""Texts as the words that are compared: without case, accents, punctuation and the marks of print.

A folded text is its words with one space before and behind each. Two spellings of the same words fold alike; no word is
dropped, and no number and no negation folds into another. Words that a line break divides keep a mark, since only the
quotation can say whether the hyphen belongs to the word.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

DIVIDED = "\x01"
"""Stands where a hyphen at the end of a line divided a word."""
_POINT, _APOSTROPHE, _MINUS, _COMMA = "\x02", "'", "\x04", "\x05"
_DIVISION = re.compile(r"-(?<=[^\W\d_]-)\s*\n\s*(?=[^\W\d_])")
# Patterns begin with what is rare and look back from there: so the scan of a long text jumps from hit to hit.
_NOTE = re.compile(r"\[\d{1,3}\]")
_RAISED = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_INNER_POINT = re.compile(r"\.(?<=\d\.)(?=\d)")
_INNER_COMMA = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_INNER_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_NEGATIVE = re.compile(r"-(?<![^\s(]-)(?=\d)")
_KEPT_INSIDE = ((_INNER_POINT, _POINT), (_INNER_COMMA, _COMMA), (_INNER_APOSTROPHE, "\x03"), (_NEGATIVE, _MINUS))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PLAIN = {
    **{number: " " for number in range(128) if not chr(number).isalnum()},
    **{ord(sign): sign for sign in "%$"},
    **{ord(mark): mark for mark in (DIVIDED, _POINT, _MINUS, _COMMA)},
    0x03: _APOSTROPHE,
}
"""What ASCII characters become once the marks that belong to words are set apart."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        **{
            raised: f" {unicodedata.digit(raised)}"
            for raised in "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
        },
    }
)
_SIGNS = {"\u20ac": " \u20ac ", "\u00a3": " \u00a3 "}
_BLOCK = 4000
_SAMPLE = 20_000
"""How many characters show in which script a text is written."""
_BETWEEN = re.compile(r"[^\W\d_] (?=[^\W\d_])")
_SCRIPTS = re.compile(r"(?P<latin>[a-z]+)|(?P<other>[^\W\d_a-z]+)")


class FoldedText:
    """A text, its words, and where in the text each of them stands."""

    def __init__(self, original: str) -> None:
        self.original = original
        self._blocks = list(_blocks(original))
        folded = [_framed(_stream(_marked(original[start:end]))).strip() for start, end in self._blocks]
        self._before = list(accumulate((len(words.split()) for words in folded), initial=0))
        """How many words stand before each block."""
        self.words = f" {' '.join(filter(None, folded))} "
        """All words with one space before and behind each."""

    def words_for(self, wanted: Iterable[str]) -> str:
        """Give the words, those that a line divides made whole where that is a wanted word, else as two."""
        pieces, joints = self._joined(wanted)
        return "".join(part for pair in zip(pieces, [*joints, ""], strict=True) for part in pair)

    def span(self, first: int, last: int, wanted: Iterable[str] = ()) -> tuple[int, int]:
        """Tell where the words `first` to `last` (from 0, both included) of `words_for` begin and end in the text."""
        pieces, joints = self._joined(wanted)
        parted = []
        number = -1
        for piece, joint in zip(pieces, joints, strict=False):
            number += piece.count(" ") + len(joint)
            parted += [number] * len(joint)
        numbers = [number - bisect_right(parted, number) for number in (first, last)]
        blocks = [bisect_right(self._before, number) - 1 for number in numbers]
        places = {block: self._places(block) for block in set(blocks)}
        (begin, _), (_, end) = (places[block](number) for block, number in zip(blocks, numbers, strict=True))
        return begin, end

    def _joined(self, wanted: Iterable[str]) -> tuple[list[str], list[str]]:
        """Divide the words where lines divided one, and give what belongs between the pieces: nothing or a space."""
        pieces = self.words.split(DIVIDED)
        whole = frozenset(wanted)
        sides = pairwise(pieces)
        joints = [
            "" if before.rpartition(" ")[2] + behind.partition(" ")[0] in whole else " " for before, behind in sides
        ]
        return pieces, joints

    def _places(self, block: int) -> Callable[[int], tuple[int, int]]:
        """Read a block, whose letters are folded each for itself; the result tells where a word of it stands."""
        start, end = self._blocks[block]
        marked = _marked(self.original[start:end])
        origin = [place for place, letter in enumerate(marked) for _ in range(_width(letter))]
        found = list(re.finditer(r"\S+", _stream(marked)))

        def place(number: int) -> tuple[int, int]:
            word = found[number - self._before[block]]
            return start + origin[word.start()], start + origin[word.end() - 1] + 1

        return place


def fold_words(text: str) -> list[str]:
    """Give the words of a short text, such as a quotation, folded."""
    return _framed(_stream(_marked(text))).replace(DIVIDED, "").split()


def is_in_other_script(words: Iterable[str], text: FoldedText) -> bool:
    """Whether hardly any letter of the text is of the script that the words are written in."""
    wanted = _scripts(" ".join(words))
    given = _scripts(text.words[:_SAMPLE])
    script = max(wanted, key=lambda name: wanted[name])
    return wanted[script] > 0 and given[script] < sum(given.values()) / 50


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Divide a long text between two words, so that a place in it is found without reading all of it again."""
    start = 0
    while start < len(text):
        cut = _BETWEEN.search(text, start + _BLOCK)
        end = cut.start() + 1 if cut else len(text)
        yield start, end
        start = end


def _marked(text: str) -> str:
    """Replace what is of print and not of the text, by as many characters."""
    text = _NOTE.sub(_blank, text)
    if not text.isascii():
        text = _RAISED.sub(lambda mark: _blank(mark) if text[mark.start() - 1].isalpha() else mark[0], text)
    return _DIVISION.sub(lambda found: DIVIDED + "\u00ad" * (len(found[0]) - 1), text.replace("\u2010", "-"))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _folded(text: str) -> str:
    """Fold letters and marks; each letter for itself, so that a text folds as its letters do."""
    plain = text if text.isascii() else _FOREIGN.sub(_folded_run, text)
    for mark, instead in (("[", ""), ("]", ""), ("%", " % "), ("$", " $ ")):
        plain = plain.replace(mark, instead)
    return plain.lower()


@lru_cache(maxsize=50_000)
def _width(letter: str) -> int:
    return len(_folded(letter))


def _folded_run(found: re.Match[str]) -> str:
    return _folded_letters(found[0])


@lru_cache(maxsize=50_000)
def _folded_letters(run: str) -> str:
    """Fold characters beyond ASCII: no accents, no ligatures, plain hyphens and apostrophes, other marks as spaces."""
    plain = unicodedata.normalize("NFKD", run.translate(_ALIKE)).casefold().translate(_ALIKE)
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() or letter.isalnum() else _SIGNS.get(letter, " ") for letter in letters)


def _stream(marked: str) -> str:
    """Give the words with anything but words as spaces, as long as the folded text."""
    folded = _folded(marked)
    for pattern, mark in _KEPT_INSIDE:
        folded = pattern.sub(mark, folded)
    return folded.translate(_PLAIN)


def _framed(stream: str) -> str:
    words = " ".join(stream.split()).replace(_COMMA, "").replace(_POINT, ".").replace(_MINUS, "-")
    return f" {words} "


def _scripts(words: str) -> dict[str, int]:
    found = {"latin": 0, "other": 0}
    for match in _SCRIPTS.finditer(words):
        found[match.lastgroup or "other"] += len(match[0])
    return found
