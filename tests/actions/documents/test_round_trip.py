"""Load, dump, load is a fixed point for any valid folder of packs: through the real database, rolled back each time."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import Phase, given, settings

from perspectives.actions.documents import packs
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.queries.documents import packs as folders
from tests import depth
from tests.rules import strategies

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: through the database that would take many minutes, and `tests/rules` shrinks the same documents."""


def load(files):
    return packs.load(files=files, by=OPERATOR, show=lambda _: None)


def dump(slug):
    return {name: text.encode() for name, text in folders.texts(draft_documents.packs(slug)).items()}


FOLDERS = settings(depth.times(0.2), phases=PHASES)


@contextmanager
def rolled_back():
    with transaction.atomic():
        try:
            yield
            connection.check_constraints()
        finally:
            transaction.set_rollback(True)


@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_any_folder_survives_the_database():
    documents_seen = []

    @FOLDERS
    @given(folder=strategies.folders())
    def survives(folder):
        documents_seen.append(len(folder))
        with rolled_back():
            loaded = load(strategies.files(folder))
            slug = loaded.article.article
            first = dump(slug)
            written = draft_documents.packs(slug)
            assert (written.article, written.sources) == (loaded.article, loaded.sources)
            assert written.topics == sorted(loaded.topics, key=lambda topic: topic.order)
            load(first)
            assert dump(slug) == first

    survives()
    assert sum(documents_seen) >= (500 if depth.is_deep() else 30)


@pytest.mark.timeout(900)
@pytest.mark.django_db
@settings(depth.times(0.1), phases=PHASES)
@given(before=strategies.folders(), after=strategies.folders())
def test_any_topic_can_replace_any_other(before, after):
    """What stood before leaves no trace in what is loaded after, also where ids and places are the same."""
    name = next(name for name in before if name.startswith("topics/"))
    other = next(document for name, document in after.items() if name.startswith("topics/"))
    kept = {field: before[name][field] for field in ("topic", "article", "order")}
    new_sources = {key: {**record, "DOI": None} for key, record in after["sources.yaml"].items()}
    files = strategies.files(
        {
            "article.yaml": {**before["article.yaml"], "passages": []},
            "sources.yaml": {
                key: {field: value for field, value in record.items() if value is not None}
                for key, record in {**new_sources, **before["sources.yaml"]}.items()
            },
            name: {**other, **kept},
        },
    )
    with rolled_back():
        load(strategies.files(before))
        (wanted,) = load(files).topics
        slug = before["article.yaml"]["article"]
        assert wanted in draft_documents.packs(slug).topics
