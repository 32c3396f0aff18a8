"""Where the words on the arrows of a map stand: on their arrows, and off each other as far as can be."""

from collections.abc import Iterator, Sequence
from typing import Final

from perspectives.rules.argument_map.map_boxes import Point

WORD_HEIGHT: Final = 20
_ROUNDS: Final = 3
"""How often words look for a better place among those of the others."""


def word_places(choices: Sequence[Sequence[Point]], widths: Sequence[int]) -> list[Point]:
    """Choose one of its places for each word, the best first in `choices`; `widths` are px."""
    words = _Words([places[0] for places in choices], widths)
    for _ in range(_ROUNDS):
        for number, places in enumerate(choices):
            words.improve(number, places)
    return words.places


class _Words:
    """The words where they stand now, and which of them stand in each row of `WORD_HEIGHT`: only near ones can meet."""

    def __init__(self, places: list[Point], widths: Sequence[int]) -> None:
        self.places = places
        self._widths = widths
        self._rows: dict[int, set[int]] = {}
        for number, place in enumerate(places):
            self._rows.setdefault(_row(place), set()).add(number)

    def improve(self, number: int, choices: Sequence[Point]) -> None:
        """Move a word to the first of its places where it covers the least of others, if it covers any."""
        if not self._covered(number, self.places[number]):
            return
        best = min(choices, key=lambda place: self._covered(number, place))
        self._rows[_row(self.places[number])].remove(number)
        self._rows.setdefault(_row(best), set()).add(number)
        self.places[number] = best

    def _covered(self, number: int, place: Point) -> float:
        """Measure how much the word would cover of others there, in square px."""
        return sum(
            max(0.0, (self._widths[number] + self._widths[other]) / 2 - abs(place.x - self.places[other].x))
            * max(0, WORD_HEIGHT - abs(place.y - self.places[other].y))
            for other in self._near(place)
            if other != number
        )

    def _near(self, place: Point) -> Iterator[int]:
        for row in (_row(place) - 1, _row(place), _row(place) + 1):
            yield from self._rows.get(row, ())


def _row(place: Point) -> int:
    return place.y // WORD_HEIGHT
