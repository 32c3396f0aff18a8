"""Sources as RIS, the form that reference managers exchange; `docs/formats.md` lists what it has no field for."""

import io
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from rispy import RisWriter

from perspectives.rules.formats.bibliography import ris_types
from perspectives.rules.formats.bibliography.name_parts import first_and_last
from perspectives.rules.sources import work_dates
from perspectives.vocab import CslType

_FIELDS = {
    "title": "title",
    "genre": "type_of_work",
    "container-title": "secondary_title",
    "collection-title": "tertiary_title",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "edition": "edition",
    "volume": "volume",
    "issue": "number",
    "section": "section",
    "archive": "name_of_database",
    "archive-location": "call_number",
    "number": "note",
    "DOI": "doi",
    "ISBN": "issn",
    "language": "language",
    "original-date": "original_publication",
}
"""CSL variable -> rispy's name of a tag that holds it as it is."""
_NAMES = {
    "authors": ("author",),
    "secondary_authors": ("editor", "container-author", "interviewer"),
    "subsidiary_authors": ("translator",),
}


class _Writer(RisWriter):
    """RIS as its specification has it: no numbers between the entries, lines that end with CR LF."""

    NEWLINE: ClassVar[str] = "\r\n"

    def set_header(self, count: int) -> str:
        """Write nothing before an entry."""
        del count
        return ""


def text(sources: Mapping[str, Mapping[str, Any]]) -> str:
    """Write source records (plain data, by citekey) as RIS, in the given order; '' for none."""
    stream = io.StringIO(newline="")
    _Writer().format_lines(stream, [dict(_tags(key, record)) for key, record in sources.items()])
    return stream.getvalue()


def _tags(key: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    kind = CslType(record["type"])
    yield "type_of_reference", ris_types.written(kind)
    yield "id", key
    for tag, variables in _NAMES.items():
        if names := [name(person) for variable in variables for person in record.get(variable, ())]:
            yield tag, names
    for variable, tag in _FIELDS.items():
        if variable in record:
            yield tag, record[variable]
    yield from _dates(record)
    if not ris_types.is_exact(kind):
        yield "custom1", kind.value
    yield from _pages(record)
    if "URL" in record:
        yield "urls", [record["URL"]]


def name(person: Mapping[str, str]) -> str:
    """Write a name as RIS orders it: family, given, suffix.

    A comma ends a name without such parts, or programs would take the last word of an organisation for its family name.
    """
    if "literal" in person:
        return f"{person['literal']}," if "," not in person["literal"] else person["literal"]
    family = " ".join(person[part] for part in ("non-dropping-particle", "family") if part in person)
    given = " ".join(person[part] for part in ("given", "dropping-particle") if part in person)
    suffix = person.get("suffix")
    return ", ".join([family, given, suffix] if suffix else [family, given] if given else [family])


def _dates(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if issued := record.get("issued"):
        yield "year", issued[:4]
        yield "date", _date(work_dates.start(issued)) + ("" if work_dates.is_plain(issued) else issued)
    if status := record.get("status"):
        yield "notes", [f"{ris_types.STATUS_NOTE} {status}"]
    if accessed := record.get("accessed"):
        yield "access_date", _date(accessed)


def _date(date: str) -> str:
    """Write a partial date as year/month/day/, with nothing where it is not known."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


def _pages(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if pages := record.get("page"):
        start, end = first_and_last(pages)
        yield "start_page", start
        if end:
            yield "end_page", end
    elif count := record.get("number-of-pages"):
        yield "start_page", count
