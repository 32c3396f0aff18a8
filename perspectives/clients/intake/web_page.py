"""What a web page says of itself."""

from typing import Any

from perspectives.clients import http
from perspectives.rules.sources import page_head

_OK = 200
_HTML = ("text/html", "application/xhtml+xml")


def item(address: str) -> dict[str, Any]:
    """Fetch a page and read its head as a CSL-JSON item. Raises http.FetchError and http.UnreachableError."""
    answer = http.get(address, accept="text/html,application/xhtml+xml")
    if answer.status != _OK:
        raise http.FetchError(f"The page answered {answer.status}.")
    if not answer.content_type.lower().startswith(_HTML):
        raise http.FetchError("It is no page, but a file; fill its record in by hand.")
    return page_head.item(answer.body.decode("utf-8", errors="replace"), address)
