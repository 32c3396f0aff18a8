"""Editions as stored, each read from the database once until its topic or article changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.publication.changed import subject
from perspectives.queries.publication.publication_cache import CACHE

_COLUMNS = ("number", "sha256", "published_at", "origin", "body", "retraction__at", "retraction__note")


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


def fetch(place: Place) -> Stored:
    """Give the edition at `place` from the cache, or in one query. Raises NotFoundError."""
    about = [subject(place.owner, place.slug)]
    return CACHE.published(place, lambda: _read(place), lambda found: len(found.body), kind="edition", about=about)


def _read(place: Place) -> Stored:
    row = _editions(place).values_list(*_COLUMNS).first()
    if row is None:
        which = "" if place.number is None else f" with an edition {place.number}"
        raise NotFoundError(f"There is no published {place.owner} '{place.slug}'{which}.")
    number, sha256, published_at, origin, body, retracted_at, note = row
    return Stored(number, sha256, published_at, origin, bytes(body), retracted_at, note or "")


def _editions(place: Place) -> QuerySet[Edition]:
    if place.number is None:
        return Edition.objects.filter(**{f"current_for_{place.owner}__slug": place.slug})
    return Edition.objects.filter(**{f"{place.owner}__slug": place.slug, "number": place.number})
