"""The difference of two documents by id: what was added, removed and changed, never line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]

IDENTIFIED_BY: Mapping[str, tuple[str, ...]] = {
    "perspectives": ("id",),
    "claims": ("id",),
    "responses": ("from", "type", "to"),
    "gaps": ("claim", "stance"),
    "common_ground": ("text",),
    "cruxes": ("question",),
    "events": ("date", "title"),
    "bibliography": ("source",),
    "terms": ("term",),
    "cites": ("source", "relation", "locator", "quote"),
    "outline": ("section",),
    "passages": ("id",),
    "findings": ("topic", "finding", "note"),
    "links": ("url",),
}
"""The fields by which an item of each list is the same item in two documents; other lists are compared whole."""

_NOT_CONTENT = {"edition"}


@dataclass(frozen=True)
class Change:
    """One difference. `path` names items by id: `perspectives/author/claims/s1/text`."""

    kind: Kind
    path: str
    before: Any = None
    after: Any = None


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Compare two documents as plain data; the number of the edition is not compared.

    Equal documents give nothing, and the changes from B to A are those from A to B turned round.
    """
    first = {name: value for name, value in before.items() if name not in _NOT_CONTENT}
    second = {name: value for name, value in after.items() if name not in _NOT_CONTENT}
    return tuple(_mappings("", first, second))


def _mappings(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        place = f"{path}/{name}" if path else name
        if name not in after:
            yield Change("removed", place, before=before[name])
        elif name not in before:
            yield Change("added", place, after=after[name])
        else:
            yield from _values(place, name, before[name], after[name])


def _values(place: str, name: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mappings(place, before, after)
    elif name in IDENTIFIED_BY and _are_items(before) and _are_items(after):
        old, new = _by_id(name, before), _by_id(name, after)
        yield from _mappings(place, old, new)
        kept_old, kept_new = [key for key in old if key in new], [key for key in new if key in old]
        if kept_old != kept_new:
            yield Change("changed", f"{place}/order", before=kept_old, after=kept_new)
    else:
        yield Change("changed", place, before=before, after=after)


def _are_items(value: Any) -> bool:
    # The claims of a passage are texts; they are compared whole.
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _by_id(name: str, items: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Name each item by its identifying fields; items that share them are told apart by their place."""
    named: dict[str, Mapping[str, Any]] = {}
    for item in items:
        label = " ".join(str(item[part]) for part in IDENTIFIED_BY[name] if part in item).replace(
            "/", "\N{DIVISION SLASH}"
        )
        key, count = label, 1
        while key in named:
            count += 1
            key = f"{label} ({count})"
        named[key] = item
    return named
