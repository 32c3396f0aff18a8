"""What a poll of a class may show: no number under five, none that could be reckoned from the others, no winner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from perspectives.vocab import PollCorner

LEAST_SHOWN: Final = 5
"""The smallest number that is shown."""
Cells = tuple[tuple[int | None, ...], ...]
"""Numbers in rows; None for what is hidden."""


@dataclass(frozen=True)
class Result:
    """What is shown of a poll: corners before and after in the order of `PollCorner`, and from which to which."""

    before: tuple[int | None, ...]
    after: tuple[int | None, ...]
    flows: Cells


def result(ballots: Iterable[tuple[str, str]]) -> Result:
    """Count ballots, each the corners before and after ('' for none); flows count those who voted twice."""
    counted = list(ballots)
    before, after = (Counter(filter(None, side)) for side in (_column(counted, 0), _column(counted, 1)))
    flows = Counter(pair for pair in counted if all(pair))
    corners = PollCorner.values
    return Result(
        before=shown([[before[one] for one in corners]])[0],
        after=shown([[after[one] for one in corners]])[0],
        flows=shown([[flows[one, other] for other in corners] for one in corners]),
    )


def shown(table: Sequence[Sequence[int]]) -> Cells:
    """Hide each number under five, and where one alone of a row or column is hidden, the next smallest beside it.

    Otherwise the hidden one were the sum less the others. Where all are in one cell everything is hidden: it would
    tell where everybody stands.
    """
    total = sum(map(sum, table))
    cells = [[number if LEAST_SHOWN <= number < total else None for number in row] for row in table]
    lines = [[(row, column) for column in range(len(cells[row]))] for row in range(len(cells))]
    if len(table) > 1:
        lines += [list(line) for line in zip(*lines, strict=True)]
    while places := next(filter(None, (_to_hide(cells, line) for line in lines)), None):
        cells[places[0]][places[1]] = None
    return tuple(map(tuple, cells))


def _to_hide(cells: list[list[int | None]], line: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Find the smallest shown number of a line of which exactly one is hidden."""
    seen = [(number, place) for place in line if (number := cells[place[0]][place[1]]) is not None]
    return min(seen)[1] if seen and len(line) - len(seen) == 1 else None


def _column(pairs: Iterable[tuple[str, str]], place: int) -> list[str]:
    return [pair[place] for pair in pairs]
