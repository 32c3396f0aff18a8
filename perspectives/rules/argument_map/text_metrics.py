"""Texts to lines of a given width, where nothing can measure letters: by widths that are on the generous side."""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_NARROW, _PLAIN, _BROAD, _WIDE, _SQUARE = 0.3, 0.53, 0.7, 0.92, 1.0
"""Widths in parts of the size of type, each a little more than in the broadest serif face that pages ask for."""
_WIDTHS = {
    **dict.fromkeys(" .,:;!|'`ijlIftr()[]/\\-\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}", _NARROW),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&+=<>~#wm", _BROAD),
    **dict.fromkeys("MW@%\N{EM DASH}\N{HORIZONTAL ELLIPSIS}", _WIDE),
}
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def text_width(text: str, size: float = 1) -> float:
    """Estimate how wide a text is in letters of `size`, in the unit of `size`."""
    return size * sum(map(_width, text))


def lines(text: str, *, width: float, size: float, most: int) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`, `most` of them; what is cut off is told by an ellipsis."""
    room = width / size
    made = list(_lines(drawable(text), room, most + 1))
    if len(made) <= most:
        return tuple(made)
    last = made[most - 1]
    while last and text_width(last) + _WIDE > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return (*made[: most - 1], last.rstrip(" ,;:.") + ELLIPSIS)


def drawable(text: str) -> str:
    """Replace the characters that XML 1.0 cannot hold, without which no drawing could be read."""
    return "".join(character if _is_drawable(character) else REPLACEMENT for character in text)


def _is_drawable(character: str) -> bool:
    return character.isprintable() or character == " " or unicodedata.category(character) in {"Cf", "Zs", "Co"}


def _lines(text: str, room: float, most: int) -> Iterator[str]:
    """Give the lines one by one, and no more than are wanted: texts may be much longer than what is shown."""
    line, given = "", 0
    for word in _words(text, room):
        longer = f"{line} {word}" if line else word
        if not line or text_width(longer) <= room:
            line = longer
            continue
        yield line
        line, given = word, given + 1
        if given == most:
            return
    if line:
        yield line


def _words(text: str, room: float) -> Iterator[str]:
    """Part a text at its spaces, and a word that is wider than a line wherever it must be."""
    for word in text.split():
        rest = word
        while text_width(rest) > room:
            cut = _fitting(rest, room)
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest


def _fitting(word: str, room: float) -> int:
    """Count the letters of a word that fit into a line, at least one."""
    return max(1, sum(used <= room for used in accumulate(map(_width, word))))


def _width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if letter.isascii():
        return _PLAIN
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _SQUARE
    return _BROAD if letter.isupper() else _PLAIN + 0.05
