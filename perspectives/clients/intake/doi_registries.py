"""What the registries of DOIs say of a work.

Content negotiation at the resolver first, which serves all of them; where that fails Crossref's own interface, and
DataCite's for what Crossref does not know.
"""

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from perspectives.clients import http
from perspectives.rules.intake import datacite_record

_CSL = "application/vnd.citationstyles.csl+json"
_MISSING = frozenset({404, 410})


def item(doi: str) -> dict[str, Any]:
    """Fetch the CSL-JSON item of a DOI. Raises http.FetchError, and http.UnreachableError where later may be better."""
    try:
        return _negotiated(doi)
    except http.UnreachableError as first:
        try:
            return _from_registry(doi)
        except http.FetchError:
            raise first from None
    except _NothingReadableError:
        return _from_registry(doi)


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


class _UnknownToCrossrefError(http.FetchError):
    """Crossref did not register the DOI; another registry may have."""


def _from_registry(doi: str) -> dict[str, Any]:
    try:
        return _from_crossref(doi)
    except _UnknownToCrossrefError:
        return _from_datacite(doi)


def _negotiated(doi: str) -> dict[str, Any]:
    answer = http.get(f"{settings.DOI_RESOLVER_URL}/{quote(doi, safe='/')}", accept=_CSL)
    if answer.status in _MISSING:
        raise http.FetchError(f"The DOI registry knows no DOI {doi}.")
    return _read(answer)


def _from_crossref(doi: str) -> dict[str, Any]:
    answer = http.get(f"{settings.CROSSREF_URL}/works/{quote(doi, safe='')}", accept="application/json")
    if answer.status in _MISSING:
        raise _UnknownToCrossrefError
    message = _read(answer).get("message")
    if not isinstance(message, dict):
        raise http.FetchError("Crossref's answer holds no record.")
    return message


def _from_datacite(doi: str) -> dict[str, Any]:
    answer = http.get(f"{settings.DATACITE_URL}/dois/{quote(doi, safe='')}", accept="application/vnd.api+json")
    if answer.status in _MISSING:
        raise http.FetchError(f"Neither Crossref nor DataCite has a record of the DOI {doi}; look whether it is right.")
    data = _read(answer).get("data")
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(attributes, dict):
        raise http.FetchError("DataCite's answer holds no record.")
    return datacite_record.item(attributes)


def _read(answer: http.Answer) -> dict[str, Any]:
    found = answer.json_object()
    if found is None:
        raise _NothingReadableError(f"The answer ({answer.status}) is no record that can be read.")
    return found
