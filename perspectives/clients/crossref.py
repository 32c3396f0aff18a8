"""What the registries of DOIs say of a work: content negotiation first, Crossref's own interface where that fails."""

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from perspectives.clients import http

_CSL = "application/vnd.citationstyles.csl+json"
_MISSING = frozenset({404, 410})


def item(doi: str) -> dict[str, Any]:
    """Fetch the CSL-JSON item of a DOI. Raises http.FetchError, and http.UnreachableError where later may be better."""
    try:
        return _negotiated(doi)
    except http.UnreachableError as first:
        try:
            return _from_crossref(doi)
        except http.FetchError:
            raise first from None
    except _NothingReadableError:
        return _from_crossref(doi)


def notices(doi: str) -> list[Any]:
    """Fetch the records of what updates a work, such as its retraction. Raises like `item`."""
    query = urlencode({"filter": f"updates:{doi}", "rows": 20})
    answer = http.get(f"{settings.CROSSREF_URL}/works?{query}", accept="application/json")
    found = (_read(answer).get("message") or {}).get("items")
    if not isinstance(found, list):
        raise http.FetchError("Crossref's answer holds no list of records.")
    return found


class _NothingReadableError(http.FetchError):
    """The registry knows the DOI, but does not say what it is."""


def _negotiated(doi: str) -> dict[str, Any]:
    answer = http.get(f"{settings.DOI_RESOLVER_URL}/{quote(doi, safe='/')}", accept=_CSL)
    if answer.status in _MISSING:
        raise http.FetchError(f"The DOI registry knows no DOI {doi}.")
    return _read(answer)


def _from_crossref(doi: str) -> dict[str, Any]:
    answer = http.get(f"{settings.CROSSREF_URL}/works/{quote(doi, safe='')}", accept="application/json")
    if answer.status in _MISSING:
        raise http.FetchError(f"Crossref has no record of the DOI {doi}.")
    message = _read(answer).get("message")
    if not isinstance(message, dict):
        raise http.FetchError("Crossref's answer holds no record.")
    return message


def _read(answer: http.Answer) -> dict[str, Any]:
    found = answer.json_object()
    if found is None:
        raise _NothingReadableError(f"The answer ({answer.status}) is no record that can be read.")
    return found
