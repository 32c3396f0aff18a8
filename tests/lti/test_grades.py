"""Grades go back to the platform, each once, whatever happens on the way."""

import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from perspectives.actions.classroom import activities, classes, taking_part
from perspectives.actions.lti import grading, keys
from perspectives.errors import NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import LtiAssignment, LtiGrade, LtiGradeRun, LtiKey, Pupil, User
from perspectives.queries.lti import registrations
from perspectives.rules.lti import grading as rules
from tests import factories
from tests.lti.book import Book
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.measured]
ROOT = Path(__file__).resolve().parents[2]
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"


@pytest.fixture
def link(lti, book, room):
    """A link to a class with two activities and a poll, by which two pupils came; one has handed in once."""
    services = {"lineitem": f"{book.address}/items/1?type_id=7", "scope": [rules.SCOPE]}
    for user in ("user-1", "user-2"):
        lti.launch({f"{LTI}custom": {"content": "class", "code": room.code}, AGS: services}, sub=user)
    plan = {"classroom_id": room.pk, "by": room.owner, "topic": factories.TOPIC, "crux": 0}
    first, second, poll = (activities.plan(**plan, kind=kind) for kind in ("answer", "answer", "poll"))
    for one in (second, first):
        activities.go_to(activity_id=one.pk, by=room.owner, phase="writing")
    assert poll
    pupil = Pupil.objects.get(lti_learners__user_id="user-1")
    taking_part.hand_in(pupil_id=pupil.pk, activity_id=first.pk, phase="writing", text="My answer.", given={})
    return LtiAssignment.objects.get()


def send(seconds=30):
    keys.renew()
    Book.keys = registrations.public_keys(timezone.now())
    grading.send_for(seconds=seconds)


def states():
    return dict(LtiGrade.objects.values_list("learner__user_id", "state"))


def test_a_teacher_sends_what_was_handed_in_and_sees_what_came_of_it(link, book, room, client):
    sign_in(client, room.owner)
    page = f"/account/classes/{room.pk}/"
    assert "2 pupils came" in client.get(page).content.decode()
    told = client.post(page, {"action": f"grades {link.pk}"}, follow=True).content.decode()
    assert "on their way" in told
    assert "Grades are being sent" in told
    send()
    assert {user: one["scoreGiven"] for user, one in book.scores.items()} == {"user-1": 50.0, "user-2": 0.0}
    assert {urlsplit(path).path for path, *_ in book.posts} == {"/items/1/scores"}
    assert {urlsplit(path).query for path, *_ in book.posts} == {"type_id=7"}
    assert book.scores["user-1"]["https://canvas.instructure.com/lti/submission"] == {"new_submission": False}
    assert "name" not in json.dumps(book.posts).casefold()
    told = client.get(page).content.decode()
    assert "50 of 100" in told
    assert "Grades were sent last on" in told
    assert book.tokens == 1
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    assert (len(book.posts), book.tokens) == (4, 1), "a later sending is newer, and the token is cached"
    classes.delete(classroom_id=room.pk, by=room.owner)
    assert not LtiGrade.objects.exists()


def test_what_was_sent_by_somebody_who_was_ended_is_in_the_book_once(link, book, room):
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    LtiGrade.objects.update(state="waiting")  # as if the worker had been ended before it wrote that down
    LtiGradeRun.objects.update(finished_at=None)
    before = dict(book.scores)
    send()
    assert book.scores == before
    assert set(states().values()) == {"sent"}
    assert LtiGradeRun.objects.get().finished_at


def test_a_platform_that_does_not_answer_is_asked_again_and_given_up_at_last(link, book, room):
    grading.begin(assignment_id=link.pk, by=room.owner)
    book.status = 503
    send()
    assert len(book.posts) == 1, "the others are left for the next time"
    with pytest.raises(NotPossibleError, match="are being sent"):
        grading.begin(assignment_id=link.pk, by=room.owner)
    book.status = None
    send()
    assert set(states().values()) == {"sent"}
    grading.begin(assignment_id=link.pk, by=room.owner)
    book.status = 503
    LtiGrade.objects.filter(state="waiting").update(tries=rules.MOST_TRIES - 1)
    for _ in range(2):
        send()
    assert len(book.posts) == 4, "who does not answer for one is not asked for the others"
    last = LtiGrade.objects.filter(run=LtiGradeRun.objects.first())
    assert {one.state for one in last} == {"refused"}
    assert all("answered 503" in one.last_error and "It was tried 20 times." in one.last_error for one in last)


