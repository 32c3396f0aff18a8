"""How well questions are answered: `python -m bench.answers [FILE.tsv …]`, on the fixtures, in a database of its own.

A file has a question and, after a tab, the topics that answer it (any of them first); without them the question is off
topic and is to be answered "not covered". For each file it prints how many questions have a right topic first, how many
answers have every stance, the greatest number of tokens, p95 in milliseconds, and the same of two plain ways: claims by
`websearch_to_tsquery`, and topics by the likeness of trigrams (a right topic first, and every stance among ten claims).
"""

import argparse
import csv
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.own_engines import OwnEngines

ROOT = Path(__file__).resolve().parents[1]
FILES = [
    ROOT / "tests" / "queries" / "search" / f"{name}.tsv" for name in ("questions", "further_questions", "off_topic")
]
DATABASE = "bench_answers"
BUDGET = 1500
BY_WORDS = """
SELECT split_part(public_id, '/', 1), stance FROM perspectives_publishedclaim
WHERE search @@ websearch_to_tsquery('perspectives_stemmed', %(text)s)
ORDER BY ts_rank(search, websearch_to_tsquery('perspectives_stemmed', %(text)s)) DESC LIMIT 10
"""
BY_TRIGRAMS = """
SELECT split_part(public_id, '/', 1), stance FROM perspectives_publishedclaim
ORDER BY word_similarity(%(text)s, claim_text) DESC LIMIT 10
"""


class Answered(NamedTuple):
    """What one way made of one question."""

    first: str
    """The topic that comes first, empty where nothing was found."""
    stances: frozenset[str]
    tokens: int
    milliseconds: float


class Asked(NamedTuple):
    """A question, and the topics that answer it."""

    text: str
    wanted: frozenset[str]


@contextmanager
def database(folder: Path, fixtures: Path) -> Iterator[None]:
    """Publish the fixtures in a database on engines of their own, and drop it in the end."""
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
    from perspectives.actions.documents import bootstrap  # noqa: PLC0415 - likewise

    try:
        search_loading.make(DATABASE)
        bootstrap.first_start(fixtures=fixtures, show=lambda _: None)
        yield
    finally:
        search_loading.drop(DATABASE)
        engines.stop()


def questions(file: Path) -> list[Asked]:
    """Read a file of questions, the head left out."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))[1:]
    return [Asked(row[0], frozenset(row[1].split(",")) if len(row) > 1 else frozenset()) for row in rows]


def ours(text: str) -> Answered:
    """Answer as the API does."""
    from perspectives.queries.search import answers  # noqa: PLC0415 - needs the settings
    from perspectives.rules.search.answer_rows import tokens  # noqa: PLC0415 - likewise

    began = time.perf_counter()
    found = answers.answer(text, topic=None, budget=BUDGET, base="https://kb.example")
    taken = (time.perf_counter() - began) * 1000
    first = found["topics"][0]["slug"] if found["topics"] else ""
    return Answered(first, frozenset(row["stance"] for row in found["rows"]), tokens(found), taken)


def plainly(statement: str, text: str) -> Answered:
    """Answer by one statement that gives topics and stances of claims."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(statement, {"text": text})
        rows = cursor.fetchall()
    taken = (time.perf_counter() - began) * 1000
    return Answered(rows[0][0] if rows else "", frozenset(stance for _, stance in rows), 0, taken)


def report(name: str, asked: Sequence[Asked], found: Sequence[Answered], stances: int = 3) -> None:
    """Print one line."""
    right = sum(one.first in question.wanted for question, one in zip(asked, found, strict=True))
    unanswered = sum(not one.first for one in found)
    balanced = sum(len(one.stances) == stances for one in found)
    late = statistics.quantiles([one.milliseconds for one in found], n=20)[18]
    tokens = max(one.tokens for one in found)
    print(f"  {name:<24}{right:>6}{balanced:>9}{unanswered:>12}{tokens:>8}{late:>9.1f}")


def main() -> None:
    """Publish, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=FILES)
    parser.add_argument("--fixtures", type=Path, default=ROOT / "fixtures", help="the folder of packs")
    parser.add_argument("--var", type=Path, default=ROOT / "var" / "bench", help="folder of the bench's own engines")
    options = parser.parse_args()
    with database(options.var.absolute(), options.fixtures):
        for file in options.files:
            asked = questions(file)
            print(f"{file.stem}: {len(asked)} questions")
            print(f"  {'':<24}{'right':>6}{'balanced':>9}{'not covered':>12}{'tokens':>8}{'p95 ms':>9}")
            ours(asked[0].text)
            report("ours", asked, [ours(one.text) for one in asked])
            report("websearch_to_tsquery", asked, [plainly(BY_WORDS, one.text) for one in asked])
            report("trigrams", asked, [plainly(BY_TRIGRAMS, one.text) for one in asked])


if __name__ == "__main__":
    main()
