"""A table that somebody pastes, as spreadsheets and word processors give it: read row by row, nothing left unsaid."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from perspectives.rules.documents.problems import shown


@dataclass(frozen=True)
class Column:
    """A column: its name, what people call it, and the words that it takes, with their labels, where they are given."""

    name: str
    label: str
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PastedRow:
    """A row: values by column, and what of it could not be read, by column or '' for the whole row."""

    values: Mapping[str, str]
    mistakes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PastedTable:
    """All rows that fit, what is wrong with the table as a whole, and what was not read, as it was pasted."""

    rows: tuple[PastedRow, ...]
    mistakes: tuple[str, ...] = ()
    rest: str = ""


def read(text: str, columns: Sequence[Column], *, most: int) -> PastedTable:
    """Read a table whose cells are parted by tabs or commas; a first row that names columns says their order.

    Of more than `most` rows the rest is given back as text, with the row of names.
    """
    delimiter = "\t" if "\t" in text else ","
    try:
        cells = [row for row in _cells(text, delimiter) if any(map(str.strip, row))]
    except csv.Error as error:
        return PastedTable((), (f"The table could not be read: {error}. Look for a quotation mark too many.",), text)
    head = _head(cells[0], columns) if cells else None
    body = cells[1:] if head else cells
    order = head or [*columns]
    rows = tuple(_row(row, order) for row in body[:most])
    if len(body) <= most:
        return PastedTable(rows)
    left = [*(cells[:1] if head else []), *body[most:]]
    return PastedTable(rows, (f"{most} rows fit; {len(body) - most} are still in the box.",), _text(left, delimiter))


def _cells(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        # In what word processors copy, a quotation mark is a quotation mark.
        if delimiter == ",":
            raise
        return [line.split(delimiter) for line in text.splitlines()]


def _head(row: Sequence[str], columns: Sequence[Column]) -> list[Column | None] | None:
    """Read a row of names; None where it is none. A column that is not known, or named twice, is None in it."""
    known = {_folded(word): one for one in columns for word in (one.name, one.label)}
    found: list[Column | None] = []
    for cell in row:
        column = known.get(_folded(cell))
        found.append(None if column in found else column)
    return found if 2 * sum(column is not None for column in found) > len(row) else None


def _row(cells: Sequence[str], order: Sequence[Column | None]) -> PastedRow:
    values: dict[str, str] = {}
    mistakes: list[tuple[str, str]] = []
    for place, cell in enumerate(map(str.strip, cells)):
        column = order[place] if place < len(order) else None
        if not cell:
            continue
        if column is None:
            mistakes.append(("", f"“{shown(cell, len(cell))}” stands in no column that is known, so it was left out."))
        elif not column.terms:
            values[column.name] = cell
        elif term := _term(cell, column.terms):
            values[column.name] = term
        else:
            words = ", ".join(column.terms)
            mistakes.append((column.name, f"“{shown(cell, len(cell))}” is none of: {words}."))
    return PastedRow(values, tuple(mistakes))


def _term(cell: str, terms: Mapping[str, str]) -> str:
    return next((word for word, label in terms.items() if _folded(cell) in (_folded(word), _folded(label))), "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    made = StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return made.getvalue()
