"""Lists as CSV tables (RFC 4180), for spreadsheets: flat columns with stable names, several values parted by `; `."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from perspectives.rules.documents import walk
from perspectives.rules.formats.bibliography.ris import name

Record = Mapping[str, Any]

SEPARATOR = "; "
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a guarded cell begins with."""


def _same(*names: str) -> dict[str, str]:
    """Name columns as the fields are named."""
    return {name: name for name in names}


COLUMNS: Mapping[str, Mapping[str, str]] = {
    "topics": {
        **_same("topic", "article", "order", "title", "question"),
        "asked_as": "asked_as[]",
        "period_start": "period.start",
        "period_end": "period.end",
        "tags": "tags[]",
        "edition": "edition",
        "positions": "positions[].label",
        "cruxes": "cruxes[].question",
        "claims": "counts.claims",
        "responses": "counts.responses",
        "sources": "counts.sources",
        "events": "counts.events",
        "sha256": "sha256",
    },
    "claims": {
        **_same("id", "topic", "article", "edition", "perspective", "perspective_label", "stance"),
        "held_by": "held_by[]",
        "stated_by": "stated_by[]",
        **_same("is_authors_own", "kind", "text"),
        "sources": "cites[].source",
        "quotes": "cites[].quote",
        "quote_states": "cites[].quote_status",
        "answers": "answers[].claim",
        "answered_by": "answered_by[].claim",
        "gaps": "gaps[].stance",
    },
    "responses": _same("topic", "from", "type", "to", "note"),
    "passages": {
        **_same("id", "article", "edition", "section", "start", "end", "quote", "quote_by", "paraphrase"),
        "topics": "topics[]",
        "claims": "claims[]",
        "findings": "findings[].finding",
        "notes": "findings[].note",
        "sources": "findings[].cites[].source",
    },
    "sources": {
        "key": "key",
        "type": "record.type",
        "category": "record.category",
        "authors": "record.author[]",
        "editors": "record.editor[]",
        "translators": "record.translator[]",
        "title": "record.title",
        "container_title": "record.container-title",
        "issued": "record.issued",
        "publisher": "record.publisher",
        "volume": "record.volume",
        "issue": "record.issue",
        "page": "record.page",
        "doi": "record.DOI",
        "isbn": "record.ISBN",
        "url": "record.URL",
        "language": "record.language",
        "metadata": "record.checked.metadata",
    },
    "citations": {
        **_same("topic", "topic_title", "stance", "claim"),
        "claim_text": "text",
        "relation": "cite.relation",
        "source": "cite.source",
        "source_title": "record.title",
        "authors": "record.author[]",
        **_same("year"),
        "category": "record.category",
        "doi": "record.DOI",
        "url": "record.URL",
        "locator": "cite.locator",
        "quote": "cite.quote",
        "quote_state": "cite.quote_status",
    },
    "events": {
        **_same("topic", "date", "title", "description"),
        "sources": "cites[].source",
    },
    "people": {
        **_same("person", "name"),
        "topics": "positions[].topic",
        "perspectives": "positions[].perspective",
        "stances": "positions[].stance",
        "states": "states[]",
    },
}
"""Kind of list -> column -> where its values stand in a record, as `rules.documents.walk` writes ways."""


def csv_text(kind: str, records: Iterable[Record]) -> str:
    """Write records of a kind in `COLUMNS` as CSV: a head line, then a line a record, each ended by CR LF.

    What a spreadsheet would run as a formula gets an apostrophe before it. Raises KeyError for an unknown kind.
    """
    return csv_table(COLUMNS[kind], records)


def csv_table(columns: Mapping[str, str], records: Iterable[Record]) -> str:
    """Write records as CSV like `csv_text`; `columns` says where each column's values stand in a record."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(record, way) for way in columns.values()] for record in records)
    return stream.getvalue()


def cell(record: Record, way: str) -> str:
    """Write what stands at `way` in a record as one safe cell; empty where nothing does."""
    text = SEPARATOR.join(_written(value) for _, value in walk.values(record, way) if value is not None)
    return guarded(text)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, and before such an apostrophe itself.

    So a program that reads the table gets each text back by taking one apostrophe off where `GUARDED` matches.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return name(value).rstrip(",") if isinstance(value, Mapping) else str(value)
