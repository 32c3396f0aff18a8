"""Years and spans of years, as filters take them: `1990`, `1990..1999`, `1990..`, `..1999`."""

import re
from typing import Final, NamedTuple

FIRST: Final = 1
LAST: Final = 9999
PATTERN: Final = r"([1-9][0-9]{0,3}(\.\.([1-9][0-9]{0,3})?)?|\.\.[1-9][0-9]{0,3})"
SENTENCE: Final = (
    f"Give years from {FIRST} to {LAST}, or spans from the earlier to the later: 1990, 1990..1999, 1990.. or ..1999."
)
_FORM: Final = re.compile(PATTERN)


class Span(NamedTuple):
    """The years from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def is_single(self) -> bool:
        """Whether it is one year."""
        return self.first == self.last


def read(text: str) -> Span:
    """Read a year or a span; an open end is the first or the last year that there can be. Raises ValueError."""
    if _FORM.fullmatch(text) is None:
        raise ValueError(SENTENCE)
    first, dots, last = text.partition("..")
    found = Span(int(first or FIRST), int((last or LAST) if dots else first))
    if found.first > found.last:
        raise ValueError(SENTENCE)
    return found
