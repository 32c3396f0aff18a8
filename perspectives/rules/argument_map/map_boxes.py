"""The measures of a map's columns, and its boxes. All measures are px."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from perspectives.rules.argument_map.map_columns import column_of
from perspectives.vocab import Stance

BOX_WIDTH: Final = 308
GUTTER: Final = 167
"""The room between two columns, where arrows and their words are."""
EDGE: Final = 8
"""The margin around the drawing."""


class Point(NamedTuple):
    """A place in the drawing."""

    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """A claim: the place of its upper left corner, and its text in lines."""

    claim: str
    stance: Stance
    x: int
    y: int
    height: int
    lines: tuple[str, ...]

    @property
    def width(self) -> int:
        """How wide it is, like all others."""
        return BOX_WIDTH

    @property
    def right(self) -> int:
        """The x of its right side."""
        return self.x + BOX_WIDTH

    @property
    def centre(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2


def column_left(stance: Stance) -> int:
    """Give the x of the left side of a stance's boxes."""
    return EDGE + column_of(stance) * (BOX_WIDTH + GUTTER)
