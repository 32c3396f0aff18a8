"""Differences of two editions as a list that can be read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.rules.documents.diff import Change, diff

_TELLING = ("text", "question", "title", "label", "argues", "note", "quote", "paraphrase", "source")
"""The fields by which an item is known to a reader, the most telling first."""


@dataclass(frozen=True)
class ChangeView:
    """One difference: where, and the words before and after; an absent side is empty."""

    kind: str
    place: tuple[str, ...]
    before: str
    after: str


def changes(before: bytes, after: bytes) -> tuple[ChangeView, ...]:
    """Compare two editions as stored."""
    return tuple(_views(diff(json.loads(before), json.loads(after))))


def _views(found: tuple[Change, ...]) -> Iterator[ChangeView]:
    for change in found:
        place = tuple(part.replace("_", " ") for part in change.path.split("/"))
        yield ChangeView(change.kind, place, _words(change.before), _words(change.after))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        telling = next((value[name] for name in _TELLING if name in value), None)
        return str(telling) if telling else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)
