"""What teachers hand out, over the API: quiz sheets and handouts."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from perspectives.actions.publication import retracting
from perspectives.models import Edition
from perspectives.queries.publication import published
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = [pytest.mark.django_db, pytest.mark.measured]
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


@pytest.mark.parametrize(
    "query", ["sheet=0", "sheet=10000", "sheet=one", "sheet=%D9%A3", "answers=maybe", "ask=opinion"]
)
def test_what_cannot_be_asked_is_refused(client, library, query):
    assert_problem(client.get(f"{TOPIC}quiz/?{query}"), 400, "invalid_parameter", parameter=query.partition("=")[0])


def test_a_rebuttal_is_among_its_choices_and_told_with_reason_and_evidence(client, library):
    asked = client.get(f"{TOPIC}quiz/?ask=rebuttal").json()
    assert (asked["ask"], asked["choices"]) == ("rebuttal", [])
    assert all(set(one) == {"id", "text", "choices"} for one in asked["questions"])
    answered = client.get(f"{TOPIC}quiz/?ask=rebuttal&answers=yes").json()["questions"]
    records = published.claim_records([one["answer"]["claim"] for one in answered])
    for one in answered:
        (right,) = [choice for choice in one["choices"] if choice["id"] == one["answer"]["choice"]]
        assert right["text"] == records[one["answer"]["claim"]]["text"]
        assert one["answer"]["reason"]
        assert one["answer"]["evidence"]
    assert client.get(client.get(f"{TOPIC}quiz/?ask=rebuttal").json()["url"]).status_code == 200


@pytest.mark.parametrize(("suffix", "ending"), [("gift", "gift"), ("moodle", "xml"), ("qti", "zip")])
def test_a_sheet_is_had_as_a_file_with_the_same_questions(client, library, suffix, ending):
    for ask in ("side", "rebuttal"):
        asked = client.get(f"{TOPIC}quiz/?sheet=7&ask={ask}").json()["questions"]
        response = client.get(f"{TOPIC[:-1]}/quiz.{suffix}?sheet=7&ask={ask}")
        assert f'-quiz-{ask}-7-edition-2.{ending}"' in response["Content-Disposition"]
        assert "ETag" in response
        names = response.content.decode(errors="replace")
        assert all(one["id"] in names for one in asked)


def test_a_lesson_gives_every_side_as_much_and_addresses_that_are_there(client, library):
    told = client.get(f"{TOPIC}teach/").json()
    assert [sum(step["minutes"] for step in plan["steps"]) for plan in told["plans"]] == [20, 45, 90]
    assert len({(len(role["claims"]), len(role["will_hear"])) for role in told["roles"]}) == 1
    pages = [one["url"] for one in (*told["links"], *told["files"])]
    assert {client.get(address).status_code for address in pages} == {200}
    assert client.get(told["url"]).status_code == 200
    assert {paper["name"] for paper in told["papers"] if paper["is_key"]} == {"roles-key", "worksheet-key"}


def test_the_links_of_a_lesson_are_had_as_a_cartridge(client, library):
    response = client.get(f"{TOPIC[:-1]}/teach.imscc")
    assert response["Content-Type"] == "application/vnd.ims.imsccv1p3"
    with ZipFile(BytesIO(response.content)) as archive:
        assert "imsmanifest.xml" in archive.namelist()
        assert b"http://testserver/topics/" in archive.read("brief/link.xml")


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
    for address in (f"{TOPIC}teach/", f"{TOPIC[:-1]}/teach.imscc", f"{TOPIC[:-1]}/quiz.gift"):
        assert_problem(client.get(address), 404, "not_found")
    response = client.get(f"{TOPIC}handouts/")
    assert response.json()["handouts"] == []
    assert "Edition-Retracted" in response


def test_a_topic_that_is_none_has_nothing(client, library):
    for resource in ("quiz", "handouts", "teach"):
        assert_problem(client.get(f"/api/v1/topics/none/{resource}/"), 404, "not_found")
