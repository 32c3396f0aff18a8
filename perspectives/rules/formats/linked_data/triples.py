"""Our linked data as triples, in Turtle and N-Triples: made from the nodes of JSON-LD, so that it is described once.

This reads what `jsonld` makes and no other JSON-LD: every node has an address, contexts are not looked at, and the name
of a term tells whether a text is an address (`vocabulary.LINKS`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.formats.linked_data.vocabulary import LINKS, Node, prefixes, term

Triple = tuple[str, str, str]
"""Subject, predicate and object, each as N-Triples writes it."""

_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_NEXT = " ;\n    "
_LOCAL_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9])?", re.ASCII)
_WHOLE = re.compile(rf'"(-?\d+)"\^\^<{re.escape(_INTEGER)}>', re.ASCII)


def triples(node: Node, names: Mapping[str, str]) -> Iterator[Triple]:
    """Give what a node says, and the nodes within it; `names` are the prefixes. Raises KeyError for one without @id."""
    if "@graph" in node:
        for one in node["@graph"]:
            yield from triples(one, names)
        return
    subject = _address(node["@id"], names)
    for name, value in node.items():
        if name in {"@id", "@context"}:
            continue
        predicate = _address("rdf:type" if name == "@type" else term(name), names)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield subject, predicate, _address(one["@id"], names)
                yield from triples(one, names)
            elif name == "@type":
                yield subject, predicate, _address(term(one), names)
            else:
                yield subject, predicate, _address(one, names) if name in LINKS else _literal(one)


def ntriples(nodes: Iterable[Node], base: str) -> Iterator[str]:
    """Write nodes as N-Triples, a piece for each node; what an earlier node said of the same subject is left out."""
    for parts in _subjects(nodes, prefixes(base)):
        yield "".join(
            f"{subject} {predicate} {one} .\n"
            for subject, told in parts
            for predicate, objects in told.items()
            for one in objects
        )


def turtle(nodes: Iterable[Node], base: str) -> Iterator[str]:
    """Write nodes as Turtle, first the prefixes, then a piece for each node."""
    names = prefixes(base)
    yield "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in names.items())
    short = _Shortened(names)
    for parts in _subjects(nodes, names):
        yield "".join(f"\n{_block(subject, told, short)}" for subject, told in parts)


Told = Mapping[str, Mapping[str, None]]
"""What is said of a subject: by predicate the objects, each once, in their order."""


def _subjects(nodes: Iterable[Node], names: Mapping[str, str]) -> Iterator[list[tuple[str, Told]]]:
    """Group what each node says by subject, and pass over what was said word for word before."""
    seen: set[int] = set()
    for node in nodes:
        found: dict[str, dict[str, dict[str, None]]] = {}
        for subject, predicate, one in triples(node, names):
            found.setdefault(subject, {}).setdefault(predicate, {})[one] = None
        parts: list[tuple[str, Told]] = []
        for subject, told in found.items():
            mark = hash((subject, *((predicate, *objects) for predicate, objects in told.items())))
            if mark not in seen:
                seen.add(mark)
                parts.append((subject, told))
        yield parts


class _Shortened(dict[str, str]):
    """The terms of N-Triples as Turtle writes them shorter, each worked out once."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, written: str) -> str:
        self[written] = short = self._short(written)
        return short

    def _short(self, written: str) -> str:
        if whole := _WHOLE.fullmatch(written):
            return whole[1]
        for prefix, address in self._names.items():
            if written.startswith(f"<{address}") and _LOCAL_NAME.fullmatch(local := written[len(address) + 1 : -1]):
                return f"{prefix}:{local}"
        return written


def _block(subject: str, told: Told, short: _Shortened) -> str:
    lines = (
        f"{short[predicate] if short[predicate] != 'rdf:type' else 'a'} "
        + ", ".join(one if one.startswith('"') and one.endswith('"') else short[one] for one in objects)
        for predicate, objects in told.items()
    )
    return f"{short[subject]} {_NEXT.join(lines)} .\n"


def _address(written: str, names: Mapping[str, str]) -> str:
    prefix, _, rest = written.partition(":")
    return f"<{names[prefix]}{rest}>" if prefix in names else f"<{written}>"


def _literal(value: Any) -> str:
    if isinstance(value, int):
        return f'"{value}"^^<{_INTEGER}>'
    return json.dumps(value, ensure_ascii=False)
