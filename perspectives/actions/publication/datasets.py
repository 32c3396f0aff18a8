"""Making the dataset; run in the background."""

from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from perspectives.models import CheckReport, Dataset
from perspectives.queries.publication import datasets, graphs, published
from perspectives.rules.formats.linked_data import triples
from perspectives.rules.formats.linked_data.shapes import shapes
from perspectives.rules.publication import dataset
from perspectives.rules.publication.canonical_json import sha256
from perspectives.rules.publication.dataset import File, Head

_KEPT = 2
"""The newest, and the one before it for who is about to fetch it."""


def build() -> None:
    """Make the dataset of what is published now, unless it is made or nothing is published.

    Whoever comes while it is made makes it too, and one of the two is kept: that is rarer and simpler than waiting.
    """
    if datasets.is_made():
        return
    made = _made()
    if made is None:
        return
    with transaction.atomic():
        Dataset.objects.bulk_create([made], ignore_conflicts=True)
        kept = datasets.datasets().values_list("pk", flat=True)[:_KEPT]
        Dataset.objects.exclude(pk__in=list(kept)).delete()


def _made() -> Dataset | None:
    """Make the dataset from one moment's editions and index, and write nothing."""
    with datasets.snapshot():
        editions = list(datasets.current_editions())
        if not editions:
            return None
        last = datasets.retractions().last()
        archiving = published.archivings().first()
        report = CheckReport.objects.order_by("pk").last()
        lists = [
            dataset.lines_file(dataset.RETRACTIONS, datasets.retraction_records()),
            dataset.lines_file(dataset.CHECKS, datasets.check_records()),
            dataset.lines_file(dataset.CONFIRMATIONS, datasets.confirmation_records()),
        ]
        state = dataset.state((edition.sha256 for edition in editions), *lists)
        head = Head(state, editions[0].published_at)
        body, manifest = dataset.pack(head, chain([_card(), *lists], _files()))
    return Dataset(
        edition=editions[0],
        retraction=last,
        archiving=archiving,
        report=report,
        state=head.state,
        form=dataset.FORM,
        sha256=sha256(body),
        body=body,
        manifest=manifest,
        made_at=timezone.now(),
    )


def _card() -> File:
    return File(dataset.CARD, (settings.BASE_DIR / "docs" / "data-card.md").read_bytes())


def _files() -> Iterator[File]:
    yield from dataset.edition_files("topics", datasets.bodies(published.topics()))
    yield from dataset.edition_files("articles", datasets.bodies(published.articles()))
    for kind in dataset.KINDS:
        yield from dataset.list_files(kind, list(datasets.records(kind)))
    yield File(dataset.GRAPH, graphs.whole(triples.turtle, settings.SITE_URL))
    yield File(dataset.SHAPES, shapes(settings.SITE_URL).encode())
