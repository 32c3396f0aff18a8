"""How many statements one request costs, as PostgreSQL itself logs them, whatever way the code takes."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.rig.loading import Asker, Line
from bench.rig.serving import Site
from debatekb.running import engines

_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")
_PING = "SELECT 1"
_WARM = 3
_COUNTED = 3
_PAST_TTL = 1.1
"""Longer than `PUBLICATION_VERSION_TTL`, so that what is counted is what a reader costs who comes alone."""
OURS = "ours"


@dataclass(frozen=True)
class Cost:
    """Statements of one request, and how many of them only ask whether the connection is alive."""

    statements: float
    pings: float


def costs(site: Site, lines: list[Line]) -> list[Cost]:
    """Count the statements of each line, the median of a few requests after a few that open what stays open."""
    asker = Asker(site.port)
    try:
        for line in lines:
            for place in range(_WARM):
                asker.ask(line.requests[place % len(line.requests)])
        with logged(site):
            return [_cost(site.postgres_log, asker, line) for line in lines]
    finally:
        asker.close()


@contextmanager
def logged(site: Site) -> Iterator[None]:
    """Let PostgreSQL log every statement for a while."""
    with engines.connect(site.home) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.2)
    try:
        yield
    finally:
        with engines.connect(site.home) as connection:
            connection.execute("ALTER SYSTEM RESET log_statement")
            connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.2)


def _cost(log: Path, asker: Asker, line: Line) -> Cost:
    counted = []
    if line.name.endswith(OURS):
        time.sleep(_PAST_TTL)
    for place in range(_COUNTED):
        found = _new_statements(log, lambda place=place: asker.ask(line.requests[place % len(line.requests)]))  # type: ignore[misc]  # a default binds the number
        counted.append((len(found), sum(statement.strip() == _PING for statement in found)))
    return Cost(*(statistics.median_low(column) for column in zip(*counted, strict=True)))


def _new_statements(log: Path, ask: Callable[[], object]) -> list[str]:
    """List the statements that were logged while `ask` ran; the server writes each before it answers."""
    start = log.stat().st_size
    ask()
    with log.open("rb") as file:
        file.seek(start)
        return _STATEMENT.findall(file.read().decode("utf-8", "replace"))
