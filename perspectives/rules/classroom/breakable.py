"""Lets words without end break at the ends of lines on paper."""

import re
from typing import Final

_LONG: Final = re.compile(r"([^\s\u200b]{30})(?=[^\s\u200b\u200d\ufe0f\u0300-\u036f])")
"""So many characters without a space stand in a line; a mark that belongs to the letter before it stays with it."""


def breakable(words: str) -> str:
    """Put a space of no width into what is too long for a line and has none."""
    return _LONG.sub("\\1\u200b", words)
