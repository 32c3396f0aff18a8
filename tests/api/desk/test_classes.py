"""One's own classes over REST: what the teacher's pages can do, and no way from a ballot to a pupil."""

import pytest

from perspectives.models import Ballot, Classroom
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.vocab import Scope
from tests import factories
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import Curator
from tests.lesson import Lesson, at, send
from tests.people import account

CLASSES = "/api/v1/classes/"
TOPIC = TopicDocument.model_validate(factories.topic_document())
TEACH = (Scope.TEACH.value,)


@pytest.fixture
def teacher(published):
    return Curator(account("teacher"), scopes=TEACH)


@pytest.fixture
def held(teacher):
    return Lesson(teacher.user)


def place(lesson, activity=None):
    return f"{CLASSES}{lesson.room.pk}/" + (f"activities/{activity['id']}/" if activity else "")


def done(answer, status=200):
    assert answer.status_code == status, answer.content[:2000]
    return answer.json()


def planned(teacher, held, kind, **more):
    return done(teacher.post(f"{place(held)}activities/", {"kind": kind, "topic": factories.TOPIC, **more}), 201)


def lead(teacher, held, activity, phase, **more):
    """Go to a phase over the API, and give the row by which pupils hand something in."""
    done(teacher.ask("put", f"{place(held, activity)}phase/", {"phase": phase, **more}))
    return held.room.activities.get(pk=activity["id"])


def test_a_class_is_opened_stopped_grouped_copied_and_deleted(teacher):
    answer = teacher.post(CLASSES, {"topics": [factories.TOPIC], "days": 7})
    made = done(answer, 201)
    assert done(teacher.get(answer["Location"])) == made
    assert (made["topics"], made["pupils"], made["activities"]) == ([factories.TOPIC], [], [])
    assert made["join_url"] == f"http://testserver/class/join/{made['code']}/"
    listed = done(teacher.get(CLASSES))["results"]
    assert [one["id"] for one in listed] == [made["id"]]
    own = f"{CLASSES}{made['id']}/"
    planned = done(teacher.post(f"{own}activities/", {"kind": "answer", "topic": factories.TOPIC, "crux": 0}), 201)
    assert (planned["phase"], planned["crux"], planned["question"]) == ("planned", 0, TOPIC.cruxes[0].question)
    assert [one["crux"] for one in done(teacher.get(own))["activities"]] == [0]
    assert done(teacher.ask("put", f"{own}stop/", {"is_stopped": True}))["is_stopped"]
    assert not done(teacher.ask("put", f"{own}stop/", {"is_stopped": False}))["is_stopped"]
    assert_problem(teacher.post(f"{own}groups/", {"number": 2}), 409, "not_possible")
    copied = done(teacher.post(f"{own}copies/"), 201)
    assert copied["code"] != made["code"]
    assert [one["kind"] for one in copied["activities"]] == ["answer"]
    assert teacher.ask("delete", own).status_code == 204
    assert_problem(teacher.get(own), 404, "not_found")
    assert Classroom.objects.get().pk == copied["id"]


def test_an_activity_is_led_and_feedback_held_and_released(teacher, held):
    pupils = [held.pupil() for _ in range(2)]
    grouped = done(teacher.post(f"{place(held)}groups/", {"number": 1}))
    assert grouped["pupils"] == [{"nickname": one.nickname, "group": 1} for one in pupils]
    made = planned(teacher, held, "comparison")
    row = lead(teacher, held, made, "writing", minutes=5)
    send(pupils[0], row, text="Two words.", from_1="s1", to_1="o1")
    told = done(teacher.get(place(held, made)))
    assert (told["handed_in"], told["is_shown"]) == (1, True)
    assert told["phases"] == ["planned", "writing", "revealed", "ended"]
    expected = {"nickname": pupils[0].nickname, "group": 1, "phase": "writing", "text": "Two words."}
    expected |= {"chosen": ["s1 answers o1."], "words": 2, "claims": 2, "quotes_found": 0, "feedback": ""}
    assert told["contributions"] == [expected]
    said = {"nickname": pupils[0].nickname, "phase": "writing", "feedback": "Cite more."}
    assert (
        done(teacher.ask("put", f"{place(held, made)}feedback/", said))["contributions"][0]["feedback"] == "Cite more."
    )
    assert "Cite more." not in at(pupils[0])
    assert done(teacher.ask("put", f"{place(held, made)}release/", {"is_released": True}))["is_feedback_released"]
    assert "Cite more." in at(pupils[0])
    missing = {**said, "nickname": pupils[1].nickname}
    assert_problem(teacher.ask("put", f"{place(held, made)}feedback/", missing), 409, "not_possible")
    unreadable = {**said, "feedback": "a\u0000b"}
    assert_problem(teacher.ask("put", f"{place(held, made)}feedback/", unreadable), 409, "not_possible")
    assert_problem(teacher.ask("put", f"{place(held, made)}phase/", {"phase": "before"}), 409, "not_possible")


