"""BibTeX in pieces: which stretch of a file is which entry. What an entry says is pandoc's to read.

Splitting never fails and loses nothing: the pieces, joined, are the file. A line that begins like an entry begins one,
even where the braces of the entry before are still open; that entry is then said to be broken, and no other.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.formats.bibliography import bibtex_fields
from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.rules.intake.kept_fields import RawField
from perspectives.vocab import IntakeKind

_HEAD = re.compile(r"(?<![\w.])@[ \t]*([A-Za-z][\w:+-]{0,60})[ \t]*(?:[\r\n]{1,2}[ \t]*)?([{(])")
_KEY = re.compile(r"\s*([^=\"#%]{1,200}?)\s*,(?=\s*,?\s*(?:[A-Za-z][\w:+-]{0,60}\s*=|[})]|\Z))")
"""A key may hold commas, spaces and braces, which other programs write: it ends where the first field begins."""
_TOKEN = re.compile(r"[{}()\"]|^[ \t]*@[ \t]*[A-Za-z][\w:+-]{0,60}[ \t]*[{(]", re.MULTILINE)
_PARENT = re.compile(
    r"\b(crossref|xdata)\s*=\s*([{\"])?\s*([^\s,{}\"]{1,200})(?(2)\s*[}\"]|(?=\s*[,}]))", re.IGNORECASE
)
_LANGUAGE = re.compile(r"(?<=[,\s{(])(langid|hyphenation|language)(\s*=\s*)[{\"]?([^,{}\"\n]{0,60})", re.IGNORECASE)
_OWN_LANGUAGE = re.compile(r"(?<=[,\s])(langid|hyphenation)(?=\s*=)", re.IGNORECASE)
_DEFINITION = re.compile(r"@[ \t]*string\s*[{(]\s*([^\s=,{}()\"#%]{1,200})\s*=", re.IGNORECASE)
_NAME = re.compile(r"[^\s=,{}()\"#%]{1,200}")
_PARTS = {"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"}
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PERIOD = re.compile(r"(\d{4})\s*(?:/|--?|\u2013)\s*(?:(\d{4})|\.\.)?")
_NO_PARENT = "The entry '{key}', from which this one takes fields over, is not in the file; add what it would say."
_ANGLE = re.compile(r"\$\\(less|greater)\$")
_ANGLES = {"less": "<", "greater": ">"}
"""What Crossref writes in BibTeX for the marks of HTML."""
_LETTER = re.compile(r"\\(dh|DH|th|TH|dj|DJ|ng|NG|euro|textendash|textemdash)(?![A-Za-z])(?:\{\}|[ \t]+)?")
_LETTERS = {
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "euro": "€", "textendash": "–", "textemdash": "—",
}  # fmt: skip
"""Commands for one letter that pandoc drops."""
_NO_ENTRIES = {"comment", "preamble", "string"}
_PREFIX = "entry"
_MOST_DEPTH = 40
"""How deep braces may be nested: pandoc needs time by the square of it, and people need five."""
_TOO_DEEP = f"Its braces are nested more than {_MOST_DEPTH} deep; write it with fewer."
_UNCLOSED = "The entry is not closed: a brace is missing, so that the next entry begins inside it."


def looks_like(text: str) -> bool:
    """Whether a text holds a BibTeX entry."""
    return any(match[1].lower() not in _NO_ENTRIES for match in _HEAD.finditer(text))


def split(text: str) -> Iterator[Piece]:
    """Split a file into its pieces: entries, and what stands between them."""
    place = 0
    while match := _HEAD.search(text, place):
        if match.start() > place:
            yield Piece(text[place : match.start()])
        place, problem = _end(text, match)
        yield _piece(text[match.start() : place], match, problem)
    if place < len(text):
        yield Piece(text[place:])


def _end(text: str, head: re.Match[str]) -> tuple[int, str]:
    """Find where an entry ends, and what is wrong with its braces."""
    opening = head[2]
    depth = deepest = 1
    is_quoted = False
    for token in _TOKEN.finditer(text, head.end()):
        found = token[0]
        if len(found) > 1:
            return token.start(), _UNCLOSED
        if found in "{}":
            depth += 1 if found == "{" else -1
            deepest = max(deepest, depth)
        elif found == '"' and depth == 1:
            is_quoted = not is_quoted
        elif opening == "(" and found == ")" and depth == 1 and not is_quoted:
            depth = 0
        if depth == 0:
            return token.end(), _TOO_DEEP if deepest > _MOST_DEPTH else ""
    return len(text), _UNCLOSED


def _piece(raw: str, head: re.Match[str], problem: str) -> Piece:
    kind = head[1].lower()
    if kind in _NO_ENTRIES:
        return Piece(raw, is_definition=kind == "string" and not problem)
    key = _KEY.match(raw, head.end() - head.start())
    return Piece(raw, IntakeKind.BIBTEX, key=key[1] if key else "", problem=problem)


def parents(raw: str) -> set[str]:
    """Name the entries from which an entry takes fields over."""
    return {match[3] for match in _PARENT.finditer(raw)}


def lengths(definitions: Iterable[str]) -> dict[str, int]:
    """Say how long each abbreviation is, written out, by its name in small letters.

    An abbreviation may be made of others, so that thirty short ones can double to gigabytes. A name in words counts as
    well, so that none is longer than this says.
    """
    found: dict[str, int] = {}
    for raw in definitions:
        if match := _DEFINITION.match(raw):
            found[match[1].lower()] = written_out(raw[match.end() :], found)
    return found


def written_out(raw: str, known: Mapping[str, int]) -> int:
    """Say how long a text is at most once the abbreviations in it, whose lengths are known, are written out."""
    return len(raw) + sum(known.get(word.lower(), 0) for word in _NAME.findall(raw)) if known else len(raw)


def language(raw: str) -> str:
    """Give what an entry says of its language, as it stands there."""
    match = _LANGUAGE.search(raw)
    return match[3].strip() if match else ""


def file(entries: Mapping[int, str], definitions: Iterable[str], above: Mapping[str, str]) -> str:
    """Write a file that pandoc can read: entries by number, abbreviations, and the entries `above` them by key.

    Each entry gets its number as key, so that none hides another. It is said to be in a language other than English,
    since pandoc writes English titles in small letters, and then takes names in them for common words.
    """
    numbers = names_of(above)
    pieces = [_in_braces(raw) for raw in definitions]
    for number, raw in entries.items():
        pieces.append(_PARENT.sub(lambda match: _renamed(match, numbers), _keyed(raw, f"{_PREFIX}{number}")))
    pieces += [_keyed(raw, numbers[key]) for key, raw in above.items()]
    whole = "\n".join(pieces).replace(r"\symbol{126}", r"\textasciitilde{}")
    return _LETTER.sub(lambda match: _LETTERS[match[1]], whole)


def names_of(above: Iterable[str]) -> dict[str, str]:
    """Give the keys that `file` writes for the entries above others."""
    return {key: f"above{place}" for place, key in enumerate(above)}


def completed(item: Mapping[str, Any], raw: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """Add to pandoc's item what the entry says besides; `titles` are those of entries above it, by key."""
    head = _HEAD.match(raw)
    found = {**item, "type": item.get("type") or (head[1].lower() if head else ""), "language": language(raw)}
    whole = next((titles[key] for key in parents(raw) if titles.get(key)), "")
    if whole and found["type"] in _PARTS and found.get("title") != whole:
        found.setdefault("container-title", whole)
    for name in ("URL", "DOI"):
        if name in found:
            found[name] = _ESCAPED.sub(r"\1", found[name])
    if _ADDRESS.fullmatch(found.get("publisher", "")):
        found.setdefault("URL", found.pop("publisher"))
    written = bibtex_fields.year(body_of(raw))
    if bibtex_fields.is_status(written):
        found["status"] = written
        found.pop("issued", None)
    elif written and ("issued" in found or _PERIOD.fullmatch(written)):
        found["issued"] = _date(found.get("issued"), written, bibtex_fields.month(body_of(raw)))
    return found


