"""Editions as stored, each read from the database once until its topic or article changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.archive import archive
from perspectives.queries.publication.changed import subject
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import edition_form

_COLUMNS = ("number", "sha256", "published_at", "origin", "body", "retraction__at", "retraction__note")
_READ_WEIGHT = 6
"""How many bytes a document weighs for each of its edition: 5.1 to 6.0, measured on topics of ours."""
_ARCHIVED = {"archived_at": archive.of_edition("at"), "archive_note": archive.of_edition("note")}


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
    archived_at: datetime | None = None
    """Since when its topic or guide is archived, if it is."""
    archive_note: str = ""


def fetch(place: Place) -> Stored:
    """Give the edition at `place` from the cache, or in one query. Raises NotFoundError."""
    about = [subject(place.owner, place.slug)]
    return CACHE.published(place, lambda: _read(place), lambda found: len(found.body), kind="edition", about=about)


def read_topic(stored: Stored) -> TopicEdition:
    """Read a topic's edition, once a process: a class asks for the same one with each click. Nobody may change it."""
    key, weight = ("topic document", stored.sha256), _READ_WEIGHT * len(stored.body)
    return CACHE.get_or_make(key, lambda: edition_form.topic(stored.body), lambda _: weight, kind="document")


def _read(place: Place) -> Stored:
    row = _editions(place).annotate(**_ARCHIVED).values_list(*_COLUMNS, *_ARCHIVED).first()
    if row is None:
        which = "" if place.number is None else f" with an edition {place.number}"
        raise NotFoundError(f"There is no published {place.owner} '{place.slug}'{which}.")
    number, sha256, published_at, origin, body, retracted_at, note, archived_at, why = row
    return Stored(number, sha256, published_at, origin, bytes(body), retracted_at, note or "", archived_at, why or "")


def _editions(place: Place) -> QuerySet[Edition]:
    found = Edition.objects.filter(**{f"{place.owner}__slug": place.slug})
    # The newest is the current one, also of what is archived, which is not in the index of current ones.
    return found.order_by("-number") if place.number is None else found.filter(number=place.number)
