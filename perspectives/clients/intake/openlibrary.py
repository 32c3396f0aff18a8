"""What Open Library says of a book."""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from perspectives.clients import http

_YEAR = re.compile(r"\b\d{4}\b")


def item(isbn: str) -> dict[str, Any]:
    """Fetch the record of an ISBN as a CSL-JSON item. Raises http.FetchError and http.UnreachableError."""
    name = f"ISBN:{isbn}"
    query = urlencode({"bibkeys": name, "format": "json", "jscmd": "data"})
    answer = http.get(f"{settings.OPENLIBRARY_URL}/api/books?{query}", accept="application/json")
    found = answer.json_object()
    if found is None:
        raise http.FetchError(f"Open Library's answer ({answer.status}) is no record that can be read.")
    book = found.get(name)
    if not isinstance(book, dict):
        raise http.FetchError(f"Open Library has no book with the ISBN {isbn}.")
    return _csl(isbn, book)


def _csl(isbn: str, book: dict[str, Any]) -> dict[str, Any]:
    title, subtitle = str(book.get("title") or ""), str(book.get("subtitle") or "")
    year = _YEAR.search(str(book.get("publish_date", "")))
    return {
        "type": "book",
        "title": f"{title}: {subtitle}" if subtitle else title,
        "author": [{"literal": name} for name in _names(book.get("authors"))],
        "publisher": next(_names(book.get("publishers")), ""),
        "publisher-place": next(_names(book.get("publish_places")), ""),
        "issued": {"date-parts": [[int(year[0])]]} if year else {},
        "number-of-pages": book.get("number_of_pages") or "",
        "ISBN": isbn,
    }


def _names(rows: Any) -> Any:
    return (str(row["name"]) for row in rows or () if isinstance(row, dict) and row.get("name"))
