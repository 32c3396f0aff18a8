"""The score of a quiz goes to the course that linked to it, when the pupil says so, and is kept nowhere."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone
from redis import RedisError

from perspectives.actions.lti import keys
from perspectives.clients.lti import logins
from perspectives.models import LtiAssignment, LtiGrade, LtiLearner, Pupil
from perspectives.queries.lti import registrations
from perspectives.rules.lti import grading as rules
from tests import factories
from tests.lti.book import Book
from tests.lti.conftest import code
from tests.lti.platform import LTI
from tests.lti.test_grades import AGS
from tests.lti.test_opening import TEACHER

pytestmark = pytest.mark.measured
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
SHEET = 7


def opened(lti, book, **changes):
    """Launch the quiz in a tab of its own, and give the address of the sheet."""
    services = {"lineitem": f"{book.address}/items/1", "scope": [rules.SCOPE]}
    custom = {"content": "quiz", "topic": factories.TOPIC, "sheet": str(SHEET)}
    page = lti.launch({f"{LTI}custom": custom, AGS: services, **changes}).content.decode()
    return unescape(re.search(r'href="(/quiz/[^"]+)"', page)[1])


def answered(client, address):
    """Answer the sheet, each question with its first choice, and give the page and where its score is sent."""
    sheet = client.get(address).content.decode()
    questions = dict(reversed(re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"', sheet)))
    page = client.get("/quiz/", {**dict(parse_qsl(urlsplit(address).query)), "done": "1", **questions}).content.decode()
    sending = re.search(r'action="(/lti/score/[^"]+)"', page)
    return page, unescape(sending[1]) if sending else ""


@pytest.fixture
def quiz(lti, book, client):
    keys.renew()
    Book.keys = registrations.public_keys(timezone.now())
    return opened(lti, book)


def test_a_pupil_sends_the_score_and_nothing_is_kept(quiz, book, client):
    page, sending = answered(client, quiz)
    right, questions = map(int, re.search(r"Send (\d+) of (\d+) to your course", page).groups())
    again = re.search(r'<a href="([^"]+)">Answer this sheet again', page)[1]
    assert "course=" in again
    assert "course=" not in re.search(r'id="sheet_address" type="text" value="([^"]+)"', page)[1]
    assert client.post(sending).status_code == 403  # not from our own page
    page = client.post(sending, headers=OWN_PAGE).content.decode()
    assert f"{right} of {questions} stand" in page
    [(path, _, sent)] = book.posts
    assert path == "/items/1/scores"
    assert (sent["userId"], sent["scoreMaximum"], sent["activityProgress"]) == ("user-1", 100.0, "Completed")
    assert sent["scoreGiven"] == float(rules.score(right, questions))
    assert client.post(sending, headers=OWN_PAGE).status_code == 200
    assert len(book.posts) == 2
    assert not any(model.objects.exists() for model in (LtiLearner, LtiGrade, Pupil))
    assert "user-1" not in repr(list(LtiAssignment.objects.values()))


def test_what_the_platform_says_is_told(quiz, book, client):
    _, sending = answered(client, quiz)
    for status in (404, 503):
        book.status = status
        answer = client.post(sending, headers=OWN_PAGE)
        assert code(answer) == "score"
        assert "Nothing stands in the book" in answer.content.decode()
    book.status = None
    assert client.post(sending, headers=OWN_PAGE).status_code == 200


def test_another_sheet_than_the_linked_one_is_refused(quiz, book, client):
    course = dict(parse_qsl(urlsplit(quiz).query))["course"]
    _, other = answered(client, quiz.replace(f"sheet={SHEET}", f"sheet={SHEET + 1}"))
    _, other_kind = answered(client, f"{quiz}&ask=rebuttal")
    for sending, expected in (
        (other, "score"),
        (other_kind, "score"),
        (f"/lti/score/{quiz.removeprefix('/quiz/')}", "answers"),
        (f"/lti/score/{quiz.removeprefix('/quiz/')}&done=1", "answers"),
        (other.replace(course, "x"), "course"),
        (other.replace("course=", "undone="), "course"),
    ):
        assert code(client.post(sending, headers=OWN_PAGE)) == expected, sending
    assert book.posts == []


def test_a_quiz_that_is_gone_from_the_course_is_refused(quiz, book, client):
    _, sending = answered(client, quiz)
    LtiAssignment.objects.all().delete()
    assert code(client.post(sending, headers=OWN_PAGE)) == "score"


def test_there_is_nothing_to_send_for_teachers_and_ungraded_links(lti, book, client):
    for changes in ({AGS: None}, {AGS: {"lineitem": f"{book.address}/items/1", "scope": []}}, TEACHER):
        page, sending = answered(client, opened(lti, book, **changes))
        assert not sending
        assert "your course" not in page


def test_without_valkey_it_is_said(client, monkeypatch):
    def away(*_, **__):
        raise RedisError

    monkeypatch.setattr(logins, "look", away)
    assert code(client.post("/lti/score/?course=any", headers=OWN_PAGE)) == "away"
