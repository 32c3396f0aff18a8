"""`python -m tests.run.crash --rounds 50 --seed 1`: play rounds, print the table, end with 1 where anything is lost."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.run.crash import faults, matrix, table
from tests.run.crash.journal import Outcome
from tests.run.system import free_port

MADE_SECONDS = 900


def main() -> int:
    """Play the rounds; give the status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--writes", type=int, default=matrix.WRITES, help="of each round")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1000))
    given = parser.parse_args()
    say(f"seed {given.seed}: {given.rounds} rounds of {given.writes} writes")
    played: list[matrix.Round] = []
    try:
        with tempfile.TemporaryDirectory() as folder, matrix.running(Path(folder), free_port(), given.seed) as running:
            for fault in faults.plan(given.rounds, running.rng):
                one = running.round(fault, given.writes)
                played.append(one)
                say(f"{len(played):3}  {one}")
                for what in [*one.broken, *(write.answer for write in one.writes if write.outcome is Outcome.REFUSED)]:
                    say(f"     {what}")
            running.wait_made(MADE_SECONDS)
    finally:
        say(table.written(played))
    return int(any(one.broken for one in played))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
