"""What OpenAlex knows of a title."""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from perspectives.clients import http
from perspectives.clients.intake import doi_registries
from perspectives.rules.intake import openalex_works

_OPERATORS = re.compile(r"[^\w'’-]+")
"""Commas, bars and colons would divide the filter."""
_MOST_FOUND = 10
_OFF = "Titles are not looked up here, because no key for OpenAlex is set (OPENALEX_KEY); paste the DOI or ISBN."


def item(title: str) -> dict[str, Any]:
    """Fetch the CSL-JSON item of the one work that has this title; where it has a DOI, as its registry has it.

    Nothing is guessed: where no work or several have the title, the error names those that are near. Raises
    http.FetchError and http.UnreachableError.
    """
    if not (settings.OPENALEX_URL and settings.OPENALEX_KEY):
        raise http.FetchError(_OFF)
    works = _found(title)
    same = openalex_works.titled(works, title)
    if len(same) != 1:
        raise http.FetchError(_unclear(openalex_works.nearest(same or works), len(same)))
    if doi := openalex_works.doi(same[0]):
        return {**doi_registries.item(doi), "DOI": doi}
    return openalex_works.item(same[0])


def _found(title: str) -> list[Any]:
    words = " ".join(_OPERATORS.sub(" ", title).split())
    query = urlencode({"filter": f"title.search:{words}", "per-page": _MOST_FOUND, "api_key": settings.OPENALEX_KEY})
    answer = http.get(f"{settings.OPENALEX_URL}/works?{query}", accept="application/json")
    found = (answer.json_object() or {}).get("results")
    if not isinstance(found, list):
        raise http.FetchError(f"OpenAlex's answer ({answer.status}) holds no list of works.")
    return found


def _unclear(nearest: str, same: int) -> str:
    if not nearest:
        return "OpenAlex knows no work with such a title; look how it is written, or paste the DOI or ISBN."
    said = f"{same} works have this title" if same else "No work has exactly this title; the nearest are"
    return f"{said}: {nearest}. Paste the DOI of the right one."
