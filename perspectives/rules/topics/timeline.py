"""Dates on one axis: periods, how exactly a date is known, and how many dates fall where. Pure.

A date known to the year stands for the whole year, one known to the month for the whole month: neither is ever drawn
or counted as its first day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_STEPS: Final = 40
"""How many years, decades or centuries the axis shows before it takes the next larger step."""
FIRST_YEAR, LAST_YEAR = 1, 9999
_STEPS: Final = (1, 10, 100)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS: Final = 31
"""All months are drawn equally long, so that they stand under their columns."""


class Exactness(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, order=True)
class Span:
    """Years, both ends included."""

    first: int
    last: int

    @property
    def years(self) -> int:
        """How many years it has."""
        return self.last - self.first + 1

    @property
    def dates(self) -> tuple[str, str]:
        """The least and the greatest partial date within it, in the order of texts."""
        return f"{self.first:04}", f"{self.last:04}-12-31"

    def shifted(self, lengths: int) -> "Span":
        """Give the span as many lengths later, or earlier; it may leave the years that can be written."""
        return Span(self.first + lengths * self.years, self.last + lengths * self.years)


@dataclass(frozen=True)
class Column:
    """A step of the axis with the number of dates in it."""

    label: str
    span: Span
    count: int
    month: str = ""
    """As in dates, `2014-03`, where the step is a month."""


@dataclass(frozen=True)
class Mark:
    """A date on the axis, from 0 to 1: as long as it is uncertain."""

    start: float
    end: float
    exactness: Exactness


def exactness(date: str) -> Exactness:
    """Tell how exactly a partial date is known: by how many parts it has."""
    return (Exactness.YEAR, Exactness.MONTH, Exactness.DAY)[date.count("-")]


def span_of(dates: Iterable[str]) -> Span | None:
    """Give the years from the earliest to the latest of the dates; none for no dates."""
    years = [int(date[:4]) for date in dates]
    return Span(min(years), max(years)) if years else None


def step(span: Span) -> int:
    """Choose how many years a column stands for, so that there are at most about forty."""
    return next((years for years in _STEPS if span.years <= years * MOST_STEPS), _STEPS[-1])


def columns(counts: Mapping[str, int], span: Span) -> tuple[Column, ...]:
    """Count dates by the steps of the axis, empty ones too; `counts` says how many have each partial date.

    One year has months; a date known only to the year is in none of them.
    """
    if span.years == 1:
        return tuple(_month(counts, span, number) for number in range(1, len(_MONTHS) + 1))
    years = step(span)
    first = span.first - span.first % years
    return tuple(
        _years(counts, max(start, FIRST_YEAR), start + years - 1) for start in range(first, span.last + 1, years)
    )


def _month(counts: Mapping[str, int], span: Span, number: int) -> Column:
    month = f"{span.first:04}-{number:02}"
    count = sum(many for date, many in counts.items() if date.startswith(month))
    return Column(_MONTHS[number - 1], span, count, month)


def _years(counts: Mapping[str, int], first: int, last: int) -> Column:
    count = sum(many for date, many in counts.items() if first <= int(date[:4]) <= last)
    return Column(f"{first}" if first == last else f"{first}s", Span(first, min(last, LAST_YEAR)), count)


def marks(dates: Iterable[str], span: Span) -> tuple[Mark, ...]:
    """Place the dates within the span on its axis, each once, earliest first."""
    inside = sorted({date for date in dates if span.first <= int(date[:4]) <= span.last})
    return tuple(_mark(date, span) for date in inside)


def _mark(date: str, span: Span) -> Mark:
    year, *rest = (int(part) for part in date.split("-"))
    month, day = (*rest, 0, 0)[:2]
    start = year + max(month - 1, 0) / len(_MONTHS) + max(day - 1, 0) / _DAYS / len(_MONTHS)
    length = 1 / len(_MONTHS) / _DAYS if day else 1 / len(_MONTHS) if month else 1
    return Mark((start - span.first) / span.years, (start + length - span.first) / span.years, exactness(date))
