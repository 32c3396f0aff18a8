"""What looking for works already known costs: `python -m bench.duplicates [WORKS …]`.

The sources of the fixtures, each with some words changed, make as many works as are wanted. Printed are the seconds of
processor time in which they are made known, and in which a batch of 100 records is compared with them, as every job of
an intake does both; and the ratio of the two.
"""

import random
import sys
import time
from pathlib import Path
from typing import Any

from perspectives.rules.documents import yaml_text
from perspectives.rules.sources.duplicates import Known

SOURCES = Path(__file__).resolve().parents[1] / "fixtures" / "sources.yaml"
_BATCH = 100
_CHANGED = 0.4
"""The share of the words of a title that are exchanged, so that few works are alike, as in a real catalogue."""


def main() -> None:
    """Measure for each number of works."""
    records = list(yaml_text.read(SOURCES.read_bytes()).data.values())
    print("   works  made known  100 compared  ratio")
    for number in [int(word) for word in sys.argv[1:]] or [650, 5_000, 50_000]:
        chance = random.Random(number)
        works = [_varied(chance.choice(records), records, chance) for _ in range(number)]
        batch = [_varied(chance.choice(records), records, chance) for _ in range(_BATCH)]
        began = time.process_time()
        known = Known(enumerate(works))
        made = time.process_time()
        for record in batch:
            known.match(record)
        compared = time.process_time() - made
        print(f"{number:>8,}  {made - began:>8.3f} s  {compared:>10.3f} s  {compared / (made - began):>5.1f}")


def _varied(record: dict[str, Any], records: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    words = [
        chance.choice(chance.choice(records)["title"].split()) if chance.random() < _CHANGED else word
        for word in record["title"].split()
    ]
    return {"title": " ".join(words), "author": record.get("author"), "issued": str(chance.randint(1950, 2024))}


if __name__ == "__main__":
    main()
