"""How much longer rdflib takes than `triples` to write a topic's linked data as Turtle: `python -m bench.linked_data`.

Both begin with the nodes of JSON-LD. Reads `fixtures/`, needs no engine; rdflib comes with the tools of developers.
"""

import json
import statistics
import time
from collections.abc import Callable
from functools import partial

import rdflib

from perspectives.rules.formats.linked_data import jsonld, triples
from perspectives.rules.formats.linked_data.vocabulary import Node
from tests import content

BASE = "https://kb.example"
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Give the median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _ours(node: Node) -> str:
    return "".join(triples.turtle([node], BASE))


def _theirs(text: str) -> str:
    return rdflib.Graph().parse(data=text, format="json-ld").serialize(format="turtle")


def main() -> None:
    """Print a row a topic."""
    print(f"{'topic':36}{'ours, ms':>10}{'rdflib, ms':>12}{'ratio':>8}")
    for slug in content.TOPICS:
        node = jsonld.topic(content.topic(slug), BASE)
        ours = seconds(partial(_ours, node))
        theirs = seconds(partial(_theirs, json.dumps(node)))
        print(f"{slug:36}{ours * 1000:>10.1f}{theirs * 1000:>12.1f}{theirs / ours:>8.0f}")


if __name__ == "__main__":
    main()
