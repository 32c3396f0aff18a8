"""The tables of the page of figures: what each counts, what it can show, and its rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from perspectives.queries.desk import desk_statistics as rows
from perspectives.vocab import Leaning, Stance, SuggestionKind

_MONTHS: Final = timedelta(days=366)
_AGES: Final = (("up to a month", 31), ("up to three months", 92), ("up to a year", 365), ("more than a year", None))
_WHOLE: Final = 100


@dataclass(frozen=True)
class Cell:
    """A text, and where it is a number that is compared with others, its bar in hundredths, of a side or of none."""

    text: str
    bar: int | None = None
    stance: Stance | None = None
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A table with what it says."""

    code: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Numbers = Mapping[str, int]


def _bars(numbers: Numbers, most: int) -> Iterator[Cell]:
    """Give a cell of each stance, with a bar as long as its share of the most."""
    for stance in Stance:
        count = numbers.get(stance, 0)
        yield Cell(str(count), round(_WHOLE * count / most) if most else 0, stance)


def _per_cent(part: int, whole: int) -> str:
    return f"{_WHOLE * part / whole:.0f} %" if whole else "–"


def _by_stance(name: str) -> tuple[str, ...]:
    return tuple(f"{name}, {str(stance.label).lower()}" for stance in Stance)


def balance() -> Table:
    """Set words, claims and sources of the sides of each draft beside each other."""
    found = rows.balance()
    measures = ("words", "claims", "sources")
    most = {
        name: max((count for one in found for count in getattr(one, name).values()), default=0) for name in measures
    }
    lines = (
        (
            Cell(one.topic, address=reverse("desk-topic", args=[one.slug])),
            *(cell for name in measures for cell in _bars(getattr(one, name), most[name])),
        )
        for one in found
    )
    return Table(
        "balance",
        "Balance by topic",
        "Of the drafts: the words of summaries and claims, the claims, and the sources that claims cite.",
        ("Topic", *(column for name in measures for column in _by_stance(name.capitalize()))),
        tuple(lines),
    )


def concentration() -> Table:
    """Name the sources that are cited most."""
    found = rows.concentration()
    top = sum(count for *_, count in found.most)
    most = max((count for *_, count in found.most), default=0)
    words = (
        f"Of the drafts: {found.citations} citations of {found.sources} sources. The {len(found.most)} cited most have "
        f"{_per_cent(top, found.citations)} of all citations. The concentration (Herfindahl index: 0 where all sources "
        f"are cited alike and many, 1 where there is only one) is {found.evenness:.3f}."
    )
    lines = (
        (
            Cell(key, address=reverse("desk-source", args=[key])),
            Cell(title),
            Cell(str(count), round(_WHOLE * count / most)),
            Cell(_per_cent(count, found.citations)),
        )
        for key, title, count in found.most
    )
    return Table("concentration", "Sources cited most", words, ("Source", "Title", "Citations", "Share"), tuple(lines))


def scholarly() -> Table:
    """Say how many of each side's sources are scholarly or primary."""
    found = rows.scholarly()
    lines = []
    for stance in Stance:
        count, good = found.get(stance, (0, 0))
        share = round(_WHOLE * good / count) if count else 0
        lines.append((Cell(str(stance.label)), Cell(str(count)), Cell(str(good)), Cell(f"{share} %", share, stance)))
    return Table(
        "scholarly",
        "Scholarly share",
        "Of the sources that claims of the drafts cite, each counted once a side: how many are peer-reviewed, from a "
        "university press, primary documents, official statements or data.",
        ("Side", "Sources", "Scholarly or primary", "Share"),
        tuple(lines),
    )


