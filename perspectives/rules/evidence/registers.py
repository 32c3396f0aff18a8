"""Whether a register of works has a record as it is here, field by field; what either lacks is no difference."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from perspectives.rules.evidence.findings import Finding
from perspectives.rules.sources import identifiers
from perspectives.rules.sources.duplicates import folded
from perspectives.vocab import CheckOutcome

Record = Mapping[str, Any]
LABELS: Final = {
    "title": "title",
    "author": "authors",
    "issued": "year",
    "container-title": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "DOI": "DOI",
    "ISBN": "ISBN",
}
"""The fields that are compared; publishers and places have too many spellings."""


def finding(ours: Record, theirs: Record, register: str) -> Finding:
    """Compare a record with that of a `register`; the detail has the fields that differ, as both have them."""
    compared = [name for name in LABELS if ours.get(name) and theirs.get(name)]
    differing = [name for name in compared if not _is_same(name, ours[name], theirs[name])]
    if not compared:
        return Finding(CheckOutcome.NOT_REGISTERED, f"{register} has nothing of this record that could be compared.")
    if not differing:
        fields = ", ".join(LABELS[name] for name in compared)
        return Finding(CheckOutcome.AGREES, f"{register} has the same {fields}.")
    detail = {"ours": {name: ours[name] for name in differing}, "theirs": {name: theirs[name] for name in differing}}
    fields = ", ".join(LABELS[name] for name in differing)
    return Finding(CheckOutcome.DIFFERS, f"{register} has otherwise: {fields}.", detail=detail)


def shown(fields: Record) -> str:
    """Write the fields that differ for people."""
    return "; ".join(f"{LABELS[name]}: {_text(name, fields[name])}" for name in LABELS if name in fields)


def _is_same(name: str, ours: Any, theirs: Any) -> bool:
    read = _READERS.get(name, folded)
    return bool(read(ours) == read(theirs)) or (name == "title" and _is_without_subtitle(ours, theirs))


def _is_without_subtitle(one: str, other: str) -> bool:
    """Whether one title is the other up to its colon: registers often leave out what follows."""
    heads = {folded(title.partition(":")[0]) for title in (one, other)}
    return len(heads) == 1 and (":" in one) != (":" in other)


def _families(people: list[Record]) -> list[str]:
    """Name the authors by their last words: some registers do not part names."""
    return [folded(one.get("family") or one.get("literal", "")).rpartition(" ")[2] for one in people]


def _pages(text: str) -> str:
    """Write pages as registers do that shorten the last one: 245-51 is 245-251."""
    first, dash, last = text.replace("\N{EN DASH}", "-").replace(" ", "").partition("-")
    return f"{first}{dash}{first[: len(first) - len(last)]}{last}" if last else first


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "author": _families,
    "issued": lambda date: date[:4],
    "page": _pages,
    "DOI": identifiers.doi,
    "ISBN": identifiers.isbn,
}


def _text(name: str, value: Any) -> str:
    if name != "author":
        return str(value)
    return ", ".join(one.get("literal") or f"{one.get('given', '')} {one['family']}".strip() for one in value)
