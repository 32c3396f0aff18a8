"""How well and how fast quotations are found: `python -m bench.quotations`.

The labelled pairs of the tests give precision and recall of each kind; a page of 118,000 characters, made of the
The labelled pairs of the tests give precision and recall of each kind; a page of 118,000 characters, made of topics'
own prose, gives the milliseconds in which it is made ready and searched, beside those of reading it word by word
"""

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable

from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.rules.evidence.quotation import find
from perspectives.vocab import QuotationMatch
from tests.rules.evidence.pairs import MAY_BE, TRUE, pairs

CHARACTERS = 118_000
MOST_MS = 5.0
_ROUNDS = 25


def main() -> None:
    """Print both tables."""
    every = pairs()
    found = Counter[tuple[str, QuotationMatch]]()
    for pair in every:
        found[pair.kind, find(pair.quotation, FoldedText(pair.page)).outcome] += 1
    print(f"{'kind':16}{'pairs':>6}{'right':>7}  outcomes")
    for kind, right in MAY_BE.items():
        outcomes = {outcome: number for (of, outcome), number in found.items() if of == kind}
        good = sum(number for outcome, number in outcomes.items() if outcome in right)
        told = ", ".join(f"{outcome.value} {number}" for outcome, number in outcomes.items())
        print(f"{kind:16}{sum(outcomes.values()):>6}{good / sum(outcomes.values()):>7.2f}  {told}")
    exact = [number for (_, outcome), number in found.items() if outcome is QuotationMatch.FOUND]
    true = found[TRUE, QuotationMatch.FOUND]
    total = sum(pair.kind == TRUE for pair in every)
    print(f"\nfound exactly: precision {true / sum(exact):.3f}, recall {true / total:.3f} of {total}\n")
    _print_speed(" ".join(pair.page for pair in every)[:CHARACTERS])


def _print_speed(page: str) -> None:
    words = page[90_000:90_400].split()[1:-1]
    there, other = " ".join(words), " ".join([*words[:20], "orchard", *words[21:]])
    absent = "no such words are on this page wherever a reader may look for them"
    folded = FoldedText(page)
    base = _milliseconds(lambda: re.findall(r"\w+", page))
    print(f"{CHARACTERS:,} characters; {base:.2f} ms to read their words")
    print(f"{'':26}{'ms':>8}{'ratio':>8}")
    for name, act in (
        ("made ready", lambda: FoldedText(page)),
        ("searched, words there", lambda: find(there, folded)),
        ("searched, nearly there", lambda: find(other, folded)),
        ("searched, not there", lambda: find(absent, folded)),
        ("both, words there", lambda: find(there, FoldedText(page))),
    ):
        taken = _milliseconds(act)
        print(f"{name:26}{taken:>8.2f}{taken / base:>8.2f}")
    verdict = "met" if _milliseconds(lambda: find(there, folded)) <= MOST_MS else "missed"
    print(f"\na page is searched in <= {MOST_MS:g} ms -> {verdict}")


def _milliseconds(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1e3


if __name__ == "__main__":
    main()
