"""What the dataset says of itself: its README, which describes every file and column, and its licence."""

from collections.abc import Mapping
from datetime import datetime

from perspectives.rules.formats.table import COLUMNS

LICENCE = {
    "name": "CC BY 4.0, except quotations, which belong to their authors",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
LICENCE_TEXT = f"""\
This dataset is licensed under the Creative Commons Attribution 4.0
International licence (CC BY 4.0). You may share and adapt it, also for
money, if you name its source, link to the licence and say what you changed.
The licence itself: {LICENCE["url"]}legalcode

Except for the quotations in it ("quote", "translation" and what the column
"quotes" holds): these belong to their authors and publishers and are quoted
for scholarship, criticism and teaching. The licence does not cover them.
"""

_README = """\
# Debate KB: the dataset

Contested questions: an author's position beside opposing and neutral scholarship, claim by claim, each with its
citations. This is everything that was published at {published_at} (UTC), in state

    {state}

## Cite it

> Debate KB, dataset, state {short}, published {day}. CC BY 4.0.

The state is the SHA-256 of the hashes of the editions and of the lists of retractions, checks and confirmations. From
the folder of this file:

    sha256sum editions/*/*.json {changing} | cut -d' ' -f1 | LC_ALL=C sort | sha256sum

## Licence

{licence}: see `LICENSE.txt`.

## Files

| file | what it holds |
| --- | --- |
| `DATA-CARD.md` | what the dataset is good for and what not, how it came about, and which leanings it has |
| `manifest.json` | every other file with its size, SHA-256 and number of records |
| `datapackage.json` | the tables and their columns, as a Data Package (Frictionless) |
| `editions/topics/<slug>.json` | a topic's current edition, byte for byte as published: canonical JSON (RFC 8785) |
| `editions/articles/<slug>.json` | the current edition of the guide through an article, likewise |
| `retractions.jsonl` | those of these editions that should no longer be relied on, each with the reason; often empty |
| `checks.jsonl` | what a machine found of works and quotations, with the day; what has no line was not looked at |
| `confirmations.jsonl` | what editors saw of quotations: in which copy, where and when |
{lists}
| `graph.ttl`, `shapes.ttl` | all of it as linked data in Turtle, and what that keeps to in SHACL |

All text is UTF-8. What is unknown is left out of JSON, and an empty cell in a table. A `.jsonl` file holds a JSON
object a line, the same records as the REST API gives. A `.csv` file (RFC 4180) holds the same lists as flat tables for
spreadsheets: several values of a cell are parted by `; `, and a cell that a spreadsheet would run as a formula begins
with an apostrophe. The editions hold everything; the lists are cut from them.

## Columns of the tables

For each column the place of its values in a record of the `.jsonl` file; `[]` stands for every item of a list.
{tables}"""


def readme(state: str, published_at: datetime) -> str:
    """Write the README of the dataset of a state, the last edition of which was published at `published_at`."""
    return _README.format(
        state=state,
        changing="retractions.jsonl checks.jsonl confirmations.jsonl",
        short=state[:12],
        published_at=f"{published_at:%Y-%m-%d %H:%M:%S}",
        day=f"{published_at:%Y-%m-%d}",
        licence=LICENCE["name"],
        lists="\n".join(f"| `{kind}.jsonl`, `{kind}.csv` | the {kind} |" for kind in COLUMNS),
        tables="".join(_table(kind, columns) for kind, columns in COLUMNS.items()),
    )


def _table(kind: str, columns: Mapping[str, str]) -> str:
    rows = "\n".join(f"| `{column}` | `{way}` |" for column, way in columns.items())
    return f"\n### {kind}.csv\n\n| column | in a record |\n| --- | --- |\n{rows}\n"
