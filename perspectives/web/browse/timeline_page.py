"""The timeline: columns of the axis as links to their periods, marks of single dates, and the events year by year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.timeline import (
    FIRST_YEAR,
    LAST_YEAR,
    Column,
    Exactness,
    Span,
    columns,
    exactness,
    marks,
    step,
)
from perspectives.web.topics.references import Run, short_runs

HEIGHT = 100
"""The tallest column, in the units of its drawing."""
WIDTH = 1000
"""The axis with the marks, likewise."""
_DECADE, _CENTURY = 10, 100
LONG_GAP = 3
"""How many empty columns in a row are drawn as one."""
_LANES = {Exactness.YEAR: 0, Exactness.MONTH: 10, Exactness.DAY: 20}
"""How far down the marks of a kind begin."""
_THINNEST = 2.0


@dataclass(frozen=True)
class Bar:
    """A column of the axis; `address` leads to its period, and is empty where nothing is in it."""

    column: Column
    address: str
    height: int
    is_break: bool = False
    """Whether it stands for several empty columns in a row."""

    @property
    def top(self) -> int:
        """Where the column begins, counted from above."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class Dash:
    """A date as it is drawn: as wide as it is uncertain."""

    x: float
    width: float
    y: int
    exactness: Exactness


@dataclass(frozen=True)
class EventView:
    """An event with the question it belongs to and short references."""

    date: str
    title: str
    description: str
    topic: str
    topic_title: str
    cites: tuple[tuple[Cite, tuple[Run, ...]], ...]
    anchor: str = ""
    """The month as an id, at its first event."""

    @property
    def vagueness(self) -> str:
        """How exactly the date is known, where that is not to the day."""
        known = exactness(self.date)
        return "" if known is Exactness.DAY else known.value


@dataclass(frozen=True)
class Year:
    """The events of a year."""

    year: str
    events: tuple[EventView, ...]

    @property
    def anchor(self) -> str:
        """The year as the id of its heading."""
        return f"y{self.year}"


class Axis:
    """What is shown above the list: the period, where one can go from it, and how many events stand where."""

    def __init__(self, counts: Mapping[str, int], whole: Span, span: Span, topics: tuple[str, ...]) -> None:
        self.whole = whole
        self.span = span
        self.topics = topics
        self.counts = counts
        self.is_whole = span == whole

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The columns; the tallest has the most events. Many empty ones in a row are one, unless dates stand below."""
        made = columns(self.counts, self.span)
        most = max(column.count for column in made) or 1
        runs = [(is_empty, list(found)) for is_empty, found in groupby(made, key=lambda column: not column.count)]
        return tuple(bar for is_empty, run in runs for bar in self._run(run, most, is_empty=is_empty))

    def _run(self, run: list[Column], most: int, *, is_empty: bool) -> Iterator[Bar]:
        if is_empty and len(run) >= LONG_GAP and step(self.span) > 1:
            gap = Span(run[0].span.first, run[-1].span.last)
            yield Bar(Column(f"{gap.first}\N{EN DASH}{gap.last}", gap, 0), "", 0, is_break=True)
        else:
            yield from (Bar(each, self._link(each), -(-each.count * HEIGHT // most)) for each in run)

    @property
    def dashes(self) -> tuple[Dash, ...]:
        """The single dates, as long as a column is a year or a month; over more years they could not be told apart."""
        if step(self.span) > 1:
            return ()
        return tuple(
            Dash(
                round(mark.start * WIDTH, 1),
                round(max((mark.end - mark.start) * WIDTH, _THINNEST), 1),
                _LANES[mark.exactness],
                mark.exactness,
            )
            for mark in marks(self.counts, self.span)
        )

    @property
    def only_by_year(self) -> int:
        """How many events of a single year are in no month, since only the year is known."""
        return self.counts.get(f"{self.span.first:04}", 0) if self.span.years == 1 else 0

    @property
    def all_years(self) -> str:
        """The address without a period."""
        return address(None, self.topics)

    @property
    def wider(self) -> tuple[str, Span] | None:
        """The decade round a year, or the century round a decade, as far as it is not all there is."""
        years = _DECADE if self.span.years < _DECADE else _CENTURY
        first = max(self.span.first - self.span.first % years, FIRST_YEAR)
        around = Span(first, min(self.span.first - self.span.first % years + years - 1, LAST_YEAR))
        is_wider = around.years > self.span.years and around.first <= self.span.first and around.last >= self.span.last
        is_narrower = around.first > self.whole.first or around.last < self.whole.last
        return (address(around, self.topics), around) if is_wider and is_narrower else None

    @property
    def earlier(self) -> tuple[str, Span] | None:
        """The period of the same length before this one, as long as there is something before."""
        return self._beside(-1, is_something=self.span.first > self.whole.first)

    @property
    def later(self) -> tuple[str, Span] | None:
        """The period after this one, likewise."""
        return self._beside(1, is_something=self.span.last < self.whole.last)

    def _beside(self, lengths: int, *, is_something: bool) -> tuple[str, Span] | None:
        beside = self.span.shifted(lengths)
        if not is_something or beside.first < FIRST_YEAR or beside.last > LAST_YEAR:
            return None
        return address(beside, self.topics), beside

    def _link(self, column: Column) -> str:
        if not column.count:
            return ""
        return f"#m{column.month}" if column.month else address(column.span, self.topics)


def address(span: Span | None, topics: Iterable[str]) -> str:
    """Write the query of an address: the period, if any, and the topics."""
    period = [("from", span.first), ("to", span.last)] if span else []
    return f"?{urlencode([*period, *(('topic', slug) for slug in topics)])}"


def years(
    records: Iterable[Mapping[str, Any]], titles: Mapping[str, str], sources: Mapping[str, SourceRecord]
) -> tuple[Year, ...]:
    """Group events, which come in order, by year."""
    made = _anchored(_event(record, titles, sources) for record in records)
    return tuple(Year(year, tuple(found)) for year, found in groupby(made, key=lambda event: event.date[:4]))


def _anchored(events: Iterable[EventView]) -> Iterator[EventView]:
    seen = set()
    for event in events:
        month = event.date[:7]
        is_first = exactness(event.date) is not Exactness.YEAR and month not in seen
        seen.add(month)
        yield replace(event, anchor=f"m{month}") if is_first else event


def _event(record: Mapping[str, Any], titles: Mapping[str, str], sources: Mapping[str, SourceRecord]) -> EventView:
    cites = [Cite.model_validate(cite) for cite in record.get("cites", ())]
    return EventView(
        date=record["date"],
        title=record["title"],
        description=record["description"],
        topic=record["topic"],
        topic_title=titles.get(record["topic"], record["topic"]),
        cites=tuple((cite, short_runs(sources[cite.source])) for cite in cites),
    )
