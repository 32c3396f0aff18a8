"""The arrows of a map: where each leaves its box, how it bends, where it arrives, and where its word stands.

Arrows leave and arrive at the left and right sides of boxes, horizontally, so that their heads need no turning. Those
that pass a column do so at a height of their own. All measures are px.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from perspectives.rules.argument_map.map_boxes import BOX_WIDTH, EDGE, GUTTER, Box, Point
from perspectives.rules.argument_map.map_columns import Link, column_of
from perspectives.rules.argument_map.map_labels import word_places

HEAD: Final = 10
"""How long an arrow's head is; it is as broad."""
_PORT_STEP: Final = 24
_PORT_MARGIN: Final = 14
_BOW: Final = 96
"""How far an arrow within a column leaves it."""
_ALONG: Final = (0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7)
"""Where along an arrow its word may stand, the best place first; all of them keep off the boxes."""


@dataclass(frozen=True)
class Arrow:
    """A response: line and head as SVG path data, and the middle of its word."""

    tail: str
    head: str
    line: str
    tip: str
    word: Point
    word_width: int


class _Port(NamedTuple):
    """One end of an arrow: at which side of which box; of these, the one with the lesser height of `far` is above."""

    claim: str
    is_right: bool
    far: float
    number: int
    is_head: bool


@dataclass(frozen=True)
class _Course:
    """An arrow's line, and the places where its word may stand."""

    line: str
    tip: str
    words: tuple[Point, ...]


def arrows(
    boxes: Mapping[str, Box], links: Sequence[Link], passages: Mapping[int, int], widths: Sequence[int]
) -> tuple[Arrow, ...]:
    """Draw an arrow for each link.

    `passages` says at which height those go that pass a column, `widths` how wide each one's word is.
    """
    ends = _ends(boxes, links, passages)
    courses = [_course(ends[number, False], ends[number, True], passages.get(number)) for number in range(len(links))]
    places = word_places([course.words for course in courses], widths)
    return tuple(
        Arrow(link.tail, link.head, course.line, course.tip, place, width)
        for link, course, place, width in zip(links, courses, places, widths, strict=True)
    )


def _ends(
    boxes: Mapping[str, Box], links: Sequence[Link], passages: Mapping[int, int]
) -> dict[tuple[int, bool], Point]:
    """Spread the ends of arrows over the sides of boxes, so that they cross as little as can be."""
    sides: dict[tuple[str, bool], list[_Port]] = {}
    for port in _ports(boxes, links, passages):
        sides.setdefault((port.claim, port.is_right), []).append(port)
    return {
        (port.number, port.is_head): Point(box.right if is_right else box.x, round(height))
        for (claim, is_right), ports in sides.items()
        for box in [boxes[claim]]
        for port, height in zip(sorted(ports, key=attrgetter("far", "number")), _spread(box, len(ports)), strict=True)
    }


def _ports(boxes: Mapping[str, Box], links: Sequence[Link], passages: Mapping[int, int]) -> Iterator[_Port]:
    for number, (tail, head) in enumerate(links):
        for near, far, is_head in ((boxes[tail], boxes[head], False), (boxes[head], boxes[tail], True)):
            # Within a column both ends are on one side, where there is a gutter.
            is_right = near.x < far.x or (near.x == far.x and column_of(near.stance) <= 1)
            yield _Port(near.claim, is_right, passages.get(number, far.centre), number, is_head)


def _spread(box: Box, count: int) -> list[float]:
    step = min(_PORT_STEP, (box.height - 2 * _PORT_MARGIN) / max(count - 1, 1))
    return [box.centre + (number - (count - 1) / 2) * step for number in range(count)]


def _course(start: Point, end: Point, passage: int | None) -> _Course:
    if start.x == end.x:
        return _bow(start, end)
    way = 1 if end.x > start.x else -1
    base = Point(end.x - way * HEAD, end.y)
    tip = f"M{end.x} {end.y}l{-way * HEAD} {-HEAD // 2}v{HEAD}z"
    if passage is None:
        words = tuple(_on_curve(start, end, share) for share in _ALONG)
        return _Course(f"M{_at(start)}{_bend(start, base)}", tip, words)
    before, after = Point(start.x + way * GUTTER, passage), Point(end.x - way * GUTTER, passage)
    line = f"M{_at(start)}{_bend(start, before)}H{after.x}{_bend(after, base)}"
    return _Course(line, tip, (Point((before.x + after.x) // 2, passage),))


def _bow(start: Point, end: Point) -> _Course:
    """Draw an arrow between two claims of a column: out into the gutter and back."""
    out = _BOW if start.x - EDGE < (BOX_WIDTH + GUTTER) * 2 else -_BOW
    way = -1 if out > 0 else 1
    base = Point(end.x - way * HEAD, end.y)
    line = f"M{_at(start)}C{start.x + out} {start.y} {base.x + out} {end.y} {_at(base)}"
    tip = f"M{end.x} {end.y}l{-way * HEAD} {-HEAD // 2}v{HEAD}z"
    return _Course(line, tip, (Point(start.x + out * 3 // 4, (start.y + end.y) // 2),))


def _bend(start: Point, end: Point) -> str:
    middle = (start.x + end.x) // 2
    return f"C{middle} {start.y} {middle} {end.y} {_at(end)}"


def _at(point: Point) -> str:
    return f"{point.x} {point.y}"


def _on_curve(start: Point, end: Point, share: float) -> Point:
    """Give the point of a bend: a cubic Bézier curve whose two handles are level with its ends."""
    rest = 1 - share
    across = 1.5 * rest * share + share**3
    along = 3 * rest * share**2 + share**3
    return Point(round(start.x + (end.x - start.x) * across), round(start.y + (end.y - start.y) * along))
