"""The picture that chat programs show of a topic: its title, its question, and each side's answer in a line or two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from perspectives.rules.argument_map.text_metrics import ELLIPSIS, drawable, lines
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.vocab import Stance
from perspectives.web.topics.argument_map import INKS
from perspectives.web.topics.comparison import sides

WIDTH: Final = 600
HEIGHT: Final = 315
"""Half of the 1200 x 630 that chat programs ask for: pictures have two pixels for each."""
EDGE: Final = 30
QUESTION_SIZES: Final = ((27, 3), (22, 4))
"""Sizes of type and how many lines of each there is room for, the largest first."""
_LEADING: Final = 1.2
_QUESTION_TOP: Final = 84
LABEL_SIZE: Final = 16
_LABEL_LINE: Final = 19
_GUTTER: Final = 18
COLUMN: Final = (WIDTH - 2 * EDGE - 2 * _GUTTER) // 3
HEADS: Final = 196
"""The height of the lines over the three columns."""
_LABEL_TOP: Final = HEADS + 42
_MOST_LABEL_LINES: Final = 3


@dataclass(frozen=True)
class Column:
    """A side: its name, its first position in lines with the heights of their baselines."""

    stance: Stance
    name: str
    ink: str
    x: int
    right: int
    lines: tuple[tuple[int, str], ...]


class Preview:
    """Everything that the drawing shows."""

    width, height, edge, heads = WIDTH, HEIGHT, EDGE, HEADS
    label_size = LABEL_SIZE
    name_height = HEADS + 20
    mark_height = HEADS + 15
    right = WIDTH - EDGE
    foot = HEIGHT - 14

    def __init__(self, document: TopicEdition) -> None:
        self._document = document
        self.question_size, made = _largest(document.question)
        heights = (round(_QUESTION_TOP + number * self.question_size * _LEADING) for number in range(len(made)))
        self.question = tuple(zip(heights, made, strict=True))
        """The question in lines with the heights of their baselines."""

    @property
    def title(self) -> str:
        """The topic's title, cut to a line."""
        [line] = lines(self._document.title, width=WIDTH - 2 * EDGE, size=LABEL_SIZE, most=1)
        return line

    @property
    def columns(self) -> Iterator[Column]:
        """The sides, the author's first; of several positions of a side the first is shown."""
        for number, side in enumerate(sides(self._document)):
            x = EDGE + number * (COLUMN + _GUTTER)
            label = side.perspectives[0].label if side.perspectives else ""
            made = lines(label, width=COLUMN, size=LABEL_SIZE, most=_MOST_LABEL_LINES)
            placed = tuple((_LABEL_TOP + at * _LABEL_LINE, line) for at, line in enumerate(made))
            yield Column(side.stance, drawable(side.name), INKS[side.stance], x, x + COLUMN, placed)


def _largest(question: str) -> tuple[int, tuple[str, ...]]:
    """Break a question into lines of the largest type in which it fits; what fits in none is cut in the smallest."""
    tried = [(size, lines(question, width=WIDTH - 2 * EDGE, size=size, most=most)) for size, most in QUESTION_SIZES]
    return next((one for one in tried if not one[1][-1].endswith(ELLIPSIS)), tried[-1])
