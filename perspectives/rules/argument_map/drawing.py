"""The argument of a topic as a drawing: a box for each claim, an arrow for each response. All measures are px."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from perspectives.rules.argument_map import text_metrics
from perspectives.rules.argument_map.arrows import Arrow, arrows
from perspectives.rules.argument_map.map_boxes import BOX_WIDTH, EDGE, GUTTER, Box, column_left
from perspectives.rules.argument_map.map_columns import COLUMNS, GAP, PASSAGE, Link, Places, places
from perspectives.rules.documents.topic_document import Claim, Perspective, Response
from perspectives.vocab import Stance

WIDTH: Final = 2 * EDGE + len(COLUMNS) * BOX_WIDTH + (len(COLUMNS) - 1) * GUTTER
"""How wide every map is; only the height depends on the topic."""
TEXT_SIZE: Final = 14
LINE_HEIGHT: Final = 18
WORD_SIZE: Final = 13
"""The size of the words on the arrows."""
WORD_MARGIN: Final = 8
"""How much more of an arrow its word covers than it is wide."""
MOST_LINES: Final = 5
HEADS: Final = 40
"""The height of the line that names the columns."""
NOTE: Final = 44
"""The height of the line above the claims that stand alone."""
_PADDING: Final = 12
_CAPTION: Final = 34
"""From the top of a box to the top of its first line of text."""


@dataclass(frozen=True)
class Drawing:
    """A map, ready to be drawn."""

    height: int
    boxes: tuple[Box, ...]
    """Column by column from the left, each from the top: the order in which a reader walks through them."""
    arrows: tuple[Arrow, ...]
    """One for each response, in their order."""
    note: int | None
    """Where the claims begin that answer nothing and are not answered, if there are any."""

    @property
    def width(self) -> int:
        """How wide it is, margins included."""
        return WIDTH


def drawing(perspectives: Iterable[Perspective], responses: Sequence[Response]) -> Drawing:
    """Draw claims and responses; the same input always gives the same drawing."""
    claims = {claim.id: (side.stance, claim) for side in perspectives for claim in side.claims}
    stances = {claim: stance for claim, (stance, _) in claims.items()}
    texts = {name: _lines(claim) for name, (_, claim) in claims.items()}
    heights = {name: _CAPTION + LINE_HEIGHT * len(shown) + _PADDING for name, shown in texts.items()}
    links = [Link(response.from_claim, response.to_claim) for response in responses]
    found = places(stances, links, heights)
    tops = {name: EDGE + HEADS + round(centre - heights[name] / 2) for name, centre in found.claims.items()}
    passages = {number: EDGE + HEADS + round(centre) for number, centre in found.passages.items()}
    ends = [*(top + heights[name] for name, top in tops.items()), *(at + PASSAGE // 2 for at in passages.values())]
    linked = max(ends, default=EDGE + HEADS)
    note = linked + GAP if found.alone else None
    tops |= _rows(found, stances, heights, linked + GAP + NOTE)
    boxes = {
        name: Box(name, stance, column_left(stance), tops[name], heights[name], texts[name])
        for name, stance in stances.items()
    }
    bottom = max([linked, *(box.y + box.height for box in boxes.values())]) + EDGE
    walk = sorted(boxes.values(), key=lambda box: (box.x, box.y))
    return Drawing(bottom, tuple(walk), arrows(boxes, links, passages, _word_widths(responses)), note)


def _lines(claim: Claim) -> tuple[str, ...]:
    return text_metrics.lines(claim.text, width=BOX_WIDTH - 2 * _PADDING, size=TEXT_SIZE, most=MOST_LINES)


def _word_widths(responses: Iterable[Response]) -> list[int]:
    return [round(text_metrics.text_width(response.type.label, WORD_SIZE)) + WORD_MARGIN for response in responses]


def _rows(found: Places, stances: Mapping[str, Stance], heights: Mapping[str, int], top: int) -> dict[str, int]:
    """Stack the claims that stand alone in their columns, from `top` down."""
    reached = dict.fromkeys(Stance, top)
    tops = {}
    for claim in found.alone:
        tops[claim] = reached[stances[claim]]
        reached[stances[claim]] += heights[claim] + GAP
    return tops
