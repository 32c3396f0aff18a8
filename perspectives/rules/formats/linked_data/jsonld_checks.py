"""What a machine found, and what editors confirmed, put into the nodes of our linked data that it is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.linked_data.vocabulary import Node, code
from perspectives.vocab import CheckOutcome

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """Records of checks and of confirmations, as the API gives them out; what is in neither was not looked at."""

    checks: Iterable[Record] = ()
    confirmations: Iterable[Record] = ()


NOTHING_FOUND = Found()


@dataclass
class _Place:
    checks: list[Record] = field(default_factory=list)
    confirmed: str = ""


def with_found(node: Node, found: Found, base: str) -> Node:
    """Copy a node and all within it, with what was found of its quotations and works."""
    places: dict[tuple[str, str], _Place] = {}
    for one in found.checks:
        places.setdefault((addresses.source(base, one["source"]), one.get("quote", "")), _Place()).checks.append(one)
    for one in found.confirmations:
        places.setdefault((addresses.source(base, one["source"]), one["quote"]), _Place()).confirmed = one["sentence"]
    return dict(_members(node, places)) if places else node


def _members(node: Node, places: Mapping[tuple[str, str], _Place]) -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        yield name, value if name == "@context" else _copied(value, places)
    place = places.get(_what(node))
    if place is None:
        return
    if place.checks:
        yield "machineCheck", [_check(node["@id"], one) for one in place.checks]
    if any(one["outcome"] == CheckOutcome.RETRACTED for one in place.checks):
        yield "creativeWorkStatus", "Retracted"
    if place.confirmed:
        yield "editorConfirmation", place.confirmed


def _copied(value: Any, places: Mapping[tuple[str, str], _Place]) -> Any:
    if isinstance(value, list):
        return [_copied(one, places) for one in value]
    return dict(_members(value, places)) if isinstance(value, dict) else value


def _what(node: Node) -> tuple[str, str]:
    """Name what a node describes: a work, or words of one; other nodes are neither."""
    if node.get("@type") == "Quotation" and "isPartOf" in node:
        return node["isPartOf"]["@id"], node["text"]
    return (node["@id"], "") if "category" in node else ("", "")


def _check(of: str, one: Record) -> Node:
    return {
        "@id": f"{of}{'.' if '#' in of else '#'}check-{one['kind']}",
        "@type": "MachineCheck",
        "checkOutcome": code("checkOutcome", one["outcome"]),
        "checkedOn": one["on"],
        "description": one["sentence"],
    }
