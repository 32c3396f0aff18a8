"""Copies of pages in the web archive that the settings name, found over its TimeMap (RFC 7089)."""

from datetime import date
from http import HTTPStatus
from io import BytesIO
from typing import Final

from django.conf import settings

from perspectives.clients import http
from perspectives.rules.evidence import timemaps
from perspectives.rules.evidence.findings import Finding
from perspectives.rules.topics import dates
from perspectives.vocab import CheckOutcome

_BOUNDS: Final = http.Bounds(5_000_000, 60.0, 3, is_cut=True)
_NOTHING: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def snapshot(asked: str, original: str, *, near: date) -> Finding:
    """Find in the TimeMap of an address the copy that was made nearest to a day.

    Raises http.FetchError, and http.UnreachableError where later may be better.
    """
    body = BytesIO()
    answer = http.look(asked, accept="application/link-format", bounds=_BOUNDS, into=body)
    if answer.status not in {HTTPStatus.OK, *_NOTHING}:
        raise http.FetchError(f"The web archive answers {answer.status}.")
    text = body.getvalue().decode("utf-8", errors="replace") if answer.status == HTTPStatus.OK else ""
    found = timemaps.nearest(timemaps.mementos(text, settings.ARCHIVE_URL), near)
    if found is None:
        return Finding(CheckOutcome.NOT_ARCHIVED, "The web archive that was asked has no copy of the page.")
    on = found.on.isoformat()
    sentence = f"A web archive has a copy of {dates.partial_date(on)}."
    return Finding(
        CheckOutcome.ARCHIVED, sentence, detail={"original": original, "memento": found.address, "archived_on": on}
    )
