"""How fast search is over many claims: `python -m bench.search [--claims 300000] [--rounds 15] [--keep]`.

Prints p50 and p95 in milliseconds for each class of question: of our search (`queries.search.claim_search.search` with
all its queries), of PostgreSQL ranking every match (`ts_rank … ORDER BY rank LIMIT 20`), and of SQLite's FTS5 (bm25)
over the same texts. In each round each of the three answers every question, so that a machine whose speed drifts treats
all alike. Claims are invented, always the same, and lie in a database of their own on engines of their own below
`var/bench`; `--keep` leaves it for the next run, which then need not load.
"""

import argparse
import os
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.own_engines import OwnEngines

VAR = Path(__file__).resolve().parents[1] / "var" / "bench"
DATABASE = "bench_search"
VARIANTS = 4
"""Different questions of each class."""
LONG = 7
"""From how many letters on a word is misspelt here."""
RANK_ALL = """
SELECT id, ts_rank(search, query) AS rank
FROM perspectives_publishedclaim, websearch_to_tsquery('perspectives_stemmed', %s) AS query
WHERE {arms} ORDER BY rank DESC LIMIT 20
"""
FTS5 = "SELECT rowid, bm25(claims, 10.0, 4.0, 2.0, 1.0) AS rank FROM claims WHERE claims MATCH ? ORDER BY rank LIMIT 20"
TEXTS = "claim_text, perspective_text, sources_text, notes_text"

Answer = Callable[[str], Any]


@contextmanager
def database(folder: Path, claims: int, *, is_kept: bool) -> Iterator[None]:
    """Make the database, or take the one that was kept if it has as many claims; point Django at it."""
    os.environ["DEBATEKB_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "debatekb.settings"
    os.environ.pop("DATABASE_URL", None)
    engines = OwnEngines()
    engines.start()
    import django  # noqa: PLC0415 - settings need to know where the engines are

    from debatekb import embedded  # noqa: PLC0415 - likewise

    os.environ["DATABASE_URL"] = urlsplit(embedded.database_url())._replace(path=f"/{DATABASE}").geturl()
    django.setup()
    from bench import search_loading  # noqa: PLC0415 - needs the settings

    try:
        search_loading.prepare(DATABASE, claims)
        yield
    finally:
        if not is_kept:
            search_loading.drop(DATABASE)
        engines.stop()


def questions(words: list[str]) -> dict[str, list[str]]:
    """Choose the questions: `words` are the vocabulary, the commonest first."""
    draw = random.Random(2)

    def some(low: int, high: int, count: int) -> list[str]:
        return draw.sample(words[low:high], count)

    def misspelt(word: str) -> str:
        return word[:2] + word[3] + word[2] + word[4:]

    long_words = [word for word in words[500:5000] if len(word) >= LONG]
    return {
        "very common word": [words[place] for place in range(VARIANTS)],
        "two common words": [" ".join(some(10, 60, 2)) for _ in range(VARIANTS)],
        "three common words": [" ".join(some(10, 60, 3)) for _ in range(VARIANTS)],
        "rare word": some(15_000, 25_000, VARIANTS),
        "phrase": [f'"{" ".join(some(10, 60, 2))}"' for _ in range(VARIANTS)],
        "misspelling": [misspelt(word) for word in draw.sample(long_words, VARIANTS)],
    }


def contenders(file: Path) -> dict[str, Answer]:
    """Name what is measured, each a function of the question."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from perspectives.queries.search.claim_search import search  # noqa: PLC0415 - likewise
    from perspectives.vocab import Stance  # noqa: PLC0415 - likewise

    lite = sqlite3.connect(file)
    rank_all = RANK_ALL.format(arms=" OR ".join(f"stance = '{stance}' AND search @@ query" for stance in Stance.values))

    def all_ranked(text: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(rank_all, [text])
            return cursor.fetchall()

    return {
        "ours": lambda text: search(text, filters={}, limit=20),
        "ts_rank of all": all_ranked,
        "FTS5": lambda text: lite.execute(FTS5, [text]).fetchall(),
    }


def fill_sqlite(file: Path) -> None:
    """Write the texts of all claims into an FTS5 table."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as lite, connection.cursor() as cursor:
        lite.execute(
            f"CREATE VIRTUAL TABLE claims USING fts5({TEXTS}, tokenize='porter unicode61 remove_diacritics 2')"
        )
        cursor.execute(f"SELECT {TEXTS} FROM perspectives_publishedclaim ORDER BY id")  # noqa: S608 - a constant
        while rows := cursor.fetchmany(5000):
            lite.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", rows)
        lite.commit()


def matches(text: str) -> int:
    """Count the claims that match."""
    from perspectives.models import PublishedClaim  # noqa: PLC0415 - needs the settings
    from perspectives.queries.search.claim_search import claims_matching  # noqa: PLC0415 - likewise

    return claims_matching(PublishedClaim.objects.all(), text).count()


def measure(asked: dict[str, list[str]], answers: dict[str, Answer], rounds: int) -> None:
    """Measure by turns and print the table."""
    taken: dict[tuple[str, str], list[float]] = {(kind, name): [] for kind in asked for name in answers}
    for place in range(-1, rounds):  # the first round warms up
        for name, answer in answers.items():
            for kind, texts in asked.items():
                for text in texts:
                    began = time.perf_counter()
                    answer(text)
                    if place >= 0:
                        taken[kind, name].append((time.perf_counter() - began) * 1000)
    print(f"{'':<20}{'matches':>9}" + "".join(f"{name + ' p50':>19}{'p95':>8}" for name in answers))
    for kind, texts in asked.items():
        cells = ""
        for name in answers:
            times = taken[kind, name]
            cells += f"{statistics.median(times):>19.2f}{statistics.quantiles(times, n=20)[18]:>8.2f}"
        print(f"{kind:<20}{statistics.mean(map(matches, texts)):>9.0f}{cells}")


def main() -> None:
    """Load, measure, print, clean up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--keep", action="store_true", help="leave the database for the next run")
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the bench's own engines")
    options = parser.parse_args()
    var = options.var.absolute()
    file = var / "search.sqlite"
    with database(var, options.claims, is_kept=options.keep):
        from bench.search_corpus import Corpus  # noqa: PLC0415 - needs the settings

        try:
            fill_sqlite(file)
            print(f"{options.claims} claims, {options.rounds} rounds, milliseconds; load {os.getloadavg()[0]:.1f}")
            measure(questions(Corpus(options.claims).words), contenders(file), options.rounds)
        finally:
            file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
