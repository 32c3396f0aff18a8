"""What makes one edition into another, part by part: of topics and of article guides, as plain data."""

from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import HEAD, Change, Plain

SOURCES, ARTICLE_HEAD = "sources", "article_head"
_OF_EDITIONS = frozenset({"edition", ARTICLE_HEAD, SOURCES})
"""What an edition has and a draft has not."""
GUIDE_LISTS: Mapping[str, str] = {"outline": "section", "passages": "id", "links": "url"}
"""The lists of an article guide whose items are parts, and the field that names an item."""


def content_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Find the changes of what a draft holds; the parts that only editions have are passed over.

    An empty `before` says that there was nothing: then everything is added. For topics, `parts.applied` gives `after`.
    """
    old, new = _content(before), _content(after)
    return parts.compare(old, new) if "topic" in new else tuple(_guide_changes(old, new))


def edition_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Find the changes between two editions: the content, the head of the article, and the records of sources."""
    return (*content_changes(before, after), *_head_changes(before, after), *_by_name(SOURCES, before, after))


def _content(document: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in document.items() if name not in _OF_EDITIONS}


def _head_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = before.get(ARTICLE_HEAD), after.get(ARTICLE_HEAD)
    if old != new:
        yield Change(ARTICLE_HEAD, old, new)


def _by_name(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = before.get(path, {}), after.get(path, {})
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield Change(f"{path}/{name}", old.get(name), new.get(name))


def _guide_changes(before: Plain, after: Plain) -> Iterator[Change]:
    old, new = (
        {name: value for name, value in document.items() if name not in GUIDE_LISTS} for document in (before, after)
    )
    if old != new:
        yield Change(HEAD, old, new)
    for name, label in GUIDE_LISTS.items():
        yield from _list_changes(name, label, before.get(name, ()), after.get(name, ()))


def _list_changes(path: str, label: str, before: Any, after: Any) -> Iterator[Change]:
    """Compare items by name: removed ones first, then the others where they stand; places count from 0."""
    old, new = {item[label]: item for item in before}, {item[label]: item for item in after}
    for place, (name, item) in enumerate(old.items()):
        if name not in new:
            yield Change(f"{path}/{name}", before=item, place=place)
    kept = [name for name in old if name in new]
    moved_to = [name for name in new if name in old]
    for place, (name, item) in enumerate(new.items()):
        if name not in old:
            yield Change(f"{path}/{name}", after=item, place=place)
        elif kept.index(name) != moved_to.index(name):
            yield Change(f"{path}/{name}", place=list(old).index(name), moved_to=place)
        if name in old and old[name] != item:
            yield Change(f"{path}/{name}", old[name], item)