def edition_ages() -> Table:
    """Say how old current editions are."""
    ages = [(timezone.now() - at).days for at in rows.edition_ages()]
    counts: list[tuple[str, int]] = []
    low = -1
    for name, high in _AGES:
        counts.append((name, sum(low < age and (high is None or age <= high) for age in ages)))
        low = high or low
    most = max(count for _, count in counts)
    lines = ((Cell(name), Cell(str(count), round(_WHOLE * count / most) if most else 0)) for name, count in counts)
    words = "How long ago the current editions of topics and guides were published."
    return Table("editions", "Age of editions", words, ("Age", "Editions"), tuple(lines))


def source_decades() -> Table:
    """Say when the sources of each side were published."""
    found = rows.source_decades()
    most = max(found.values(), default=0)
    decades = sorted({decade for decade, _ in found}, key=lambda decade: -1 if decade is None else decade)
    lines = (
        (
            Cell("Not dated" if decade is None else f"{decade}s"),
            *_bars({stance: count for (own, stance), count in found.items() if own == decade}, most),
        )
        for decade in decades
    )
    words = "The decades in which the sources were published that claims of the drafts cite, each counted once a side."
    return Table("sources", "Age of sources", words, ("Published", *_by_stance("Sources")), tuple(lines))


def suggestion_months() -> Table:
    """Say how many suggestions came and were decided each month."""
    words = (
        "Month by month for a year: how many suggestions came, how many were accepted or declined, and the median time "
        "that these had waited."
    )
    return _throughput("suggestions", "Suggestions by month", words, "Sent", rows.suggestion_months)


def proposal_months() -> Table:
    """Say how many proposals were made and decided each month."""
    words = (
        "Month by month for a year: how many editions were proposed, how many proposals were approved or returned, and "
        "the median time that these had waited."
    )
    return _throughput("proposals", "Proposals by month", words, "Proposed", rows.proposal_months)


def _throughput(
    code: str, title: str, words: str, came: str, months: Callable[[datetime], Sequence[rows.Month]]
) -> Table:
    found = months(timezone.now() - _MONTHS)
    most = max((max(month.came, month.decided) for month in found), default=0)
    lines = (
        (
            Cell(f"{month.start:%B %Y}"),
            Cell(str(month.came), round(_WHOLE * month.came / most)),
            Cell(str(month.decided), round(_WHOLE * month.decided / most)),
            Cell("–" if month.median is None else f"{month.median:.1f}"),
        )
        for month in found
    )
    return Table(code, title, words, ("Month", came, "Decided", "Median days to decide"), tuple(lines))


def decisions() -> Table:
    """Say who decided how, by the kind of suggestion and the side that it touches."""
    lines = (
        (
            Cell(one.name),
            Cell(str(Leaning.of(one.leaning).label)),
            Cell(str(SuggestionKind.of(one.kind).label)),
            Cell(str(Stance.of(one.stance).label) if one.stance in Stance else "None"),
            Cell(str(one.accepted)),
            Cell(str(one.declined)),
            Cell(_per_cent(one.accepted, one.accepted + one.declined)),
        )
        for one in rows.decisions()
    )
    return Table(
        "decisions",
        "Decisions by moderator and leaning",
        "Who accepted and declined what, by the kind of suggestion and the side whose text it touches. A difference "
        "between moderators or leanings is a reason to read the decisions, not a finding: suggestions are not dealt "
        "out by lot, those for one side may be better or worse than those for another, and small numbers vary by "
        "chance. "
        "Only the decisions themselves, with their reasons, can show whether a side is treated unfairly.",
        ("Moderator", "Leaning", "Kind", "Side", "Accepted", "Declined", "Share accepted"),
        tuple(lines),
    )


TABLES: Final[Mapping[str, Callable[[], Table]]] = {
    "balance": balance,
    "concentration": concentration,
    "scholarly": scholarly,
    "editions": edition_ages,
    "sources": source_decades,
    "suggestions": suggestion_months,
    "proposals": proposal_months,
    "decisions": decisions,
}
"""All tables by their codes, in the order of the page."""


def texts(table: Table) -> Iterable[list[str]]:
    """Give the rows of a table as texts alone."""
    return ([cell.text for cell in row] for row in table.rows)
