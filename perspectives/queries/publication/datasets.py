"""The dataset that readers may download, and what one is made of: published things only."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, JSONObject, Length

from perspectives.models import CheckReport, Dataset, Edition, Retraction
from perspectives.queries.evidence import check_reports
from perspectives.queries.evidence.told import Checked
from perspectives.queries.functions import WithoutNulls
from perspectives.queries.publication import published
from perspectives.rules.publication.dataset import FORM, Manifest

_CHUNK = 200


@dataclass(frozen=True)
class Described:
    """The newest dataset without its body: `size` in bytes, and whether nothing came since."""

    state: str
    sha256: str
    size: int
    made_at: datetime
    is_current: bool
    manifest: Manifest


class _List(NamedTuple):
    """A list of records: its rows, the record of a row, and the order in which the API gives them."""

    rows: Callable[[], QuerySet[Any]]
    record: Combinable
    order: tuple[str, ...]


_LISTS: Mapping[str, _List] = {
    "topics": _List(published.topics, F("summary"), ("article__slug", "order", "slug")),
    "claims": _List(published.claims, F("record"), ("public_id",)),
    "responses": _List(published.responses, F("record"), ("from_claim", "to_claim", "type")),
    "events": _List(published.events, F("record"), ("date", "slug", "order")),
    "people": _List(published.people, F("record"), ("slug",)),
    "passages": _List(published.passages, F("record"), ("published_article__slug", "order", "public_id")),
    "sources": _List(published.sources, JSONObject(key=F("key"), record=F("record")), ("key",)),
}


def datasets() -> QuerySet[Dataset]:
    """List the datasets, newest first."""
    return Dataset.objects.all()


def described() -> Described | None:
    """Describe the newest dataset in one query; None before there is one."""
    names = ("state", "sha256", "size", "made_at", "is_current", "manifest")
    rows = datasets().annotate(size=Length("body"), is_current=_is_current())
    row = rows.values_list(*names).first()
    return Described(*row) if row else None


def newest() -> Dataset | None:
    """Fetch the newest dataset whole, in one query; None before there is one."""
    return datasets().first()


def is_made() -> bool:
    """Whether there is a dataset of what is published now, in the present form."""
    return datasets().filter(_is_current()).exists()


def _is_current() -> Q:
    newer = current_editions().filter(pk__gt=OuterRef("edition"))
    retracted = retractions().filter(pk__gt=Coalesce(OuterRef("retraction"), 0))
    archived = published.archivings().filter(pk__gt=Coalesce(OuterRef("archiving"), 0))
    reported = CheckReport.objects.filter(pk__gt=Coalesce(OuterRef("report"), 0))
    return Q(~Exists(newer), ~Exists(retracted), ~Exists(archived), ~Exists(reported), form=FORM)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read within be of one moment; nothing can be written.

    Within a transaction that has begun already, that one's isolation stays.
    """
    is_begun = connection.in_atomic_block
    with transaction.atomic():
        if not is_begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def current_editions() -> QuerySet[Edition]:
    """List the current editions of topics and article guides, the last one published first, without their bodies."""
    is_current = Q(current_for_topic__isnull=False) | Q(current_for_article__isnull=False)
    return Edition.objects.filter(is_current).defer("body").order_by("-pk")


def retractions() -> QuerySet[Retraction]:
    """List the retractions of current editions, the first one first."""
    of_topics, of_articles = Q(edition__current_for_topic__isnull=False), Q(edition__current_for_article__isnull=False)
    return Retraction.objects.filter(of_topics | of_articles).order_by("pk")


def retraction_records() -> list[str]:
    """Read which current editions were retracted and why, the first one first, each as JSON."""
    record = JSONObject(
        topic=F("edition__topic__slug"),
        article=F("edition__article__slug"),
        edition=F("edition__number"),
        sha256=F("edition__sha256"),
        retracted_at=F("at"),
        note=F("note"),
    )
    text = Cast(WithoutNulls(record), TextField())
    return list(retractions().annotate(text=text).values_list("text", flat=True))


def check_records() -> list[str]:
    """Read what a machine found of published works and of words quoted from them, each as JSON."""
    return [json.dumps(one, ensure_ascii=False) for one in _checked().records]


def confirmation_records() -> list[str]:
    """Read what editors confirmed of quotations of published works, each as JSON."""
    return [json.dumps(one.record, ensure_ascii=False) for one in _checked().confirmations.values()]


def _checked() -> Checked:
    return check_reports.checked(published.sources().order_by("key").values_list("key", flat=True))


def bodies(rows: QuerySet[Any]) -> Iterator[tuple[str, bytes]]:
    """Read the editions of published topics or article guides by slug, one at a time."""
    for slug, body in rows.order_by("slug").values_list("slug", "edition__body").iterator(chunk_size=1):
        yield slug, bytes(body)


def records(kind: str) -> Iterator[str]:
    """Read the records of a kind in `rules.publication.dataset.KINDS` as JSON, as the API gives them, in its order."""
    rows, record, order = _LISTS[kind]
    texts = rows().annotate(text=Cast(record, TextField())).order_by(*order)
    yield from texts.values_list("text", flat=True).iterator(chunk_size=_CHUNK)
