"""What OpenAlex's JSON says of works that were searched for by title."""

from collections.abc import Mapping, Sequence
from typing import Any

from perspectives.rules.documents.problems import shown
from perspectives.rules.sources import identifiers
from perspectives.rules.sources.duplicates import folded

MOST_NEAREST = 5
_TYPES = {"article": "article-journal", "preprint": "article"}
"""Other types are called as CSL or Crossref call them."""


def titled(works: Sequence[Any], title: str) -> list[Mapping[str, Any]]:
    """List the works that have this title, but for capitals, accents and punctuation."""
    found = [work for work in works if isinstance(work, Mapping)]
    return [work for work in found if folded(_text(work.get("title"))) == folded(title)]


def doi(work: Mapping[str, Any]) -> str:
    """Give the DOI of a work, which OpenAlex writes as an address; '' if it has none."""
    return identifiers.doi(_text(work.get("doi")))


def nearest(works: Sequence[Any]) -> str:
    """Name the first few works, with what is to be pasted for each; '' without any."""
    found = [work for work in works if isinstance(work, Mapping)][:MOST_NEAREST]
    return "; ".join(
        f"“{shown(_text(work.get('title')), 100)}” ({work.get('publication_year') or 'no year'}), "
        f"{doi(work) or _text(work.get('id')) or 'no DOI'}"
        for work in found
    )


def item(work: Mapping[str, Any]) -> dict[str, Any]:
    """Read a work that has no DOI as a CSL-JSON item."""
    place, inside = _mapping(work.get("primary_location")), _mapping(work.get("biblio"))
    authors = [_mapping(_mapping(row).get("author")) for row in work.get("authorships") or ()]
    kind = _text(work.get("type"))
    pages = [_text(inside.get(name)) for name in ("first_page", "last_page")]
    return {
        "type": _TYPES.get(kind, kind),
        "title": _text(work.get("title")),
        "author": [{"literal": name} for author in authors if (name := _text(author.get("display_name")))],
        "container-title": _text(_mapping(place.get("source")).get("display_name")),
        "volume": _text(inside.get("volume")),
        "issue": _text(inside.get("issue")),
        "page": "-".join(filter(None, pages)),
        "issued": {"raw": str(work["publication_year"])} if work.get("publication_year") else {},
        "language": _text(work.get("language")),
        "URL": _text(place.get("landing_page_url")),
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
