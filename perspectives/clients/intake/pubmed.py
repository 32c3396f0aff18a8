"""What the National Center for Biotechnology Information says of articles in PubMed and PubMed Central."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from perspectives.clients import http


def by_pmid(number: str) -> dict[str, Any]:
    """Fetch the CSL-JSON item of an article of PubMed. Raises http.FetchError and http.UnreachableError."""
    return _item("pubmed", number, f"PubMed has no article with the number {number}")


def by_pmcid(name: str) -> dict[str, Any]:
    """Fetch the CSL-JSON item of an article of PubMed Central, such as `PMC3531190`. Raises like `by_pmid`."""
    return _item("pmc", name.removeprefix("PMC"), f"PubMed Central has no article {name}")


def _item(database: str, number: str, missing: str) -> dict[str, Any]:
    """Ask the citation exporter, which answers what it does not know with a status of 400, 404 or `error`."""
    query = urlencode({"format": "csl", "id": number})
    answer = http.get(f"{settings.PUBMED_URL}/{database}/?{query}", accept="application/json")
    found = answer.json_object()
    if answer.status in {400, 404} or (found or {}).get("status") == "error":
        raise http.FetchError(f"{missing}; look whether it is right.")
    if found is None or not found.get("title"):
        raise http.FetchError(f"The answer of PubMed ({answer.status}) is no record that can be read.")
    # The day on which it was asked, not one on which somebody read the work.
    return {name: value for name, value in found.items() if name != "accessed"}