@pytest.mark.parametrize(("status", "why"), [(404, "the line item is gone"), (403, "does not let"), (418, "take this")])
def test_what_a_platform_refuses_is_told(link, book, room, status, why):
    grading.begin(assignment_id=link.pk, by=room.owner)
    book.status = status
    send()
    assert {(one.state, why in one.last_error) for one in LtiGrade.objects.all()} == {("refused", True)}


def test_a_token_that_is_not_taken_is_asked_for_anew_and_keys_may_change_meanwhile(link, book, room):
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    book.kept.clear()  # the platform has forgotten the token that we keep
    LtiKey.objects.update(made_at=LtiKey.objects.get().made_at - keys.LIFE - timedelta(days=1))
    keys.renew()
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    assert set(states().values()) == {"sent"}
    book.token = lambda _: (200, {}, {"access_token": "short", "expires_in": float("nan")})
    book.kept.clear()
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    assert set(states().values()) == {"refused"}, "the book takes its own tokens alone, and nothing else is stopped"
    book.token = lambda _: (200, {}, {"access_token": "not a token"})
    grading.begin(assignment_id=link.pk, by=room.owner)
    send()
    errors = {one.last_error for one in LtiGrade.objects.filter(run=LtiGradeRun.objects.first())}
    assert errors == {"127.0.0.1 gave no token of access (200)."}


def test_nothing_is_sent_that_cannot_be(link, book, room):
    grading.send_for(seconds=30)
    assert not LtiKey.objects.exists(), "where nothing waits, no key is needed"
    stranger = User.objects.create_user("stranger")
    with pytest.raises(NotPermittedError):
        grading.begin(assignment_id=link.pk, by=stranger)
    with pytest.raises(NotFoundError):
        grading.begin(assignment_id=0, by=room.owner)
    LtiAssignment.objects.update(scopes=[])
    with pytest.raises(NotPossibleError, match="takes no grades"):
        grading.begin(assignment_id=link.pk, by=room.owner)
    LtiAssignment.objects.update(scopes=[rules.SCOPE])
    link.learners.all().delete()
    with pytest.raises(NotPossibleError, match="nobody has come"):
        grading.begin(assignment_id=link.pk, by=room.owner)


def test_nothing_counts_before_an_activity_has_begun(link, room):
    room.activities.update(phase="planned", is_shown=False)
    with pytest.raises(NotPossibleError, match="no activity but polls"):
        grading.begin(assignment_id=link.pk, by=room.owner)


def test_a_job_that_takes_long_leaves_the_rest_to_the_next(link, book, room):
    grading.begin(assignment_id=link.pk, by=room.owner)
    send(seconds=-1)
    assert sorted(states().values()) == ["sent", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_a_grade_that_somebody_is_sending_is_left_to_them(link, book, room):
    grading.begin(assignment_id=link.pk, by=room.owner)
    with transaction.atomic():
        list(LtiGradeRun.objects.select_for_update())
        other = threading.Thread(target=lambda: (send(), connections.close_all()))
        other.start()
        other.join()
        assert not book.posts
        assert LtiGradeRun.objects.get().finished_at is None
    send()
    assert len(book.posts) == 2


WORKER = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.LTI_INSIDE = sys.argv[2:]
django.setup()
from perspectives.actions.lti import grading
grading.send_for(seconds=30)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_with_a_grade_on_its_way_doubles_and_loses_nothing(link, book, room, settings):
    grading.begin(assignment_id=link.pk, by=room.owner)
    keys.renew()
    Book.keys = registrations.public_keys(timezone.now())
    book.is_answering.clear()
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], *settings.LTI_INSIDE]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "SECRET_KEY": settings.SECRET_KEY}) as worker:
        assert book.has_taken.wait(60)
        worker.kill()
    book.is_answering.set()
    assert set(states().values()) == {"waiting"}
    send()
    assert set(states().values()) == {"sent"}
    assert {user: one["scoreGiven"] for user, one in book.scores.items()} == {"user-1": 50.0, "user-2": 0.0}
    assert [given["userId"] for _, _, given in book.posts] == ["user-1", "user-1", "user-2"]
    assert len({given["timestamp"] for _, _, given in book.posts}) == 1


@pytest.mark.parametrize(
    ("address", "scores"),
    [
        ("https://m.example/item?type_id=1", "https://m.example/item/scores?type_id=1"),
        ("https://c.example/line_items/3/", "https://c.example/line_items/3/scores"),
    ],
)
def test_scores_go_below_the_line_item(address, scores):
    assert rules.scores_url(address) == scores
