"""CSL-JSON in pieces: one item each, as it stands in the file. Splitting never fails and loses nothing."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.rules.intake.kept_fields import RawField
from perspectives.vocab import IntakeKind

_SPACE = re.compile(r"[\s,\ufeff]*")
_OPENING = re.compile(r"[\s\ufeff]*\[")
_CLOSING = re.compile(r"\]?\s*\Z")
_BROKEN = "From here on the file is no JSON: {reason}."
_MOST_CHARACTERS = 200_000
"""How far the end of an item is looked for: read whole, ten million characters of `[],` took 300 MB."""
_TOO_LONG = (
    f"From here on the file is not read: the item has no end within {_MOST_CHARACTERS:,} characters, or is no JSON."
)
_NO_ITEM = "This is no item of CSL-JSON: it is not written in braces."
_OF_PROGRAMS = {"id", "citation-key", "citekey", "type", "schema", "system_id"}
"""Members that say nothing of the work."""
_READER = json.JSONDecoder()


def looks_like(text: str) -> bool:
    """Whether a text begins as JSON does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"[", "{"}


def split(text: str) -> Iterator[Piece]:
    """Split a file into its items, and what stands between them."""
    opening = _OPENING.match(text)
    place = 0
    start = opening.end() if opening else 0
    while start < len(text):
        start = _after_space(text, start)
        if _CLOSING.match(text, start):
            break
        if start > place:
            yield Piece(text[place:start])
        piece = _read(text, start)
        yield piece
        place = start = start + len(piece.raw)
    if place < len(text):
        yield Piece(text[place:])


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _read(text: str, start: int) -> Piece:
    window = text[start : start + _MOST_CHARACTERS]
    try:
        value, length = _READER.raw_decode(window)
    except (ValueError, RecursionError) as error:
        if len(window) == _MOST_CHARACTERS:
            return Piece(text[start:], IntakeKind.CSL_JSON, problem=_TOO_LONG)
        reason = str(error).partition(":")[0]
        return Piece(text[start:], IntakeKind.CSL_JSON, problem=_BROKEN.format(reason=reason))
    end = start + length
    if not isinstance(value, dict):
        return Piece(text[start:end], IntakeKind.CSL_JSON, problem=_NO_ITEM)
    return Piece(text[start:end], IntakeKind.CSL_JSON, key=str(value.get("id", ""))[:200])


def fields(found: Mapping[str, Any]) -> Iterator[RawField]:
    """Give all that an item says; each member is of the variable of its name."""
    for name, value in found.items():
        if name not in _OF_PROGRAMS and value not in (None, "", [], {}):
            yield RawField(
                name,
                value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
                (name,),
            )


def item(raw: str) -> dict[str, Any] | None:
    """Read an item; None where it is none."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
