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
from perspectives.rules.intake import dates as intake_dates
from perspectives.rules.intake.kept_fields import RawField
from perspectives.rules.sources import identifiers, work_dates
from perspectives.vocab import IntakeKind

_BEGIN = re.compile(r"(?:^|(?<=\r))[\ufeff \t]*(?:\d{1,6}\.[ \t]*)?TY {0,2}-", re.MULTILINE)
_END = re.compile(r"(?:^|(?<=\r))[ \t]*ER {0,2}-[^\r\n]*(?:\r\n?|\n)?", re.MULTILINE)
_TAG = re.compile(r"[\ufeff \t]*(?:\d{1,6}\.[ \t]*)?([A-Z][A-Z0-9]) {0,2}-(?: |$)(.*)", re.DOTALL)
_ONE_BLANK = re.compile(r"[\ufeff \t]*TY -")
"""How an entry begins that writes one blank, not two, in each line."""
_ISSN = re.compile(r"(?<![\d-])\d{4}-?\d{3}[\dXx](?![\d-])")
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,20}", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")
_PERIOD = re.compile(r"(\d{4}) ?(?:--?|\u2013|\u2014) ?(\d{4})")
_MONTH_AND_DAY = re.compile(r"[A-Za-z]{3,9}\.?(?: [0-3]?[0-9])?")
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
_PERIODICALS = {"article-journal", "article-magazine", "article-newspaper"}
_OF_PERIODICALS = {**_FIELDS, "container-title": ("JF", "JO", "T2", "JA", "J2")}
"""In periodicals T2 may be a subtitle, where another tag names the journal."""
_NO_GENRES = {"article", "journal article", "magazine article", "newspaper article", "review article"}
"""What M3 says of articles beside what their type says already."""
_OF_REPORTS = {**_FIELDS, "container-title": (), "collection-title": ("T2", "T3")}
_NUMBERS = {"page": ("SP", "EP"), "issue": ("IS", "M1"), "number": ("IS", "M1"), "ISBN": ("SN",)}
_DATES = {"issued": ("DA", "PY", "Y1"), "accessed": ("Y2",)}
_DATE_TAGS = _DATES["issued"]
_READ = ("TY", "ER", "ID")
_TAG_NAMES = {
    "AB": "abstract",
    "AN": "accession number",
    "DP": "provider",
    "J1": "short journal title",
    "KW": "keyword",
    "L1": "file",
    "L4": "figure",
    "N1": "note",
    "N2": "abstract",
    "RN": "research note",
    "SN": "ISSN",
    "ST": "short title",
    "T2": "secondary title",
    "TA": "translated author",
    "TT": "translated title",
    "A2": "second authors",
    "A3": "third authors",
    "AD": "address of the author",
    "M3": "kind of work",
}
_KNOWN = {
    *_READ,
    ris_types.OWN_WORD_TAG,
    *(name for table in (_NAMES, _FIELDS, _NUMBERS, _DATES) for names in table.values() for name in names),
}
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
    """Read an entry as a CSL-JSON item; what has no place in one is told by `fields`."""
    tags = _tags(raw)
    code, own_word = (tags.get(name, [""])[0] for name in ("TY", ris_types.OWN_WORD_TAG))
    found: dict[str, Any] = {"type": ris_types.read(code.upper(), own_word)}
    for variable, names in _people(found["type"]).items():
        if people := [_name(value) for name in names for value in tags.get(name, ()) if value.strip()]:
            found[variable] = people
    for variable, names in _variables(found["type"]).items():
        if value := next((tags[name][0] for name in names if tags.get(name)), ""):
            found[variable] = value
    found |= _dates(tags) | _status(tags) | _numbers(tags, found)
    return _with_address(found)


def fields(raw: str) -> Iterator[RawField]:
    """Give all that an entry says, with the CSL variables that may hold it."""
    tags = _tags(raw)
    own_word = tags.get(ris_types.OWN_WORD_TAG, [""])[0]
    kind = ris_types.read(tags.get("TY", [""])[0].upper(), own_word)
    places: dict[str, list[str]] = {}
    for table in (_people(kind), _variables(kind), _NUMBERS, _DATES):
        for variable, names in table.items():
            for name in names:
                places.setdefault(name, []).append(variable)
    month_and_day = _dates(tags).get("issued", {"date-parts": [[]]})["date-parts"][0][1:]
    for tag, values in tags.items():
        is_read_already = tag == ris_types.OWN_WORD_TAG and own_word == kind
        if tag not in _READ:
            label = f"{tag} ({_TAG_NAMES[tag]})" if tag in _TAG_NAMES else tag
            variables = (*places.get(tag, ()), *_ALSO.get(tag, ()))
            for value in values[is_read_already:]:
                held = ("status",) if tag == "N1" and _is_status(value) else variables
                is_in_words = tag == "DA" and month_and_day != [] and _month_and_day(value) == month_and_day
                is_read_otherwise = is_in_words or "status" in held or (tag in _DATE_TAGS and _more_said(value))
                yield RawField(label, value, held, compared="" if is_read_otherwise else value)


