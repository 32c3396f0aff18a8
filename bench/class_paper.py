"""What a class costs as PDF: `python -m bench.class_paper [--pupils 60]`.

Sets activities of one to five phases in which every pupil wrote as much as may be (2,000 characters) and was answered
as much, up to the most that one file has. Prints characters, seconds and kilobytes of the file, each the median of
three runs, and the largest memory of Typst in megabytes so far. Exits with 1 where one takes over 10 seconds.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

from perspectives.clients.handout import handout_files
from perspectives.rules.classroom.contributions import LONGEST_TEXT

_RUNS: Final = 3
_LIMIT_SECONDS: Final = 10
_WORDS: Final = [
    "what",
    "the",
    "other",
    "side",
    "shows",
    "here",
    "is",
    "right",
    "and",
    "follows",
    "from",
    "its",
    "own",
    "sources",
    "not",
    "from",
    "ours",
    "alone",
]
_META: Final = {"title": "Class", "subtitle": "Handed in", "author": "Debate KB", "foot": "Debate KB"}


def _data(pupils: int, phases: int) -> dict[str, Any]:
    chance = random.Random(phases)
    titled = [{"title": "Writing", "contributions": [_one(chance) for _ in range(pupils)]} for _ in range(phases)]
    activity = {"over": "", "question": "Was it so?", "notes": [], "tables": [], "phases": titled}
    return {"about": [], "activities": [activity]}


def _one(chance: random.Random) -> dict[str, Any]:
    """Write a contribution with words of its own, since Typst sets equal ones but once."""
    text, feedback = (" ".join(chance.choices(_WORDS, k=LONGEST_TEXT))[:LONGEST_TEXT] for _ in range(2))
    return {"who": "Badger", "text": text, "chosen": [], "counted": "Words: 400", "feedback": feedback}


def _measured(data: dict[str, Any]) -> tuple[float, float]:
    """Set it; give seconds and kilobytes."""
    begun = time.perf_counter()
    made = handout_files.class_record(data, meta=_META, moment=datetime.now(UTC))
    return time.perf_counter() - begun, len(made) / 1000


def main() -> int:
    """Measure, print a row for each number of phases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=60)
    asked = parser.parse_args()
    sys.stdout.write(f"{'phases':>6} {'characters':>11} {'seconds':>8} {'kB':>7} {'MB of Typst':>12}\n")
    slowest = 0.0
    for phases in (1, 2, 3, 4, 5):
        data = _data(asked.pupils, phases)
        runs = [_measured(data) for _ in range(_RUNS)]
        seconds, size = (statistics.median(column) for column in zip(*runs, strict=True))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        characters = 2 * LONGEST_TEXT * asked.pupils * phases
        sys.stdout.write(f"{phases:>6} {characters:>11,} {seconds:>8.1f} {size:>7,.0f} {memory:>12,.0f}\n")
        slowest = max(slowest, seconds)
    return int(slowest > _LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
