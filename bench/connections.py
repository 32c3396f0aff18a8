"""What a request pays for its database connection: `python -m bench.connections`.

It starts a PostgreSQL of its own and ends it. Each line is the median of rounds that take turns, beside a query on a
connection that is there. A kept connection is asked whether it still lives first, as Django does (CONN_HEALTH_CHECKS),
and so is one that comes from a pool. The line of psycopg's pool needs the package psycopg-pool, else it is left out.
"""

import argparse
import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from debatekb import embedded
from tests.own_engines import OwnEngines

_US = 1e6
_QUERY = "SELECT 1"


def measured(request: Callable[[], object], times: int) -> float:
    """Give the microseconds that a request takes."""
    began = time.perf_counter()
    for _ in range(times):
        request()
    return (time.perf_counter() - began) / times * _US


def requests(kept: "psycopg.Connection[Any]", pool: Any) -> Mapping[str, Callable[[], object]]:
    """Name the ways to come by a connection, each with a request that asks one query."""

    def new() -> None:
        with psycopg.connect(embedded.database_url(), autocommit=True) as connection:
            connection.execute(_QUERY)

    def checked() -> None:
        kept.execute(_QUERY)
        kept.execute(_QUERY)

    def pooled() -> None:
        with pool.connection() as connection:
            connection.execute(_QUERY)

    ways = {"a query alone": lambda: kept.execute(_QUERY), "kept (CONN_MAX_AGE)": checked, "new each time": new}
    return {**ways, "psycopg's pool": pooled} if pool else ways


def taken(rounds: int, times: int) -> Mapping[str, float]:
    """Give the median of each line, in microseconds."""
    pool = None
    if importlib.util.find_spec("psycopg_pool"):
        made = importlib.import_module("psycopg_pool").ConnectionPool
        options = {"min_size": 8, "max_size": 8, "kwargs": {"autocommit": True}, "check": made.check_connection}
        pool = made(embedded.database_url(), open=True, **options)
        pool.wait()
    try:
        with psycopg.connect(embedded.database_url(), autocommit=True) as kept:
            ways = requests(kept, pool)
            found = [{name: measured(way, times) for name, way in ways.items()} for _ in range(rounds)]
    finally:
        if pool:
            pool.close()
    return {name: statistics.median(one[name] for one in found) for name in ways}


def main() -> None:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=300, help="requests of each line in a round")
    options = parser.parse_args()
    own = OwnEngines()
    own.start()
    try:
        middle = taken(options.rounds, options.times)
    finally:
        own.stop()
    base = middle["a query alone"]
    print(f"{'':<22}{'us':>8}{'of a query':>12}")
    for name, microseconds in middle.items():
        print(f"{name:<22}{microseconds:>8.0f}{microseconds / base:>12.1f}")


if __name__ == "__main__":
    main()
