"""Documents and rows of tables: each is the other in another form."""

from collections import Counter
from random import Random

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perspectives.rules.documents import rows
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.documents.rows import ARTICLE, TOPIC, Table
from perspectives.rules.documents.topic_document import TopicDocument
from tests import factories
from tests.rules import strategies

FOLDERS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ROOTS = [TOPIC, ARTICLE]
TABLES = [table for root in ROOTS for table in root.everything()]


def documents(folder):
    packs, problems = parse(strategies.files(folder), Known())
    assert not problems
    return packs


@FOLDERS
@given(folder=strategies.folders(), seed=st.integers(0, 2**32))
def test_topics_are_their_rows_in_whatever_order_they_come(folder, seed):
    topics = documents(folder).topics
    found = rows.rows(topics)
    for some in found.values():
        Random(seed).shuffle(some)
    assert rows.topics(found) == {topic.topic: topic for topic in topics}


@FOLDERS
@given(folder=strategies.folders(), seed=st.integers(0, 2**32))
def test_a_guide_is_its_rows_in_whatever_order_they_come(folder, seed):
    guide = documents(folder).article
    found = rows.rows([guide])
    for some in found.values():
        Random(seed).shuffle(some)
    assert rows.articles(found) == {guide.article: guide}


@FOLDERS
@given(folder=strategies.folders())
def test_rows_are_those_of_their_documents(folder):
    packs = documents(folder)
    for found, made in (
        (rows.rows(packs.topics), rows.topics),
        (rows.rows([packs.article]), rows.articles),
    ):
        assert rows.rows(list(made(found).values())) == found


@FOLDERS
@given(folder=strategies.folders())
def test_no_two_rows_of_a_table_are_the_same_row_and_each_has_an_owner(folder):
    packs = documents(folder)
    for root, found in ((TOPIC, rows.rows(packs.topics)), (ARTICLE, rows.rows([packs.article]))):
        identities = {name: Counter(row.identity for row in some) for name, some in found.items()}
        assert all(most == 1 for counts in identities.values() for _, most in counts.most_common(1))
        for table in root.everything():
            owners = {row.owner for inner in table.lists for row in found.get(inner.name, ())}
            assert owners <= set(identities.get(table.name, ()))


def test_a_claim_that_moves_to_another_side_stays_the_same_row():
    document = factories.topic_document()
    moved = document["perspectives"][1]["claims"].pop()
    before = rows.rows([TopicDocument.model_validate(factories.topic_document())])
    after = rows.rows(
        [
            TopicDocument.model_validate(
                {
                    **document,
                    "perspectives": [
                        {**side, "claims": [*side["claims"], moved]} if place == 2 else side
                        for place, side in enumerate(document["perspectives"])
                    ],
                }
            )
        ]
    )
    name = "Claim.perspective"
    assert {row.identity for row in before[name]} == {row.identity for row in after[name]}
    assert {row.owner for row in before[name] if row.identity[1] == moved["id"]} != {
        row.owner for row in after[name] if row.identity[1] == moved["id"]
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_a_table_is_described(table: Table):
    """Whatever stands in the tables of drafts is in their documents, but for ids, places and owners."""
    model = apps.get_model("perspectives", table.model)
    own = {column.name for column in model._meta.concrete_fields if not column.primary_key and not column.generated}
    owners = {one.owner for one in TABLES if one.model == table.model} | {table.root} - {""}
    assert own - owners - ({"order"} if table.items else set()) == set(table.columns)


@pytest.mark.parametrize(("root", "document"), [(TOPIC, TopicDocument), (ARTICLE, ArticleDocument)])
def test_every_field_of_a_document_has_its_column(root: Table, document):
    named = {path.split(".")[0] for path in root.columns.values()} | {inner.items for inner in root.lists}
    assert named == set(document.model_fields)
