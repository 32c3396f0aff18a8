"""The fields of a BibTeX entry as they stand there: where each ends, and where in a record it may be.

What they say is pandoc's to read; this is for what pandoc drops, and for what is to be told.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perspectives.rules.intake import dates
from perspectives.rules.intake.kept_fields import RawField
from perspectives.rules.intake.languages import language_tag
from perspectives.vocab import PublicationStatus

_FIELD = re.compile(r"([A-Za-z][\w:+-]{0,60})\s*=\s*")
_MARK = re.compile(r'[{}",)]')
_NEXT_FIELD = re.compile(r"\s+([A-Za-z][\w:+-]{0,60})\s*=")
_WHOLES = ("journal", "journaltitle", "booktitle", "maintitle")
_PLACES: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("title", "author", "translator", "volume", "edition", "language", "publisher")},
    "editor": ("editor", "container-author"),
    "bookauthor": ("container-author",),
    "subtitle": ("title",),
    "titleaddon": ("title",),
    **dict.fromkeys(_WHOLES, ("container-title", "title")),
    **dict.fromkeys(("booksubtitle", "journalsubtitle", "mainsubtitle"), ("container-title",)),
    "series": ("collection-title",),
    "number": ("number", "issue", "collection-number"),
    "issue": ("issue", "number"),
    "pages": ("page",),
    "pagetotal": ("number-of-pages",),
    **dict.fromkeys(("institution", "school", "organization"), ("publisher", "authority")),
    "howpublished": ("publisher", "URL"),
    **dict.fromkeys(("address", "location"), ("publisher-place", "event-place")),
    **dict.fromkeys(("year", "date", "month", "day"), ("issued",)),
    "urldate": ("accessed",),
    "origdate": ("original-date",),
    "url": ("URL",),
    "doi": ("DOI",),
    "isbn": ("ISBN",),
    "langid": ("language",),
    "hyphenation": ("language",),
    "type": ("genre",),
    "eventtitle": ("event-title",),
    "venue": ("event-place",),
    "library": ("archive",),
    "version": ("edition",),
    "pubstate": ("status",),
}
"""BibTeX or BibLaTeX field -> the CSL variables that may hold what it says."""
_ABOVE = {"crossref", "xdata"}
"""Fields that name an entry whose fields are taken over; where it is missing, `bibtex_reading` says so."""

_PEOPLE = {"author", "editor", "translator", "bookauthor"}
_DATES = {"year", "date", "month", "day", "urldate", "origdate"}
_LANGUAGES = {"langid", "hyphenation", "language"}
_KEYS = {
    "phdthesis", "mathesis", "candthesis", "techreport", "resreport", "software", "datacd", "audiocd", "patent",
    "patentde", "patenteu", "patentfr", "patentuk", "patentus", "patreqde", "patreqeu", "patreqfr", "patrequk",
    "patrequs",
}  # fmt: skip
"""What BibLaTeX writes for kinds of works, for which pandoc gives words of a language."""
UNCERTAIN = re.compile(r"[~?%]|\b(?:c|ca|circa|approx|um)\b", re.IGNORECASE)
"""What says that a date is not certain."""
_DATE_WORD = re.compile(r"[^\W_]+")
_IDENTIFIERS = {"doi", "url"}
_BACKSLASHES = re.compile(r"\\+(?![A-Za-z])")
_BRACE = re.compile(r"\\[{}]")
_ESCAPED = re.compile(r"\\([_%&#$ ])")
_LETTER = re.compile(r"\\[A-Za-z]{1,2}(?![A-Za-z])[ \t\r\n]*")
"""A letter or an accent, which is part of the word about it."""
_COMMAND = re.compile(r"\\[A-Za-z]+[ \t\r\n]*")
_JOINED = re.compile(r'[}"]\s*#')
"""Where a value goes on with an abbreviation; a `#` within an address is none."""
_TEX = re.compile(r"[\\$^`]|''|--.*--|\w\{|\}\w")
"""Words in which something else may be meant than is written."""


@dataclass(frozen=True)
class Value:
    """A field of an entry: its name, what is written behind the equals sign, and where that ends."""

    name: str
    written: str
    end: int


def walk(body: str) -> Iterator[Value]:
    """Walk the fields of an entry, whose key was taken off."""
    place = 0
    while match := _FIELD.search(body, place):
        depth, is_quoted, end = 0, False, len(body)
        for token in _MARK.finditer(body, match.end()):
            mark = token[0]
            if mark == '"' and depth == 0:
                is_quoted = not is_quoted
            depth += {"{": 1, "}": -1}.get(mark, 0)
            is_closed = depth == 0 and not is_quoted
            if depth < 0 or (is_closed and mark in ",)"):
                end = token.start()
                break
            if is_closed and mark in '}"' and _NEXT_FIELD.match(body, token.end()):
                end = token.end()
                break
        yield Value(match[1].lower(), body[match.end() : end].strip(), end)
        place = end


def fields(body: str) -> Iterator[RawField]:
    """Give all fields of an entry, with the CSL variables that may hold what they say."""
    for value in walk(body):
        plain = value.written.strip('{}" \t\r\n')
        if value.name not in _ABOVE:
            places = ("status",) if value.name == "year" and is_status(plain) else _PLACES.get(value.name, ())
            compared = _compared(value)
            # What is not compared must not pass for held because the work has a title of its own.
            yield RawField(value.name, plain, places if compared or value.name not in _WHOLES else places[:1], compared)


def _compared(value: Value) -> str:
    """Take the words of a value that TeX does not write in a way of its own.

    Nothing where they need not be in the record: abbreviations, and what a record writes in words of its own.
    """
    plain = value.written.strip('{}" ')
    if value.name in _DATES:
        return _compared_date(value.written)
    if value.name in _LANGUAGES:
        return language_tag(plain) or plain
    is_in_other_words = value.name == "type" and plain.casefold() in _KEYS
    if value.written.isdecimal():
        return value.written
    if is_in_other_words or value.written[:1] not in '{"' or _JOINED.search(value.written):
        return ""
    written = _BACKSLASHES.sub("", value.written) if value.name in _IDENTIFIERS else value.written
    plain = _LETTER.sub(r"\\", html.unescape(_ESCAPED.sub(r"\1", _BRACE.sub(" ", written))))
    plain = _COMMAND.sub(r" \\ ", plain).replace("~", " ")
    words = [word.strip('{}",') for word in plain.split() if not _TEX.search(word)]
    if value.name in _PEOPLE:
        words = [word.rpartition("=")[2] for word in words if word not in {"and", "others"}]
    return " ".join(words)


def _compared_date(written: str) -> str:
    """Write months as numbers, and nothing of what says that a date is not certain."""
    words = _DATE_WORD.findall(UNCERTAIN.sub(" ", written))
    return " ".join(str(dates.month(word) or word) for word in words)


def is_status(year: str) -> bool:
    """Whether what stands for a year says that the work has not appeared: forthcoming, in press."""
    return year.casefold() in PublicationStatus.values


def repairs(body: str) -> list[str]:
    """Say what had to be mended so that an entry could be read."""
    return [f"A comma is missing before '{name}'; it was read as if it were there." for name in with_commas(body)[1]]


def month(body: str) -> int | None:
    """Find the month that an entry names, in words or by number, also beside days; None where it names none."""
    written = (value.written for value in walk(body) if value.name == "month")
    return next(filter(None, map(dates.month, written)), None)


def year(body: str) -> str:
    """Give what an entry writes as its year or date, as it stands there."""
    return next((value.written.strip('{}" ') for value in walk(body) if value.name in {"year", "date"}), "")


def with_commas(body: str) -> tuple[str, list[str]]:
    """Put in the commas that are missing between two fields, and name the fields before which they were."""
    named: list[str] = []
    pieces, place = [], 0
    for value in walk(body):
        if missing := _NEXT_FIELD.match(body, value.end):
            pieces += [body[place : value.end], ","]
            place = value.end
            named.append(missing[1])
    return "".join([*pieces, body[place:]]), named
