"""What makes one edition into another, part by part: of topics and of article guides, as plain data."""

from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, Plain

SOURCES, ARTICLE_HEAD = "sources", "article_head"
_OF_EDITIONS = frozenset({"edition", ARTICLE_HEAD, SOURCES})
"""What an edition has and a draft has not."""


def content_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Find the changes of what a draft holds; the parts that only editions have are passed over.

    An empty `before` says that there was nothing: then everything is added. `parts.applied` gives `after`.
    """
    return parts.compare(_content(before), _content(after))


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
