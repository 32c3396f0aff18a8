"""The table: a row for each kind of fault."""

from collections.abc import Iterator, Sequence

from tests.run.crash import faults
from tests.run.crash.journal import Outcome
from tests.run.crash.matrix import Round

HEAD = (
    *("fault", "rounds", "writes", "acknowledged", "sent again", "done before"),
    *("refused", "unknown", "lost", "heals in"),
)


def rows(rounds: Sequence[Round]) -> Iterator[tuple[str, ...]]:
    """Give the head, a row for each kind of fault that was tried, and the sum."""
    yield HEAD
    for kind in faults.KINDS:
        if chosen := [one for one in rounds if one.fault == kind]:
            yield row(str(kind), chosen)
    yield row("all", rounds)


def row(name: str, rounds: Sequence[Round]) -> tuple[str, ...]:
    """Sum rounds up; the seconds are the longest."""
    writes = [write for one in rounds for write in one.writes]
    outcomes = [write.outcome for write in writes]
    counted = (
        len(rounds),
        len(writes),
        outcomes.count(Outcome.ACKNOWLEDGED),
        sum(write.tries > 1 for write in writes),
        outcomes.count(Outcome.DONE_BEFORE),
        outcomes.count(Outcome.REFUSED),
        outcomes.count(Outcome.UNKNOWN),
        sum(len(one.broken) for one in rounds),
    )
    return (name, *map(str, counted), f"{max(one.heals_seconds for one in rounds):.1f} s")


def written(rounds: Sequence[Round]) -> str:
    """Write the table in columns."""
    table = list(rows(rounds))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join("  ".join(map(str.rjust, line, widths)) for line in table)
