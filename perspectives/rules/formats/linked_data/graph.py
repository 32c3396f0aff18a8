"""The graph of everything that is published: topics, article guides and sources, each described once."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.linked_data import addresses, jsonld, jsonld_sources
from perspectives.rules.formats.linked_data.jsonld_checks import NOTHING_FOUND, Found, with_found
from perspectives.rules.formats.linked_data.vocabulary import Node, context
from perspectives.rules.publication import dataset_descriptions
from perspectives.rules.publication.dataset_readme import LICENCE


def nodes(
    topics: Iterable[TopicEdition],
    articles: Iterable[ArticleEdition],
    sources: Iterable[tuple[str, Mapping[str, Any]]],
    base: str,
    *,
    retracted: Collection[str] = (),
    found: Found = NOTHING_FOUND,
) -> Iterator[Node]:
    """Describe everything, a node at a time: topics, guides, then sources (citekeys and records), and last the whole.

    Sources are told once, as the published index has them, so that two editions cannot tell two things of one. What is
    at an address in `retracted` says so, and quotations and works what was `found` of them.
    """
    parts = []
    for document in topics:
        yield with_found(_in_graph(jsonld.topic(document, base), retracted), found, base)
        parts.append(addresses.topic(base, document.topic))
    for guide in articles:
        yield with_found(_in_graph(jsonld.article(guide, base), retracted), found, base)
        parts.append(addresses.article(base, guide.article))
    for key, record in sources:
        yield with_found(jsonld_sources.node(key, record, base), found, base)
    yield _whole(parts, base)


def jsonld_text(described: Iterable[Node], base: str) -> Iterator[str]:
    """Write nodes as one JSON-LD document, a piece for each."""
    yield f'{{"@context":{_json(context(base))},"@graph":['
    for place, node in enumerate(described):
        yield f"{',' if place else ''}{_json(node)}"
    yield "]}"


def _json(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _in_graph(node: Node, retracted: Collection[str]) -> Node:
    """Leave out what the graph tells elsewhere: the context, and the records of sources."""
    cited = [{"@id": source["@id"]} for source in node["citation"]]
    status = {"creativeWorkStatus": "Retracted"} if node["@id"] in retracted else {}
    return {name: value for name, value in node.items() if name != "@context"} | {"citation": cited} | status


def _whole(parts: Iterable[str], base: str) -> Node:
    address = addresses.graph(base)
    return {
        "@id": address,
        "@type": "Dataset",
        "name": dataset_descriptions.TITLE,
        "description": dataset_descriptions.DESCRIPTION,
        "license": LICENCE["url"],
        "url": address,
        "publisher": jsonld.publisher(base),
        "hasPart": [{"@id": part} for part in parts],
    }
