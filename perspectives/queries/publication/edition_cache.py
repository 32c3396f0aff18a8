"""Editions as stored: one indexed row, kept in memory for a moment, since what is read most hardly ever changes."""

import threading
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple

from cachetools import LRUCache
from django.conf import settings
from django.db import connection

MAX_BYTES = 64_000_000
"""How much all editions on the shelf of one process may weigh."""
_OVERHEAD = 1000


class Place(NamedTuple):
    """Where an edition is found: the current one of a topic or an article (`number` None), or a numbered one."""

    owner: str
    slug: str
    number: int | None = None


@dataclass(frozen=True)
class Stored:
    """An edition as stored."""

    number: int
    sha256: str
    published_at: datetime
    origin: str
    body: bytes
    retracted_at: datetime | None = None
    retraction_note: str = ""


Last = tuple[int | None, int | None]
"""The ids of the last edition and of the last retraction of all."""


@dataclass(frozen=True)
class _Kept:
    stored: Stored
    last: Last
    """The last edition and the last retraction of all when this one was seen to be current."""


# The ORM would build the same statement anew for each request, which takes longer than the database needs to answer.
# The body comes only if it is not the one that is known.
_COLUMNS = (
    "SELECT (SELECT max(id) FROM perspectives_edition), (SELECT max(id) FROM perspectives_retraction), "
    "edition.number, edition.sha256, edition.published_at, edition.origin, "
    "CASE WHEN edition.sha256 = %s THEN NULL ELSE edition.body END, retraction.at, coalesce(retraction.note, '') "
    "FROM perspectives_edition edition LEFT JOIN perspectives_retraction retraction "
    "ON retraction.edition_id = edition.id "
)
_STATEMENTS = {
    ("topic", False): "JOIN perspectives_publishedtopic owner ON owner.edition_id = edition.id WHERE owner.slug = %s",
    ("article", False): (
        "JOIN perspectives_publishedarticle owner ON owner.edition_id = edition.id WHERE owner.slug = %s"
    ),
    ("topic", True): (
        "JOIN perspectives_topic owner ON owner.id = edition.topic_id WHERE owner.slug = %s AND edition.number = %s"
    ),
    ("article", True): (
        "JOIN perspectives_article owner ON owner.id = edition.article_id WHERE owner.slug = %s AND edition.number = %s"
    ),
}


class Shelf:
    """What this process has read lately.

    Once in `EDITION_KEPT_SECONDS` one query tells which edition and which retraction is the last of all. While none is
    added, every edition on the shelf that was current still is, and none is retracted that was not.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[Place, _Kept] = LRUCache(
            MAX_BYTES, getsizeof=lambda kept: len(kept.stored.body) + _OVERHEAD
        )
        self._lock = threading.Lock()
        self._last: Last = (None, None)
        self._trusted_until = 0.0

    def fetch(self, place: Place) -> Stored | None:
        """Give the edition at `place`, or None; at most one query."""
        with self._lock:
            kept = self._kept.get(place)
            is_fresh = kept is not None and kept.last == self._last and monotonic() < self._trusted_until
        if kept is not None and is_fresh:
            return kept.stored
        row = _read(place, kept.stored.sha256 if kept else "")
        if row is None:
            return None
        last_edition, last_retraction, number, sha256, published_at, origin, body, *retraction = row
        content = kept.stored.body if kept and body is None else bytes(body)
        stored = Stored(number, sha256, published_at, origin, content, *retraction)
        last = (last_edition, last_retraction)
        with self._lock:
            self._kept[place] = _Kept(stored, last)
            self._last, self._trusted_until = last, monotonic() + settings.EDITION_KEPT_SECONDS
        return stored


def _read(place: Place, known: str) -> tuple[Any, ...] | None:
    statement = _COLUMNS + _STATEMENTS[place.owner, place.number is not None]
    with connection.cursor() as cursor:
        cursor.execute(statement, [known, place.slug, *([] if place.number is None else [place.number])])
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


SHELF = Shelf()
