"""Where a work can be read without paying, as Unpaywall knows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from perspectives.clients import http
from perspectives.rules.sources import identifiers

_MISSING = frozenset({404, 410})


@dataclass(frozen=True)
class OpenCopy:
    """A copy that anyone may read: its address; in Unpaywall's words which version it is, who hosts it, the licence.

    What it does not say is ''.
    """

    address: str
    version: str
    host_type: str
    license: str


def is_set_up() -> bool:
    """Whether the settings name Unpaywall and the e-mail address that it wants to know."""
    return bool(settings.UNPAYWALL_URL and settings.UNPAYWALL_EMAIL)


def open_copy(doi: str) -> OpenCopy | None:
    """Ask for the best copy of the work with a DOI; None where it knows of none.

    Raises http.FetchError, and http.UnreachableError where later may be better.
    """
    query = urlencode({"email": settings.UNPAYWALL_EMAIL})
    answer = http.get(f"{settings.UNPAYWALL_URL}/{quote(doi, safe='/')}?{query}", accept="application/json")
    if answer.status in _MISSING:
        return None
    found = answer.json_object()
    if found is None:
        raise http.FetchError(f"Unpaywall's answer ({answer.status}) is no record that can be read.")
    best: Any = found.get("best_oa_location")
    address = identifiers.url(str(best.get("url") or "")) if isinstance(best, dict) else ""
    if not address:
        return None
    said = {name: str(best.get(name) or "") for name in ("version", "host_type", "license")}
    return OpenCopy(address, **said)