def test_a_poll_tells_nothing_while_it_is_open_and_no_small_number_afterwards(teacher, held):
    pupils = [held.pupil() for _ in range(7)]
    poll = planned(teacher, held, "poll", crux=0)
    row = lead(teacher, held, poll, "before")
    for number, pupil in enumerate(pupils):
        send(pupil, row, corner="author" if number else "neutral")
        open_now = done(teacher.get(place(held, poll)))
        assert (open_now["contributions"], "result" in open_now) == ([], False)
    done(teacher.ask("put", f"{place(held, poll)}phase/", {"phase": "ended"}))
    closed = done(teacher.get(place(held, poll)))
    assert (closed["handed_in"], closed["phases"]) == (7, ["ended"])
    shown = [(one["corner"], one.get("before"), one["flows"]) for one in closed["result"]]
    assert shown == [("author", 6, []), ("opposing", None, []), ("neutral", None, []), ("unsure", None, [])]
    assert_problem(teacher.ask("put", f"{place(held, poll)}phase/", {"phase": "after"}), 409, "not_possible")
    whole = "".join(teacher.get(path).content.decode() for path in (CLASSES, place(held), place(held, poll)))
    assert not [number for number in Ballot.objects.values_list("number", flat=True) if number in whole]


def test_rows_of_pupils_have_no_number_and_no_time(teacher, held):
    """Numbers would tell who came, and who handed in, before whom."""
    pupil = held.pupil()
    row = held.plan("answer", "writing")
    send(pupil, row, text="Words.")
    assert set(done(teacher.get(place(held)))["pupils"][0]) == {"nickname"}
    told = done(teacher.get(place(held, {"id": row.pk})))["contributions"]
    names = {"nickname", "phase", "text", "chosen", "words", "claims", "quotes_found", "feedback"}
    assert [set(one) for one in told] == [names]


def test_a_quiz_and_a_controversy_tell_what_came_of_them(teacher, held):
    pupil = held.pupil()
    sheet = planned(teacher, held, "quiz")
    row = lead(teacher, held, sheet, "writing")
    asked = at(pupil).partition('name="q_')[2].partition('"')[0]
    send(pupil, row, **{f"q_{asked}": "author"})
    assert done(teacher.get(place(held, sheet)))["contributions"][0]["right"] in {0, 1}
    debate = planned(teacher, held, "controversy")
    send(pupil, lead(teacher, held, debate, "seeking"), accepted=["crux-0"])
    assert "consensus" not in done(teacher.get(place(held, debate)))
    lead(teacher, held, debate, "ended")
    told = done(teacher.get(place(held, debate)))
    assert told["consensus"] == [{"group": 0, "agreements": 0, "cruxes": 1}]


@pytest.mark.parametrize(
    ("kind", "crux", "told"),
    [("poll", None, "lacks the 'crux'"), ("quiz", 0, "takes no 'crux'")],
)
def test_a_question_is_named_where_there_is_one_and_nowhere_else(teacher, held, kind, crux, told):
    body = {"kind": kind, "topic": factories.TOPIC, **({} if crux is None else {"crux": crux})}
    answer = teacher.post(f"{place(held)}activities/", body)
    assert told in str(assert_problem(answer, 422, "rules_broken")["problems"])


def test_keys_for_something_else_and_other_people_do_not_reach_it(teacher, held):
    others = [scope.value for scope in Scope if scope not in {Scope.TEACH, Scope.CURATE}]
    assert_problem(Curator(teacher.user, scopes=others).get(CLASSES), 403, "not_permitted")
    row = held.plan("answer", "writing")
    other = Curator(account("other"), scopes=TEACH)
    assert done(other.get(CLASSES)) == {"results": []}
    activity = {"id": row.pk}
    for method, path, body in (
        ("get", place(held), None),
        ("delete", place(held), None),
        ("put", f"{place(held)}stop/", {"is_stopped": True}),
        ("post", f"{place(held)}groups/", {"number": 0}),
        ("post", f"{place(held)}copies/", {}),
        ("post", f"{place(held)}activities/", {"kind": "quiz", "topic": factories.TOPIC}),
        ("get", place(held, activity), None),
        ("put", f"{place(held, activity)}phase/", {"phase": "ended"}),
        ("put", f"{place(held, activity)}feedback/", {"nickname": "Badger", "phase": "writing", "feedback": "x"}),
        ("put", f"{place(held, activity)}release/", {"is_released": True}),
    ):
        assert_problem(other.ask(method, path, body), 404, "not_found")
    mine = Lesson(other.user)
    assert_problem(other.get(place(mine, activity)), 404, "not_found")


def test_a_class_and_an_activity_cost_the_same_for_one_pupil_and_for_twenty(teacher, held, django_assert_num_queries):
    row = held.plan("answer", "writing")
    for number in range(20):
        pupil = held.pupil()
        send(pupil, row, text="Words.")
        if number in {0, 19}:
            teacher.get(place(held))
            with django_assert_num_queries(5):
                teacher.get(place(held))
            with django_assert_num_queries(5):
                teacher.get(place(held, {"id": row.pk}))
