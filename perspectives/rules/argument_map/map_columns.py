"""Where the claims of a map stand: a column for each stance, in the order that lets the fewest arrows cross.

The layered layout of Sugiyama, made by `fast_sugiyama`: its layers are the columns, the author's between the two that
answer it, and an arrow that goes past the author's column has a place of its own there. The library knows no sizes of
boxes, so what it gives is then pulled straight: each box goes as near to those it is tied to as its neighbours let it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import fmean
from typing import NamedTuple

from fast_sugiyama import from_edges

from perspectives.vocab import Stance

COLUMNS = (Stance.OPPOSING, Stance.AUTHOR, Stance.NEUTRAL)
"""The columns from left to right."""
GAP = 22
"""The least distance between two boxes of a column, in px."""
PASSAGE = 22
"""The height of the place that an arrow has where it passes the author's column, in px."""
_MIDDLE = COLUMNS.index(Stance.AUTHOR)
_STEP = 120.0
_ROUNDS = 12
"""How often boxes are pulled; more changes no place by a visible amount."""


class Link(NamedTuple):
    """An arrow between two claims, by their ids."""

    tail: str
    head: str


@dataclass(frozen=True)
class Places:
    """The heights at which things stand: the centre of each linked claim, and of each arrow that passes the author."""

    claims: Mapping[str, float]
    passages: Mapping[int, float]
    """By the number of the link."""
    alone: tuple[str, ...]
    """Claims that no link touches: they stand nowhere yet."""


def column_of(stance: Stance) -> int:
    """Count the columns left of a stance's own."""
    return COLUMNS.index(stance)


def places(stances: Mapping[str, Stance], links: Sequence[Link], heights: Mapping[str, int]) -> Places:
    """Place linked claims; `stances` and `heights` (px) name every claim, and centres count from a top edge of 0."""
    table = _Table(stances, links, heights)
    centres = table.settled()
    top = min((centre - table.heights[one] / 2 for one, centre in centres.items()), default=0)
    at = {one: centre - top for one, centre in centres.items()}
    first = len(table.ids)
    return Places(
        claims={claim: at[number] for number, claim in enumerate(table.ids) if number in at},
        passages={number - first: centre for number, centre in at.items() if number >= first},
        alone=tuple(claim for number, claim in enumerate(table.ids) if number not in at),
    )


class _Table:
    """The columns with what stands in them, by number: claims in their order, then the passage of each link."""

    def __init__(self, stances: Mapping[str, Stance], links: Sequence[Link], heights: Mapping[str, int]) -> None:
        self.ids = list(stances)
        self.column = {number: column_of(stance) for number, stance in enumerate(stances.values())}
        self.heights = {number: heights[claim] for number, claim in enumerate(self.ids)}
        self.numbers = {claim: number for number, claim in enumerate(self.ids)}
        self.edges = list(dict.fromkeys(self._edges(links)))
        self.columns: list[list[int]] = [[] for _ in COLUMNS]
        self.wished: dict[int, float] = {}
        self._order(links)

    def _edges(self, links: Sequence[Link]) -> Iterator[tuple[int, int]]:
        """Give the links from left to right, one column each; those within a column part no columns."""
        for index, link in enumerate(links):
            left, right = sorted((self.numbers[claim] for claim in link), key=self.column.__getitem__)
            match self.column[right] - self.column[left]:
                case 1:
                    yield left, right
                case 2:
                    passage = len(self.ids) + index
                    self.column[passage], self.heights[passage] = _MIDDLE, PASSAGE
                    yield left, passage
                    yield passage, right

    def _order(self, links: Sequence[Link]) -> None:
        """Fill the columns: connected groups of claims below each other, in the order of their first claims."""
        drawn = from_edges(self.edges, vertex_spacing=_STEP, dummy_vertices=False) if self.edges else []
        top = 0.0
        for positions, width, _, _ in sorted(drawn, key=lambda group: min(int(one) for one, _ in group[0])):
            for one, (across, _) in sorted(positions, key=lambda item: item[1][0]):
                self._append(int(one), top + across)
            top += width + _STEP
        for claim in dict.fromkeys(claim for link in links for claim in link):
            if self.numbers[claim] not in self.wished:
                self._append(self.numbers[claim], top)

    def _append(self, number: int, wished: float) -> None:
        self.columns[self.column[number]].append(number)
        self.wished[number] = wished

    def settled(self) -> dict[int, float]:
        """Pull every column straight in turn, the middle one last."""
        near: dict[int, list[int]] = {number: [] for number in self.wished}
        for left, right in self.edges:
            near[left].append(right)
            near[right].append(left)
        centres = dict(self.wished)
        for _ in range(_ROUNDS):
            for column in (self.columns[0], self.columns[2], self.columns[1]):
                wishes = [fmean(centres[one] for one in near[number] or [number]) for number in column]
                centres.update(zip(column, _kept_apart(wishes, [self.heights[one] for one in column]), strict=True))
        return centres


def _kept_apart(wishes: Sequence[float], heights: Sequence[int]) -> list[float]:
    """Find the centres nearest to the wishes that keep the order and the distances (pool adjacent violators)."""
    steps = ((above + below) / 2 + GAP for above, below in pairwise(heights))
    offsets = list(accumulate(steps, initial=0.0))[: len(heights)]
    pools: list[list[float]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append([wish - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1].extend(last)
    evened = [fmean(pool) for pool in pools for _ in pool]
    return [centre + offset for centre, offset in zip(evened, offsets, strict=True)]
