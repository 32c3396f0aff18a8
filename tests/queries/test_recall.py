"""Questions in files, asked of the fixtures: a right topic first, every stance there, off-topic ones refused."""

import csv
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Topic
from perspectives.policy import OPERATOR
from perspectives.queries.search import answers
from perspectives.queries.search.claim_search import search
from perspectives.rules.search.answer_rows import tokens
from perspectives.vocab import Stance
from tests import content

FOLDER = Path(__file__).parent / "search"
LEAST_RIGHT = 0.94
BUDGET = 1500


def rows(name):
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t"))[1:]


@pytest.fixture(scope="module")
def fixtures(django_db_setup, django_db_blocker):
    """The topics of `fixtures/`, published; rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        packs.load(files=content.files(), by=OPERATOR, show=lambda _: None)
        publishing.publish_first(subjects=list(Topic.objects.order_by("order")), by=OPERATOR)
        yield
        transaction.set_rollback(True)


def answer(text):
    with CaptureQueriesContext(connection) as queries:
        found = answers.answer(text, topic=None, budget=BUDGET, base="https://kb.example")
    assert len(queries) <= 3
    assert tokens(found) <= BUDGET
    return found


@pytest.mark.parametrize("name", ["questions", "further_questions"])
def test_questions_find_their_topic_and_every_stance(fixtures, db, name):
    asked = rows(name)
    found = {text: answer(text) for text, _ in asked}
    one_sided = [text for text, answered in found.items() if {row["stance"] for row in answered["rows"]} != set(Stance)]
    assert one_sided == []
    wrong = [text for text, topics in asked if found[text]["topics"][0]["slug"] not in topics.split(",")]
    assert len(wrong) <= len(asked) * (1 - LEAST_RIGHT), wrong


@pytest.mark.parametrize("name", ["questions", "further_questions"])
def test_searches_show_every_stance_on_the_first_page(fixtures, db, name):
    one_sided = []
    for text, _ in rows(name):
        found = search(text, filters={}, limit=20)["results"]
        if {hit["stance"] for hit in found} != set(Stance):
            one_sided.append(text)
    assert one_sided == []


def test_what_is_off_topic_is_not_covered(fixtures, db):
    asked = [row[0] for row in rows("off_topic")]
    assert len(asked) == 10
    assert [text for text in asked if answer(text)["covered"]] == []


def test_each_topic_answers_its_own_question(fixtures, db):
    for topic in Topic.objects.all():
        found = answer(topic.question)
        assert found["topics"][0]["slug"] == topic.slug
        assert {row["stance"] for row in found["rows"]} == set(Stance)
