"""Classes: who leads them, how pupils take part, and that nothing is left."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from perspectives.actions.classroom import activities, classes, taking_part
from perspectives.errors import NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Activity, Ballot, Classroom, Contribution, Pupil, User
from perspectives.rules.classroom import codes
from perspectives.rules.study import quiz
from tests import factories

pytestmark = pytest.mark.django_db
TABLES = (Ballot, Contribution, Activity, Pupil, Classroom)
NUMBERS = [f"{number:064x}" for number in range(1, 40)]


@pytest.fixture
def teacher(published):
    return User.objects.create_user("teacher")


@pytest.fixture
def room(teacher):
    return classes.begin(by=teacher, topics=[factories.TOPIC])


def planned(room, teacher, kind="answer", phase="writing"):
    made = activities.plan(classroom_id=room.pk, by=teacher, kind=kind, topic=factories.TOPIC)
    return activities.go_to(activity_id=made.pk, by=teacher, phase=phase)


def joined(room, *names):
    return [taking_part.join(code=room.code, nickname=name)[0] for name in names or codes.NICKNAMES[:1]]


def hand_in(pupil, activity, **changes):
    given = {"phase": activity.phase, "text": "Words.", "given": {}, **changes}
    return taking_part.hand_in(pupil_id=pupil.pk, activity_id=activity.pk, **given)


def rows():
    return {model.__name__: model.objects.count() for model in TABLES}


def lesson(room, teacher, number=NUMBERS[0]):
    """Let two pupils take part in all kinds of activity."""
    pupils = joined(room, *codes.NICKNAMES[:2])
    poll = planned(room, teacher, "poll", "before")
    taking_part.vote(activity_id=poll.pk, phase="before", number=number, corner="author")
    answer = planned(room, teacher)
    for pupil in pupils:
        activities.say(contribution_id=hand_in(pupil, answer).pk, by=teacher, feedback="Good.")
    return poll, answer


def test_a_class_needs_published_topics_and_lasts_a_month(teacher):
    for topics in ([], ["nothing"], [factories.TOPIC, "nothing"], [f"t{n}" for n in range(11)]):
        with pytest.raises(NotPossibleError, match="published topics"):
            classes.begin(by=teacher, topics=topics)
    for days in (0, 31):
        with pytest.raises(NotPossibleError, match="one to 30 days"):
            classes.begin(by=teacher, topics=[factories.TOPIC], days=days)
    made = classes.begin(by=teacher, topics=[factories.TOPIC, factories.TOPIC])
    assert made.topics == [factories.TOPIC]
    assert made.expires_at - made.opened_at == timedelta(days=30)


def test_a_teacher_has_forty_classes_at_most(teacher, room, monkeypatch):
    monkeypatch.setattr(classes, "MOST_CLASSES", 1)
    for begin in (
        lambda: classes.begin(by=teacher, topics=room.topics),
        lambda: classes.copy(classroom_id=room.pk, by=teacher),
    ):
        with pytest.raises(NotPossibleError, match="delete one"):
            begin()


def test_another_teacher_leads_no_class_of_mine(room, teacher):
    other = User.objects.create_user("other")
    activity = planned(room, teacher)
    written = hand_in(joined(room)[0], activity)
    for action, given in (
        (classes.stop, {"classroom_id": room.pk, "is_stopped": True}),
        (classes.delete, {"classroom_id": room.pk}),
        (classes.copy, {"classroom_id": room.pk}),
        (classes.make_groups, {"classroom_id": room.pk, "number": 1}),
        (activities.go_to, {"activity_id": activity.pk, "phase": "ended"}),
        (activities.say, {"contribution_id": written.pk, "feedback": "Ha."}),
    ):
        with pytest.raises(NotPermittedError):
            action(by=other, **given)
    for action, given in (
        (classes.stop, {"classroom_id": 0, "is_stopped": True}),
        (activities.plan, {"classroom_id": 0, "kind": "quiz", "topic": factories.TOPIC}),
        (activities.go_to, {"activity_id": 0, "phase": "ended"}),
        (activities.say, {"contribution_id": 0, "feedback": "Ha."}),
        (classes.renew_pin, {"classroom_id": room.pk, "pupil_id": 0}),
    ):
        with pytest.raises(NotFoundError):
            action(by=teacher, **given)


def test_a_copy_has_the_activities_and_nobody_in_it(room, teacher):
    lesson(room, teacher)
    made = classes.copy(classroom_id=room.pk, by=teacher)
    assert made.code != room.code
    assert [(one.kind, one.phase, one.is_shown) for one in made.activities.all()] == [
        ("poll", "planned", False),
        ("answer", "planned", False),
    ]
    assert not made.pupils.exists()


def test_nicknames_come_from_the_list_and_a_class_has_sixty_pupils(room):
    with pytest.raises(NotPossibleError, match="from the list"):
        taking_part.join(code=room.code, nickname="Ada Lovelace")
    joined(room, *codes.NICKNAMES[: codes.MOST_PUPILS])
    with pytest.raises(NotPossibleError, match="full"):
        joined(room, codes.NICKNAMES[-1])
    assert not Pupil.objects.filter(nickname="Ada Lovelace").exists()


def test_a_nickname_is_taken_once(room):
    joined(room)
    with pytest.raises(NotPossibleError, match="already"):
        joined(room)


@pytest.mark.parametrize("change", [{"is_stopped": True}, {"expires_at": timezone.now() + timedelta(seconds=1)}])
def test_nobody_comes_into_a_class_that_is_stopped_or_over(room, change):
    if "expires_at" in change:
        change = {"opened_at": timezone.now() - timedelta(days=2), "expires_at": timezone.now() - timedelta(days=1)}
    Classroom.objects.filter(pk=room.pk).update(**change)
    with pytest.raises(NotFoundError):
        joined(room)


def test_a_pupil_comes_back_with_the_pin_and_guesses_end(room, teacher):
    pupil, pin = taking_part.join(code=room.code, nickname=codes.NICKNAMES[0])
    assert pin not in pupil.pin_sha256
    back = {"code": room.code, "nickname": pupil.nickname}
    wrong = "000000" if pin != "000000" else "111111"
    for given in ({**back, "pin": wrong}, {**back, "nickname": codes.NICKNAMES[1], "pin": pin}):
        with pytest.raises(NotPossibleError, match="this nickname and PIN"):
            taking_part.come_back(**given)
    assert Pupil.objects.get().wrong_pins == 1
    assert taking_part.come_back(**back, pin=pin) == pupil
    assert Pupil.objects.get().wrong_pins == 0
    Pupil.objects.update(wrong_pins=codes.MOST_WRONG_PINS)
    with pytest.raises(NotPossibleError, match="new PIN"):
        taking_part.come_back(**back, pin=pin)
    _, renewed = classes.renew_pin(classroom_id=room.pk, pupil_id=pupil.pk, by=teacher)
    assert taking_part.come_back(**back, pin=renewed) == pupil


def test_groups_are_made_anew_and_ended(room, teacher):
    with pytest.raises(NotPossibleError, match="0 to 0 groups"):
        classes.make_groups(classroom_id=room.pk, by=teacher, number=1)
    joined(room, *codes.NICKNAMES[:5])
    classes.make_groups(classroom_id=room.pk, by=teacher, number=2)
    assert sorted(Pupil.objects.values_list("group", flat=True)) in ([1, 1, 1, 2, 2], [1, 1, 2, 2, 2])
    classes.make_groups(classroom_id=room.pk, by=teacher, number=0)
    assert set(Pupil.objects.values_list("group", flat=True)) == {None}


def test_activities_are_planned_about_what_is_there(room, teacher, monkeypatch):
    plan = {"classroom_id": room.pk, "by": teacher, "kind": "answer", "topic": factories.TOPIC}
    for change, words in (
        ({"kind": "shouting"}, "kind of activity"),
        ({"topic": factories.OTHER_TOPIC}, "topics of the class"),
        ({"crux": 99}, "sides of this topic part"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            activities.plan(**{**plan, **change})
    assert activities.plan(**plan).settings == {"edition": 1, "crux": 0}
    made = activities.plan(**{**plan, "kind": "quiz"})
    assert 1 <= made.settings["sheet"] <= quiz.SHEETS
    monkeypatch.setattr(activities, "MOST_ACTIVITIES", 2)
    with pytest.raises(NotPossibleError, match="the most"):
        activities.plan(**plan)


def test_one_activity_is_shown_and_may_go_back(room, teacher):
    first, second = planned(room, teacher), planned(room, teacher, "quiz")
    assert list(Activity.objects.filter(is_shown=True)) == [second]
    again = activities.go_to(activity_id=first.pk, by=teacher, phase="revealed", minutes=5)
    assert again.phase_ends_at
    assert list(Activity.objects.filter(is_shown=True)) == [first]
    assert not activities.go_to(activity_id=first.pk, by=teacher, phase="planned").is_shown
    for phase in ("before", "shouting"):
        with pytest.raises(NotPossibleError, match="no such phase"):
            activities.go_to(activity_id=first.pk, by=teacher, phase=phase)
    poll = planned(room, teacher, "poll", "between")
    with pytest.raises(NotPossibleError, match="not opened again"):
        activities.go_to(activity_id=poll.pk, by=teacher, phase="before")
    with pytest.raises(NotPossibleError, match="180 minutes"):
        activities.go_to(activity_id=first.pk, by=teacher, phase="writing", minutes=181)


def test_what_is_handed_in_again_takes_the_place_of_the_first_and_keeps_the_feedback(room, teacher):
    activity, (pupil,) = planned(room, teacher), joined(room)
    first = hand_in(pupil, activity)
    activities.say(contribution_id=first.pk, by=teacher, feedback=" Go on. ")
    second = hand_in(pupil, activity, text="Better words.")
    assert (second.pk, second.text, second.feedback) == (first.pk, "Better words.", "Go on.")
    released = activities.release_feedback(activity_id=activity.pk, by=teacher, is_released=True)
    assert released.is_feedback_released


def test_a_quiz_keeps_the_answers_to_its_own_questions(room, teacher):
    activity, (pupil,) = planned(room, teacher, "quiz"), joined(room)
    with pytest.raises(NotPossibleError, match="nothing was written or chosen"):
        hand_in(pupil, activity, text="", given={"answers": {"unasked": "author"}})


def test_nothing_is_taken_once_the_class_has_gone_on(room, teacher):
    activity, (pupil,) = planned(room, teacher), joined(room)
    stranger = joined(classes.begin(by=teacher, topics=room.topics))[0]
    refused = [
        lambda: hand_in(stranger, activity),
        lambda: hand_in(pupil, activity, phase="revealed"),
        lambda: taking_part.vote(activity_id=activity.pk, phase="writing", number=NUMBERS[0], corner="author"),
        lambda: taking_part.vote(activity_id=0, phase="before", number=NUMBERS[0], corner="author"),
    ]
    for attempt in refused:
        with pytest.raises(NotPossibleError, match="Nothing was kept"):
            attempt()
    activities.go_to(activity_id=activity.pk, by=teacher, phase="revealed")
    with pytest.raises(NotPossibleError, match="Nothing was kept"):
        hand_in(pupil, activity, phase="revealed")
    activities.go_to(activity_id=activity.pk, by=teacher, phase="writing")
    activity.phase = "writing"
    classes.stop(classroom_id=room.pk, by=teacher, is_stopped=True)
    with pytest.raises(NotPossibleError, match="Nothing was kept"):
        hand_in(pupil, activity)
    classes.stop(classroom_id=room.pk, by=teacher, is_stopped=False)
    assert hand_in(pupil, activity)
    classes.delete(classroom_id=room.pk, by=teacher)
    with pytest.raises(NotPossibleError, match="Take your words along"):
        hand_in(pupil, activity)


def test_ballots_are_changed_while_the_poll_is_open_and_no_more_than_there_are_pupils(room, teacher):
    joined(room, *codes.NICKNAMES[:2])
    poll = planned(room, teacher, "poll", "before")
    vote = {"activity_id": poll.pk, "phase": "before", "number": NUMBERS[0]}
    with pytest.raises(NotPossibleError, match="corners"):
        taking_part.vote(**vote, corner="winner")
    taking_part.vote(**vote, corner="author")
    taking_part.vote(**vote, corner="neutral")
    taking_part.vote(**{**vote, "number": NUMBERS[1]}, corner="unsure")
    with pytest.raises(NotPossibleError, match="As many ballots"):
        taking_part.vote(**{**vote, "number": NUMBERS[2]}, corner="author")
    activities.go_to(activity_id=poll.pk, by=teacher, phase="after")
    with pytest.raises(NotPossibleError, match="Nothing was kept"):
        taking_part.vote(**vote, corner="author")
    taking_part.vote(**{**vote, "phase": "after"}, corner="opposing")
    assert sorted(Ballot.objects.values_list("before", "after")) == [("neutral", "opposing"), ("unsure", "")]


@pytest.mark.django_db(transaction=True)
def test_neither_the_order_of_rows_nor_their_transactions_tell_when_a_ballot_was_cast(room, teacher):
    """The order on disk differs from that of the votes, and one transaction has written all."""
    joined(room, *codes.NICKNAMES[:30])
    poll = planned(room, teacher, "poll", "before")
    for number in NUMBERS[:30]:
        taking_part.vote(activity_id=poll.pk, phase="before", number=number, corner="author")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, xmin::text FROM perspectives_ballot ORDER BY ctid")
        found = cursor.fetchall()
    assert len({transaction for _, transaction in found}) == 1
    order = [number for number, _ in found]
    assert sorted(order) == NUMBERS[:30] != order
    assert {field.name for field in Ballot._meta.fields} == {"number", "activity", "before", "after"}


def test_nothing_of_a_class_is_left_after_its_time_and_others_stay(room, teacher):
    lesson(room, teacher)
    other = classes.begin(by=teacher, topics=room.topics)
    lesson(other, teacher, NUMBERS[1])
    begun = timezone.now() - timedelta(days=30)
    Classroom.objects.filter(pk=room.pk).update(opened_at=begun, expires_at=timezone.now())
    classes.clear()
    assert list(Classroom.objects.all()) == [other]
    assert rows() == {"Ballot": 1, "Contribution": 2, "Activity": 2, "Pupil": 2, "Classroom": 1}
    classes.delete(classroom_id=other.pk, by=teacher)
    assert set(rows().values()) == {0}


def test_classes_go_with_the_account(room, teacher):
    lesson(room, teacher)
    classes.remove_all(teacher)
    assert set(rows().values()) == {0}
