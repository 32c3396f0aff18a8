"""What DataCite's JSON says of a work, as a CSL-JSON item."""

from collections.abc import Mapping
from typing import Any

_IN_CONTAINER = {"volume": "volume", "issue": "issue"}


def item(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Read the attributes of a DOI; only members that DataCite's schema 4 has had for long are taken."""
    types, container = _mapping(attributes.get("types")), _mapping(attributes.get("container"))
    titles = [row.get("title") for row in _mappings(attributes.get("titles"))]
    publisher, year = attributes.get("publisher"), attributes.get("publicationYear")
    pages = [str(container[name]) for name in ("firstPage", "lastPage") if container.get(name)]
    return {
        "type": types.get("citeproc") or "",
        "title": next(filter(None, titles), ""),
        "author": [_name(row) for row in _mappings(attributes.get("creators"))],
        "editor": [
            _name(row) for row in _mappings(attributes.get("contributors")) if row.get("contributorType") == "Editor"
        ],
        "container-title": container.get("title") or "",
        "page": "-".join(pages),
        **{name: container.get(member) or "" for name, member in _IN_CONTAINER.items()},
        "publisher": _mapping(publisher).get("name") or "" if isinstance(publisher, Mapping) else publisher or "",
        "issued": {"raw": str(year)} if year else {},
        "language": attributes.get("language") or "",
        "URL": attributes.get("url") or "",
    }


def _name(row: Mapping[str, Any]) -> dict[str, Any]:
    if row.get("familyName"):
        return {"family": row["familyName"], "given": row.get("givenName") or ""}
    return {"literal": row.get("name") or ""}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
