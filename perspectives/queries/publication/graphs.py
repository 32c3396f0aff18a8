"""The graph of everything that is published, as linked data: read at one moment, written a part at a time."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import datasets, published
from perspectives.rules.formats.linked_data import addresses, graph
from perspectives.rules.formats.linked_data.vocabulary import Node
from perspectives.rules.publication import edition_form

Write = Callable[[Iterable[Node], str], Iterator[str]]
"""Writes nodes in a format; the second is the beginning of all addresses."""


def whole(write: Write, base: str) -> bytes:
    """Write the graph in five queries; `base` is the address of the site without a last slash."""
    with datasets.snapshot():
        sources = list(_sources())
        found = check_reports.checked([key for key, _ in sources]).found
        nodes = graph.nodes(_topics(), _articles(), sources, base, retracted=set(_retracted(base)), found=found)
        return "".join(write(nodes, base)).encode()


def _retracted(base: str) -> Iterator[str]:
    """Address the current editions that were retracted."""
    for record in map(json.loads, datasets.retraction_records()):
        is_topic = "topic" in record
        yield addresses.topic(base, record["topic"]) if is_topic else addresses.article(base, record["article"])


def _topics() -> Iterator[Any]:
    return (edition_form.topic(body) for _, body in datasets.bodies(published.topics()))


def _articles() -> Iterator[Any]:
    return (edition_form.article(body) for _, body in datasets.bodies(published.articles()))


def _sources() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from published.sources().order_by("key").values_list("key", "record").iterator()
