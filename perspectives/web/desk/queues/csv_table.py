"""Tables of the desk as CSV files that no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from perspectives.rules.formats.table import guarded


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose cells no spreadsheet takes for formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return stream.getvalue()
