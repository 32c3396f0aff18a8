"""The data set of retractions that Crossref gives out (Retraction Watch), line by line."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import Final

from django.conf import settings

from perspectives.clients import http
from perspectives.rules.evidence import retractions
from perspectives.rules.evidence.retractions import Listed

_BOUNDS: Final = http.Bounds(300_000_000, 240.0, 5)
_OK: Final = 200
_LONGEST_FIELD: Final = 1_000_000


def notices() -> Iterator[Listed]:
    """Fetch the data set and give what it lists; lines without a DOI are passed over.

    Raises http.FetchError, also where it is no such table, and http.UnreachableError where later may be better.
    """
    with TemporaryFile() as file:
        answer = http.look(settings.RETRACTIONS_URL, accept="text/csv,*/*", bounds=_BOUNDS, into=file)
        if answer.status != _OK:
            raise http.FetchError(f"The data set of retractions is not at RETRACTIONS_URL (answer {answer.status}).")
        file.seek(0)
        csv.field_size_limit(_LONGEST_FIELD)
        rows = csv.DictReader(TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline=""))
        try:
            if missing := set(retractions.COLUMNS) - set(rows.fieldnames or ()):
                raise http.FetchError(f"What is at RETRACTIONS_URL has no columns {', '.join(sorted(missing))}.")
            yield from filter(None, map(retractions.listed, rows))
        except csv.Error as error:
            raise http.FetchError(f"What is at RETRACTIONS_URL is no table: {error}.") from error