_ALSO = {"J1": ("container-title",), "DO": ("URL",), "M3": ("DOI",), "UR": ("DOI",), "L2": ("DOI",)}
"""Variables that hold what a tag says where its value is of another kind: a DOI's address, a DOI among notes."""


def _people(kind: str) -> Mapping[str, tuple[str, ...]]:
    """In reports A2 are the editors of the series, for whom a record has no place."""
    return {**_NAMES, "editor": ("ED",)} if kind == "report" else _NAMES


def _variables(kind: str) -> Mapping[str, tuple[str, ...]]:
    if kind in _PERIODICALS:
        return _OF_PERIODICALS
    return _OF_REPORTS if kind == "report" else _FIELDS


def _with_address(found: dict[str, Any]) -> dict[str, Any]:
    """Put DOIs in their place: one among the notes, and a short one, which is an address and no DOI."""
    given = str(found.get("DOI", ""))
    if not identifiers.doi(given) and identifiers.doi(str(found.get("genre", ""))):
        found["DOI"] = found["genre"]
    is_article = found["type"] in _PERIODICALS and str(found.get("genre", "")).lower() in _NO_GENRES
    if is_article or identifiers.doi(str(found.get("genre", ""))):
        del found["genre"]
    if _SHORT_DOI.fullmatch(given) and "URL" not in found:
        del found["DOI"]
        found["URL"] = f"https://doi.org/{given}"
    return found


def _key(raw: str) -> str:
    return _tags(raw).get("ID", [""])[0][:200]


def _tags(raw: str) -> Mapping[str, list[str]]:
    """Read the lines of an entry: tag -> values; a line without a tag goes on with the one before."""
    tags: dict[str, list[list[str]]] = {}
    lines: list[str] | None = None
    has_one_blank = _ONE_BLANK.match(raw) is not None
    for line in raw.splitlines():
        if (match := _TAG.fullmatch(line)) and (lines is None or has_one_blank or _is_tag(line, match[1])):
            lines = [match[2].strip()]
            tags.setdefault(match[1], []).append(lines)
        elif lines is not None and line.strip():
            lines.append(line.strip())
    joined = {tag: [" ".join(filter(None, lines)) for lines in values] for tag, values in tags.items()}
    return {tag: kept for tag, values in joined.items() if (kept := [value for value in values if value])}


def _is_tag(line: str, tag: str) -> bool:
    """Whether a line within an entry begins a field: as RIS writes it, or otherwise with a tag that is read here."""
    return f"{tag}  -" in line or tag in _KNOWN


def _name(value: str) -> dict[str, str]:
    """Read a name: family, given, suffix; without a comma it is taken as it stands."""
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 1 or not parts[0] or not parts[1]:
        return {"literal": value.strip().rstrip(",").strip()}
    name = {"family": parts[0], "given": parts[1]}
    return name | ({"suffix": ", ".join(parts[2:])} if parts[2:] and parts[2] else {})


def _dates(tags: Mapping[str, list[str]]) -> dict[str, Any]:
    found = {}
    for variable, names in _DATES.items():
        written = [value for name in names for value in tags.get(name, ())]
        dates = [date for value in written if (date := _date(value))]
        if dates:
            longest = max(dates, key=len)
            words = (value for value in tags.get("DA", ()) if _MONTH_AND_DAY.fullmatch(value.strip()))
            if variable == "issued" and len(longest) == 1 and (named := next(words, "")):
                longest = [*longest, *_month_and_day(named)]
            found[variable] = next(filter(None, map(_more_said, written)), {"date-parts": [longest]})
    return found


def _more_said(value: str) -> dict[str, Any]:
    """Read a period of years, and EDTF behind the day (an approximate date, a season); {} for other dates."""
    if match := _PERIOD.fullmatch(value.strip()):
        return {"date-parts": [[int(year)] for year in match.groups()]}
    date = value.split("/", 3)[3:]
    return work_dates.csl(date[0]) if date and work_dates.is_date(date[0]) else {}


def _status(tags: Mapping[str, list[str]]) -> dict[str, str]:
    """Read what a note says of a work that has not appeared."""
    note = next(filter(_is_status, tags.get("N1", ())), "")
    return {"status": note.removeprefix(ris_types.STATUS_NOTE).strip()} if note else {}


def _is_status(note: str) -> bool:
    return note.startswith(ris_types.STATUS_NOTE)


def _month_and_day(named: str) -> list[int]:
    """Read what Web of Science writes beside the year: `JUN`, `JUN 15`; nothing where it names no month."""
    month = intake_dates.month(named)
    return [month, *map(int, re.findall(r"\d+", named))] if month else []


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
    serials = [serial for serial in tags.get("SN", ()) if not _ISSN.search(serial)]
    if serials:
        numbers["ISBN"] = " ".join(serials)
    return numbers
