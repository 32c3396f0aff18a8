"""RIS in pieces, and each entry as a CSL-JSON item.

Splitting never fails and loses nothing: the pieces, joined, are the file. An entry begins with its TY line and ends
with its ER line, or where the next entry begins.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from perspectives.rules.formats.bibliography import ris_types
from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.vocab import IntakeKind

_BEGIN = re.compile(r"(?:^|(?<=\r))[\ufeff \t]*(?:\d{1,6}\.[ \t]*)?TY {0,2}-", re.MULTILINE)
_END = re.compile(r"(?:^|(?<=\r))[ \t]*ER {0,2}-[^\r\n]*(?:\r\n?|\n)?", re.MULTILINE)
_TAG = re.compile(r"[\ufeff \t]*(?:\d{1,6}\.[ \t]*)?([A-Z][A-Z0-9]) {0,2}-(?: |$)(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")
_NAMES = {"author": ("AU", "A1"), "editor": ("A2", "ED"), "translator": ("A4",)}
_FIELDS = {
    "title": ("TI", "T1", "CT", "BT"),
    "container-title": ("T2", "JO", "JF", "JA", "J2"),
    "collection-title": ("T3",),
    "volume": ("VL",),
    "edition": ("ET",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "DOI": ("DO", "DI"),
    "URL": ("UR", "L2"),
    "language": ("LA",),
    "genre": ("M3",),
    "archive": ("DB",),
    "archive-location": ("CN",),
}
"""CSL variable -> the tags that may hold it; the first that does counts."""
_NO_END = "The entry has no line 'ER  -', so that it ends where the next one begins."


def looks_like(text: str) -> bool:
    """Whether a text holds a RIS entry."""
    return _BEGIN.search(text) is not None


def split(text: str) -> Iterator[Piece]:
    """Split a file into its pieces: entries, and what stands between them."""
    begins = [match.start() for match in _BEGIN.finditer(text)]
    if not begins or begins[0]:
        yield Piece(text[: begins[0] if begins else len(text)])
    for start, limit in pairwise([*begins, len(text)]):
        end = _END.search(text, start, limit)
        stop = end.end() if end else limit
        yield Piece(text[start:stop], IntakeKind.RIS, key=_key(text[start:stop]))
        if stop < limit:
            yield Piece(text[stop:limit])


def warnings(raw: str) -> list[str]:
    """Say what is unusual about an entry that can be read all the same."""
    return [] if _END.search(raw) else [_NO_END]


def item(raw: str) -> dict[str, Any]:
    """Read an entry as a CSL-JSON item; what RIS does not define is left out."""
    tags = _tags(raw)
    code, own_word = (tags.get(name, [""])[0] for name in ("TY", ris_types.OWN_WORD_TAG))
    found: dict[str, Any] = {"type": ris_types.read(code.upper(), own_word)}
    for variable, names in _NAMES.items():
        if people := [_name(value) for name in names for value in tags.get(name, ()) if value.strip()]:
            found[variable] = people
    for variable, names in _FIELDS.items():
        if value := next((tags[name][0] for name in names if tags.get(name)), ""):
            found[variable] = value
    return found | _dates(tags) | _numbers(tags, found)


def _key(raw: str) -> str:
    key = _tags(raw[:5000]).get("ID", [""])[0]
    return key[:200]


def _tags(raw: str) -> Mapping[str, list[str]]:
    """Read the lines of an entry: tag -> values; a line without a tag goes on with the one before."""
    tags: dict[str, list[list[str]]] = {}
    lines: list[str] | None = None
    for line in raw.splitlines():
        if match := _TAG.fullmatch(line):
            lines = [match[2].strip()]
            tags.setdefault(match[1], []).append(lines)
        elif lines is not None and line.strip():
            lines.append(line.strip())
    joined = {tag: [" ".join(filter(None, lines)) for lines in values] for tag, values in tags.items()}
    return {tag: kept for tag, values in joined.items() if (kept := [value for value in values if value])}


def _name(value: str) -> dict[str, str]:
    """Read a name: family, given, suffix; without a comma it is taken as it stands."""
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 1 or not parts[0] or not parts[1]:
        return {"literal": value.strip().rstrip(",").strip()}
    name = {"family": parts[0], "given": parts[1]}
    return name | ({"suffix": ", ".join(parts[2:])} if parts[2:] and parts[2] else {})


def _dates(tags: Mapping[str, list[str]]) -> dict[str, Any]:
    found = {}
    for variable, names in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        dates = [date for name in names for value in tags.get(name, ()) if (date := _date(value))]
        if dates:
            found[variable] = {"date-parts": [max(dates, key=len)]}
    return found


def _date(value: str) -> list[int]:
    match = _DATE.match(value)
    return [int(part) for part in match.groups() if part and int(part)] if match else []


def _numbers(tags: Mapping[str, list[str]], found: Mapping[str, Any]) -> dict[str, Any]:
    """Read what means something else for each type: number, pages, ISBN."""
    numbers: dict[str, Any] = {}
    first, last = (tags.get(name, [""])[0] for name in ("SP", "EP"))
    if first:
        numbers["page"] = f"{first}-{last}" if last and last != first and "-" not in first else first
    if number := tags.get("IS", tags.get("M1", [""]))[0]:
        numbers["number" if found["type"] == "report" else "issue"] = number
    if serial := " ".join(tags.get("SN", ())):
        numbers["ISBN"] = serial
    return numbers
