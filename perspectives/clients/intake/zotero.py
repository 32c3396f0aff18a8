"""Libraries of Zotero, read as CSL-JSON by its web API, version 3."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from perspectives.clients import http
from perspectives.rules.intake.zotero_addresses import OWN

MOST_ITEMS: Final = 1_000
MOST_SECONDS: Final = 40.0
"""Somebody waits for it: the key is kept nowhere, so no worker can read the library later."""
_A_PAGE: Final = 100
_MOST_BYTES: Final = 5_000_000
_LONGEST_PAUSE: Final = 5.0
_OK, _UNCHANGED, _FORBIDDEN, _MISSING = 200, 304, 403, 404


@dataclass(frozen=True)
class Library:
    """The items of a library that changed since a version of it, and the version that they are of."""

    items: list[Any]
    version: int


def own_path(key: str) -> str:
    """Name the library of the person whose key it is. Raises http.FetchError and http.UnreachableError."""
    answer = _asked("keys/current", key, time.monotonic() + MOST_SECONDS)
    number = (answer.json_object() or {}).get("userID")
    if not isinstance(number, int):
        raise http.FetchError("Zotero does not know this API key; make one at zotero.org/settings/keys.")
    return f"{OWN}{number}"


def library(path: str, *, key: str = "", since: int = 0) -> Library | None:
    """Read the items of a library or collection (`groups/1`, `users/1/collections/ABCD1234`), but not parts of items.

    Only what changed after the version `since` is asked for; None where nothing did. Raises http.FetchError, and
    http.UnreachableError where later may be better.
    """
    deadline = time.monotonic() + MOST_SECONDS
    items: list[Any] = []
    version, total = 0, _A_PAGE
    for start in range(0, MOST_ITEMS, _A_PAGE):
        if start >= total:
            break
        answer = _page(path, key, since, start, deadline)
        if answer.status == _UNCHANGED:
            return None
        items += _items(answer, path, key)
        # That of the first page: what changes while the others are read is read the next time.
        version = version or _number(answer, "last-modified-version")
        total = _number(answer, "total-results")
        if total > MOST_ITEMS:
            raise http.FetchError(
                f"It has {total:,} items; hand in its collections one by one, with at most {MOST_ITEMS:,} items each, "
                "or export it from Zotero as RIS or BibTeX and choose that file."
            )
        if start + _A_PAGE < total:
            _pause(_number(answer, "backoff"))
    return Library(items, version) if items else None


def _page(path: str, key: str, since: int, start: int, deadline: float) -> http.Answer:
    query = urlencode({"format": "csljson", "limit": _A_PAGE, "start": start, "since": since})
    unless = {"If-Modified-Since-Version": str(since)} if since and not start else {}
    return _asked(f"{path}/items/top?{query}", key, deadline, unless)


def _asked(what: str, key: str, deadline: float, headers: Mapping[str, str] | None = None) -> http.Answer:
    """Ask Zotero itself: no redirect is followed, so that the key goes nowhere else, and the answer is not kept."""
    named = {"Zotero-API-Version": "3", **({"Zotero-API-Key": key} if key else {}), **(headers or {})}
    body = BytesIO()
    bounds = http.Bounds(_MOST_BYTES, max(1.0, deadline - time.monotonic()), most_redirects=0)
    found = http.look(
        f"{settings.ZOTERO_URL}/{what}", accept="application/json", bounds=bounds, into=body, headers=named
    )
    return http.Answer(found.status, body.getvalue(), found.address, found.content_type, found.headers)


def _items(answer: http.Answer, path: str, key: str) -> list[Any]:
    if answer.status == _FORBIDDEN:
        how = "this API key may not" if key else "nobody may without an API key"
        raise http.FetchError(f"Zotero says that {how} read {path}; make a key that may at zotero.org/settings/keys.")
    if answer.status == _MISSING:
        raise http.FetchError(f"Zotero has no library or collection {path}; look whether the address is right.")
    found = (answer.json_object() or {}).get("items")
    if answer.status != _OK or not isinstance(found, list):
        raise http.FetchError(f"Zotero's answer ({answer.status}) holds no list of items.")
    return found


def _number(answer: http.Answer, header: str) -> int:
    value = answer.headers.get(header, "")
    return int(value[:12]) if value.isdecimal() and value.isascii() else 0


def _pause(seconds: int) -> None:
    """Leave Zotero alone as it asks, between two pages."""
    if seconds > _LONGEST_PAUSE:
        raise http.UnreachableError(f"Zotero asks to be left alone for {seconds} seconds; hand it in again after that.")
    time.sleep(seconds)
