"""What an editor says who confirms a quotation: in which copy the words were seen, where in it and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from perspectives.rules.accounts.profile import FieldProblem, tidy_line
from perspectives.rules.documents.fields import invisible

LONGEST_COPY: Final = 300
LONGEST_PLACE: Final = 100
_LINES: Final = (("seen_in", "copy", LONGEST_COPY), ("place", "place", LONGEST_PLACE))


@dataclass(frozen=True)
class Seen:
    """The copy that was looked at, the day, the place in it, and whether readers may learn who it was."""

    seen_in: str
    seen_on: date
    place: str = ""
    is_named: bool = False


def tidy(seen: Seen) -> Seen:
    """Write it as it is kept: lines with single spaces."""
    return Seen(tidy_line(seen.seen_in), seen.seen_on, tidy_line(seen.place), seen.is_named)


def problems(seen: Seen, *, today: date) -> Iterator[FieldProblem]:
    """List what is wrong."""
    if not seen.seen_in:
        yield FieldProblem("seen_in", "Say in which copy you saw the words, such as: print of 2014, city library.")
    for name, label, most in _LINES:
        value = getattr(seen, name)
        if len(value) > most:
            yield FieldProblem(name, f"The {label} has {len(value):,} characters; make it {most} at most.")
        if found := invisible(value):
            yield FieldProblem(name, f"The {label} has the invisible character U+{ord(found):04X}; remove it.")
    if seen.seen_on > today:
        yield FieldProblem("seen_on", "This day is yet to come; give the one on which you saw the words.")
