"""What teachers hand out, over the API: quiz sheets and handouts."""

import re

import pytest

from perspectives.actions.publication import retracting
from perspectives.models import Edition
from perspectives.queries.publication import published
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
TOPIC = f"/api/v1/topics/{factories.TOPIC}/"
SAYING = re.compile(r'name="([a-z0-9-]+/[a-z0-9-]+)"')


def test_a_sheet_asks_what_its_page_asks_in_that_order(client, library):
    for number in (1, 7):
        sheet = client.get(f"{TOPIC}quiz/?sheet={number}&answers=yes").json()
        page = client.get(sheet["url"]).content.decode()
        assert [one["answer"]["claim"] for one in sheet["questions"]] == list(dict.fromkeys(SAYING.findall(page)))
        assert (sheet["sheet"], sheet["choices"]) == (number, ["author", "opposing", "neutral"])


def test_answers_are_given_on_request_and_ids_tell_nothing(client, library):
    asked = client.get(f"{TOPIC}quiz/").json()
    assert asked == client.get(f"{TOPIC}quiz/?answers=no&sheet=1").json()
    assert all(set(one) == {"id", "text"} for one in asked["questions"])
    answered = client.get(f"{TOPIC}quiz/?answers=yes").json()
    assert [one["id"] for one in answered["questions"]] == [one["id"] for one in asked["questions"]]
    records = published.claim_records([one["answer"]["claim"] for one in answered["questions"]])
    for one in answered["questions"]:
        record = records[one["answer"]["claim"]]
        assert (one["text"], one["answer"]["stance"]) == (record["text"], record["stance"])
        assert one["answer"]["stated_by"] == record["stated_by"]


def test_a_question_has_the_same_id_on_every_sheet(client, library):
    ids = {}
    for number in range(1, 9):
        for one in client.get(f"{TOPIC}quiz/?sheet={number}&answers=yes").json()["questions"]:
            assert ids.setdefault(one["answer"]["claim"], one["id"]) == one["id"]
    assert len(set(ids.values())) == len(ids) > 1


@pytest.mark.parametrize("query", ["sheet=0", "sheet=10000", "sheet=one", "sheet=%D9%A3", "answers=maybe"])
def test_what_cannot_be_asked_is_refused(client, library, query):
    assert_problem(client.get(f"{TOPIC}quiz/?{query}"), 400, "invalid_parameter", parameter=query.partition("=")[0])


def test_handouts_tell_how_far_they_are_made(client, library):
    told = client.get(f"{TOPIC}handouts/").json()
    assert [(one["format"], one["state"]) for one in told["handouts"]] == [
        ("pdf", "waiting"),
        ("docx", "waiting"),
        ("epub", "waiting"),
    ]
    assert client.get(told["url"]).status_code == 200


def test_there_is_nothing_of_a_retracted_edition(client, library):
    edition = Edition.objects.get(current_for_topic__slug=factories.TOPIC)
    retracting.retract(edition_id=edition.pk, note="A source was withdrawn.", by=library.chief)
    assert_problem(client.get(f"{TOPIC}quiz/"), 404, "not_found")
    response = client.get(f"{TOPIC}handouts/")
    assert response.json()["handouts"] == []
    assert "Edition-Retracted" in response


def test_a_topic_that_is_none_has_nothing(client, library):
    for resource in ("quiz", "handouts"):
        assert_problem(client.get(f"/api/v1/topics/none/{resource}/"), 404, "not_found")