def _date(issued: Any, written: str, month_named: int | None) -> dict[str, Any]:
    """Take over what pandoc does not: a year beside other words, the month beside days, that a date is not certain."""
    parts = [list(part) for part in issued.get("date-parts", [])] if isinstance(issued, dict) else []
    if period := _PERIOD.fullmatch(written):
        parts = [[int(year)] if year else [0] for year in period.groups()]
    if len(parts) == 1 and len(parts[0]) == 1 and month_named:
        parts[0].append(month_named)
    date: dict[str, Any] = {"date-parts": parts} if parts else {"raw": written}
    return date | ({"circa": True} if bibtex_fields.UNCERTAIN.search(written) else {})


def number_of(key: str) -> int | None:
    """Give the number that `file` wrote as an entry's key; None for entries above others."""
    return int(key.removeprefix(_PREFIX)) if key.startswith(_PREFIX) else None


def _renamed(match: re.Match[str], numbers: Mapping[str, str]) -> str:
    return f"{match[1]}={{{numbers.get(match[3], match[3])}}}"


def _in_braces(raw: str) -> str:
    """Write an abbreviation that stands in parentheses, as pandoc does not read it."""
    head = _HEAD.match(raw)
    if head is None or head[2] != "(":
        return raw
    return f"@{head[1]}{{{raw[head.end() :].rstrip().removesuffix(')')}}}"


def _keyed(raw: str, key: str) -> str:
    head = _HEAD.match(raw)
    if head is None:
        return raw
    old = _KEY.match(raw, head.end())
    body = raw[old.end() if old else head.end() :].lstrip(" \t\r\n,")
    if head[2] == "(":
        body = f"{body.rstrip().removesuffix(')')}}}"
    body = _ANGLE.sub(lambda found: _ANGLES[found[1]], _OWN_LANGUAGE.sub("xlanguage", body))
    return f"@{head[1]}{{{key}, langid={{german}},{bibtex_fields.with_commas(body)[0]}"


def fields(raw: str) -> Iterator[RawField]:
    """Give all fields of an entry, with the CSL variables that may hold what they say."""
    return bibtex_fields.fields(body_of(raw))


def warnings(raw: str, above: Collection[str]) -> list[str]:
    """Say what had to be mended so that an entry could be read, and which entries above it are not there."""
    missing = sorted(parents(raw).difference(above))
    return [*bibtex_fields.repairs(body_of(raw)), *(_NO_PARENT.format(key=key) for key in missing)]


def body_of(raw: str) -> str:
    """Give an entry without its type and key."""
    head = _HEAD.match(raw)
    key = _KEY.match(raw, head.end()) if head else None
    return raw[key.end() if key else head.end() if head else 0 :]
