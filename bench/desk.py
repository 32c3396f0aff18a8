"""How long the desk takes with full queues: `python -m bench.desk [--suggestions 10000] [--rounds 20]`.

Prints for every page of the desk, as a chief editor sees it, the queries and the server time (p50 and p95 in
milliseconds, with middleware, template and database, without the network) at so many open suggestions and, with
`--entries`, so many entries of the log. They lie, with the footbridge of the tests and all topics of the fixtures, in a
database of their own on engines of their own below `var/bench`, dropped at the end.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django

from debatekb import embedded
from tests.own_engines import OwnEngines

VAR = Path(__file__).resolve().parents[1] / "var" / "bench"
DATABASE = "bench_desk"
LIMIT = 200
"""Milliseconds within which every page has to be made."""


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Make the database and point Django at it; drop it at the end."""
    os.environ["DEBATEKB_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "debatekb.settings"
    os.environ.pop("DATABASE_URL", None)
    engines = OwnEngines()
    engines.start()
    (folder / "static").mkdir(exist_ok=True)
    os.environ["DATABASE_URL"] = urlsplit(embedded.database_url())._replace(path=f"/{DATABASE}").geturl()
    django.setup()
    search_loading = import_module("bench.search_loading")
    search_loading.drop(DATABASE)
    try:
        search_loading.make(DATABASE)
        yield
    finally:
        search_loading.drop(DATABASE)
        engines.stop()


def main() -> None:
    """Fill, measure, print, clean up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suggestions", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=10_000, help="of the log")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the bench's own engines")
    options = parser.parse_args()
    with database(options.var.absolute()):
        desk = import_module("bench.rig.desk_pages")  # reads the settings, as all that imports models
        desk.fill(options.suggestions, options.entries)
        print(
            f"{options.suggestions} open suggestions, {options.entries} log entries, {options.rounds} rounds, in ms;",
            end=" ",
        )
        print(f"load {os.getloadavg()[0]:.1f}")
        worst: float = desk.measure(options.rounds)
        print(f"slowest p95: {worst:.1f} ms; under {LIMIT} ms -> {'met' if worst < LIMIT else 'missed'}")


if __name__ == "__main__":
    main()
