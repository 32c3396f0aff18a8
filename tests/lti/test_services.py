"""Line items that are found or made, rosters that are compared, and what hostile services answer."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from perspectives.actions.classroom import activities
from perspectives.actions.lti import grading, rosters
from perspectives.clients.lti import services
from perspectives.errors import NotPermittedError, NotPossibleError
from perspectives.models import LtiAssignment, LtiGrade, LtiGradeRun, LtiLearner, Pupil, User
from perspectives.rules.lti import grading as rules
from perspectives.rules.lti import line_items, roster
from perspectives.rules.lti.launch_claims import GRADES, LTI, ROSTER
from tests import factories
from tests.lti.test_grades import send, states
from tests.lti.test_opening import TEACHER
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.measured]
MAKING = [rules.SCOPE, line_items.SCOPE]
READING = [rules.SCOPE, line_items.READING_SCOPE]
NAMES = {"name": "Never Kept", "email": "never.kept@school.example", "picture": "https://school.example/never.png"}


def member(user, *roles, **more):
    return {"user_id": user, "roles": roles or ["Learner"], **NAMES, **more}


@pytest.fixture
def link(lti, book, room):
    """A link to a class, of whose course the platform names lists alone; two pupils came by it, and a teacher."""
    told = {
        f"{LTI}custom": {"content": "class", "code": room.code},
        GRADES: {"lineitems": f"{book.address}/items", "scope": MAKING},
        ROSTER: {"context_memberships_url": f"{book.address}/members"},
    }
    for user in ("user-1", "user-2"):
        lti.launch(told, sub=user)
    lti.launch({**told, **TEACHER}, sub="teacher-1")
    task = activities.plan(classroom_id=room.pk, by=room.owner, topic=factories.TOPIC, crux=0, kind="answer")
    activities.go_to(activity_id=task.pk, by=room.owner, phase="writing")
    return LtiAssignment.objects.get()


def begin(link, room):
    return grading.begin(assignment_id=link.pk, by=room.owner)


def compare(link, room):
    send()  # so that the platform knows our keys
    return rosters.compare(assignment_id=link.pk, by=room.owner)


def errors():
    return set(LtiGrade.objects.filter(run=LtiGradeRun.objects.first()).values_list("last_error", flat=True))


def test_a_line_item_is_made_once_and_found_by_a_second_try(link, book, room):
    begin(link, room)
    send()
    (made,) = book.items
    assert (made["scoreMaximum"], made["resourceLinkId"]) == (100.0, "link-1")
    assert made["resourceId"] == f"debatekb-class-{room.pk}"
    assert set(book.scores) == {"user-1", "user-2"}
    assert {path for path, *_ in book.posts} == {"/items/1/scores?type_id=7"}
    asked = len(book.asked)
    begin(link, room)
    send()
    assert len(book.asked) == asked, "it is known now"
    LtiAssignment.objects.update(lineitem_url="")  # as if the worker had been ended before it wrote that down
    begin(link, room)
    send()
    assert book.items == [made]
    assert LtiAssignment.objects.get().lineitem_url == made["id"]


def test_with_read_only_line_items_those_of_the_course_are_used_and_none_is_made(link, book, room, client):
    LtiAssignment.objects.update(scopes=READING)
    sign_in(client, room.owner)
    assert line_items.READ_ONLY in client.get(f"/account/classes/{room.pk}/").content.decode()
    begin(link, room)
    send()
    assert not book.items
    assert set(states().values()) == {"refused"}
    assert errors() == {line_items.READ_ONLY}
    book.items = [{"id": f"{book.address}/items/9", "resourceLinkId": "link-1", "label": "Of the course"}]
    begin(link, room)
    send()
    assert {path for path, *_ in book.posts} == {"/items/9/scores"}
    assert line_items.READ_ONLY not in client.get(f"/account/classes/{room.pk}/").content.decode()


def test_where_nothing_can_be_sent_the_page_says_why(link, room, client):
    sign_in(client, room.owner)
    for scopes, why in (([], "its administrator can allow"), ([rules.SCOPE], "names no points for this link")):
        LtiAssignment.objects.update(scopes=scopes)
        assert why in client.get(f"/account/classes/{room.pk}/").content.decode()
        with pytest.raises(NotPossibleError, match=why):
            begin(link, room)


@pytest.mark.parametrize(("status", "told", "seconds"), [(429, "120", 120), (503, "999999", 3600)])
def test_a_platform_that_wants_to_be_left_alone_is_for_an_hour_at_most(link, book, room, client, status, told, seconds):
    begin(link, room)
    book.status, book.headers = status, {"Retry-After": told}
    send()
    left_alone = (LtiGradeRun.objects.get().asked_again_at - timezone.now()).total_seconds()
    assert seconds - 20 < left_alone <= seconds
    book.status = None
    send()
    assert len(book.posts) == 1
    sign_in(client, room.owner)
    assert "wants to be left alone until" in client.get(f"/account/classes/{room.pk}/").content.decode()
    LtiGradeRun.objects.update(asked_again_at=timezone.now())
    send()
    assert set(states().values()) == {"sent"}


BAD_LISTS = {
    "no JSON": ((200, {}, b"<html>"), "cannot be read"),
    "no text": ((200, {}, b"\xff\xfe\x00"), "cannot be read"),
    "deep JSON": ((200, {}, b"[" * 100_000), "cannot be read"),
    "10 MB": ((200, {}, b"[" + b" " * 10_000_000 + b"]"), "sent more than 1,000,000 bytes"),
    "led inside": ((200, {"Link": '<http://127.0.0.1:1/items>; rel="next"'}, []), "leads on to another server"),
    "led elsewhere": ((200, {"Link": '<https://evil.example/items>; rel="next"'}, []), "leads on to another server"),
    "led to a file": ((200, {"Link": '<file:///etc/passwd>; rel="next"'}, []), "leads on to another server"),
    "sent on": ((302, {"Location": "http://127.0.0.1:1/"}, []), "sent us on more than 0 times"),
    "no end": ((200, {"Link": "<?resource_link_id=link-1>; rel=next"}, []), "lists more than 20 pages"),
    "gone": ((404, {}, []), "answered 404 and does not show its list"),
    "never ours": ((401, {}, []), "answered 401 and does not show its list"),
    "an item elsewhere": (
        (200, {}, [{"id": "http://127.0.0.1:1/items/1", "resourceLinkId": "link-1"}]),
        "names points for the link that cannot be used",
    ),
    "an item at no address": ((200, {}, [{"id": 7, "resourceLinkId": "link-1"}]), "cannot be used"),
}


def test_hostile_lists_of_line_items_are_refused_each_with_its_reason(link, book, room):
    for name, (answer, why) in BAD_LISTS.items():
        begin(link, room)
        book.answers["/items?resource_link_id=link-1"] = answer
        send()
        assert set(states().values()) == {"refused"}, name
        assert all(why in one for one in errors()), (name, errors())
    assert not book.posts


BAD_ANSWERS = (
    ((403, {}, {}), "answered 403: it makes no points"),
    ((201, {}, b"made"), "cannot be read"),
    ((201, {}, {"id": "https://evil.example/items/1"}), "cannot be used"),
    ((200, {}, []), "cannot be used"),
)


def test_line_items_that_are_not_made_as_they_should_be_are_told(link, book, room):
    book.answers["/items?resource_link_id=link-1"] = (200, {}, {"of": "something else"})
    for answer, why in BAD_ANSWERS:
        begin(link, room)
        book.answers["POST /items"] = answer
        send()
        assert all(why in one for one in errors()), errors()
    assert not book.posts


def test_a_roster_says_who_is_missing_and_who_left_and_nothing_of_it_is_kept(link, book, room, client):
    learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
    book.members = [
        member("teacher-1", "Instructor"),
        member("user-1", learner),
        member("user-2", status="Inactive"),
        member("user-3"),
        member("user-4", "Mentor", learner, status="Active"),
    ]
    found = compare(link, room)
    left = Pupil.objects.get(lti_learners__user_id="user-2").nickname
    assert found == roster.Comparison(learners=3, came=1, gone=(left,))
    sign_in(client, room.owner)
    page = f"/account/classes/{room.pk}/"
    before = list(LtiLearner.objects.values())
    assert "Read the course’s roster" in client.get(page).content.decode()
    told = client.post(page, {"action": f"roster {link.pk}"}, follow=True).content.decode()
    assert "The course has 3 learners: 1 came into the class, 2 did not yet." in told
    assert f"No longer learners of the course: {left}." in told
    assert "Never Kept" not in told
    assert list(LtiLearner.objects.values()) == before
    assert len([path for path in book.asked if path.startswith("/members")]) == 2 * 3


def test_a_roster_is_for_the_teacher_of_the_class_and_read_where_the_platform_shows_it(link, book, room):
    with pytest.raises(NotPermittedError):
        rosters.compare(assignment_id=link.pk, by=User.objects.create_user("stranger"))
    book.members = [member("user-1"), member("user-2")]
    assert compare(link, room) == roster.Comparison(learners=2, came=2, gone=())
    link.course.memberships_url = ""
    link.course.save()
    with pytest.raises(NotPossibleError, match="shows no roster"):
        compare(link, room)


BAD_ROSTERS = {
    "no list": ((200, {}, {"members": "all"}), "is no list of a course's members"),
    "a list of words": ((200, {}, {"members": ["user-1"]}), "is no list of a course's members"),
    "a list without its frame": ((200, {}, [member("user-1")]), "is no list of a course's members"),
    "no JSON": ((200, {}, b"\x1f\x8b"), "cannot be read"),
    "10 MB": ((200, {}, b" " * 10_000_000), "sent more than 1,000,000 bytes"),
    "no end": ((200, {"Link": "</members?limit=100>; rel=next"}, {"members": []}), "lists more than 20 pages"),
    "a crowd": ((200, {}, {"members": [member(f"u{one}") for one in range(2001)]}), "more than 2000 learners"),
    "led inside": ((200, {"Link": '<http://[::1]/>; rel="next"'}, {"members": []}), "leads on to another server"),
    "busy": ((503, {"Retry-After": "9"}, {}), "answered 503: not now"),
}


def test_hostile_rosters_are_refused_each_with_its_reason(link, book, room):
    for answer, why in BAD_ROSTERS.values():
        book.answers["/members?limit=100"] = answer
        with pytest.raises(NotPossibleError, match=why):
            compare(link, room)


def test_members_without_an_id_or_role_are_nobody(link, book, room):
    odd = [{}, {"user_id": 7, "roles": ["Learner"]}, {"user_id": "a"}, {"user_id": "b", "roles": [7, "Learners"]}]
    book.members = [*odd, member("user-1"), member("user-1"), member("c", status=None)]
    assert compare(link, room).learners == 1


def test_a_platform_that_drips_is_left_after_a_while(link, book, room, monkeypatch):
    monkeypatch.setattr(services, "_LIST_SECONDS", -1.0)
    with pytest.raises(NotPossibleError, match="took longer than"):
        compare(link, room)


def test_a_roster_is_asked_for_again_with_a_new_token_once(link, book, room):
    book.members = [member("user-1")]
    assert compare(link, room).came == 1
    tokens = book.tokens
    book.kept.clear()
    with transaction.atomic():
        assert compare(link, room).came == 1
    assert book.tokens == tokens + 1
    assert "Never Kept" not in json.dumps([*LtiLearner.objects.values(), *Pupil.objects.values()], default=str)
