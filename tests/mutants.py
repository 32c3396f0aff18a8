"""Run mutmut and print what tests noticed of each module's mutants: `python -m tests.mutants`, which is `make mutants`.

`[tool.mutmut]` of pyproject.toml names the modules. A mutant that survives is shown by `mutmut show NAME`: it wants a
stronger test, unless it means the same as the code. Tables at the top of a module are not mutated; tests compare them
with tables of their own.
"""

import re
import subprocess
import sys
from collections import Counter

MOST = 0.05
"""The share of mutants that may survive: those that mean the same as the code."""
RESULT = re.compile(r"^\s*([\w.]+?)\.x\S+: (.+)$", re.MULTILINE)


def mutmut(*words: str, is_shown: bool = False) -> str:
    """Run a command of mutmut and return what it printed."""
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(command, text=True, check=True, stdout=None if is_shown else subprocess.PIPE)
    return done.stdout or ""


def table(results: str) -> dict[str, Counter[str]]:
    """Count the outcomes of each module."""
    found: dict[str, Counter[str]] = {}
    for module, outcome in RESULT.findall(results):
        found.setdefault(module, Counter())[outcome] += 1
    return found


def main() -> int:
    """Return 1 where more survive than may, or where nothing was tried."""
    mutmut("run", "--max-children", "2", is_shown=True)
    found = table(mutmut("results", "--all", "true"))
    for module, outcomes in sorted(found.items()):
        print(f"{module:<45} {outcomes['killed']:4} of {outcomes.total():4} noticed")  # noqa: T201 - a command
    print(mutmut("results"))  # noqa: T201 - likewise
    total = sum((outcomes for outcomes in found.values()), Counter())
    return 0 if total.total() and total["killed"] >= (1 - MOST) * total.total() else 1


if __name__ == "__main__":
    sys.exit(main())
