"""The pages of a teacher: opened, led, exported, deleted; and for nobody else."""

import csv
import io
import re

import pytest

from perspectives.models import Activity, Classroom, Contribution
from perspectives.rules.documents.topic_document import TopicDocument
from tests import factories
from tests.lesson import Lesson, at, page, send
from tests.people import account

pytestmark = pytest.mark.measured

CLASSES = "/account/classes/"
TOPIC = TopicDocument.model_validate(factories.topic_document())


@pytest.fixture
def teacher(client, published):
    person = account("teacher")
    client.force_login(person)
    return person


def test_a_class_is_opened_from_a_topic_and_shows_its_code(client, teacher):
    assert f'value="{factories.TOPIC}" checked' in page(client.get(f"{CLASSES}?topic={factories.TOPIC}"))
    assert "published topics" in page(client.post(CLASSES, {"days": "30"}))
    assert "whole number" in page(client.post(CLASSES, {"topics": factories.TOPIC, "days": "many"}))
    said = page(client.post(CLASSES, {"topics": factories.TOPIC, "days": "7"}, follow=True))
    room = Classroom.objects.get()
    assert f"{room.code[:4]}-{room.code[4:]}" in said
    drawing = client.get(f"{CLASSES}{room.pk}/code.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawing.content
    assert room.code[:4] in page(client.get(CLASSES))


def test_buttons_of_a_class_do_what_they_say(client, teacher):
    lesson = Lesson(teacher)
    pupil = lesson.pupil()

    def press(action, **more):
        return page(client.post(lesson.address, {"action": action, **more}, follow=True))

    assert "nobody comes in" in press("stop")
    assert "goes on" in press("go-on")
    assert "in 1 groups" in press("groups", groups="1")
    assert "no groups any more" in press("groups", groups="0")
    assert "whole number" in press("groups", groups="some")
    assert "use one of the buttons" in press("shout")
    number = lesson.room.pupils.get().pk
    assert re.search(rf"{pupil.nickname} has a new PIN: \d{{6}}", press(f"pin {number}"))
    said = press("plan", kind="answer", about=f"{factories.TOPIC} 0")
    assert TOPIC.cruxes[0].question in said
    assert "This is the copy" in press("copy")
    assert "kind of activity" in press("plan", kind="shout", about=f"{factories.TOPIC} 0")
    parts = {client.get(lesson.address, headers={"HX-Request": "true"}).content for _ in range(2)}
    assert b"Answer first" in parts.pop()
    assert not parts  # what has not changed is the same, so that the script may ask more seldom


def test_an_activity_is_led_and_its_grid_shows_what_was_cited(client, teacher):
    lesson = Lesson(teacher)
    pupil = lesson.pupil()
    answer = lesson.plan("answer", "writing")
    address = f"{lesson.address}activities/{answer.pk}/"

    def press(action, **more):
        return page(client.post(address, {"action": action, **more}, follow=True))

    assert "Nothing yet." in page(client.get(address))
    send(pupil, answer, text="Two words.")
    said = page(client.get(address, headers={"HX-Request": "true"}))
    assert pupil.nickname in said
    assert "Two words." in said
    assert "Handed in: 1 of 1, in this phase" in said
    kept = Contribution.objects.get()
    assert "held until you release it" in press(f"say {kept.pk}", **{f"feedback_{kept.pk}": "Cite more."})
    assert "was not handed in here" in press("say 0")
    assert "Cite more." not in at(pupil)
    assert "Pupils see your feedback now" in press("release")
    assert "do not see" in press("hold")
    assert "Everybody sees what all have written" in press("go revealed", minutes="5")
    assert "no such phase" in press("go before")
    assert "use one of the buttons" in press("shout")
    assert Activity.objects.get().phase == "revealed"
    assert "Handed in: 1 of 1<" in page(client.get(address))


def test_the_export_has_all_kinds_and_no_hidden_number(client, teacher):
    lesson = Lesson(teacher)
    pupils = [lesson.pupil() for _ in range(7)]
    poll = lesson.plan("poll", "before")
    for place, pupil in enumerate(pupils):
        send(pupil, poll, corner="author" if place else "neutral")
    assert "7</strong> ballots of 7 pupils" in page(client.get(f"{lesson.address}activities/{poll.pk}/"))
    lesson.go(poll, "ended")
    assert "Where the class stands" in page(client.get(f"{lesson.address}activities/{poll.pk}/"))
    answer = lesson.plan("answer", "writing")
    send(pupils[0], answer, text="=1+1")
    sheet = lesson.plan("quiz", "writing")
    asked = re.findall(r'name="(q_\w+)"', at(pupils[0]))
    send(pupils[0], sheet, **{asked[0]: "author"})
    comparison = lesson.plan("comparison", "writing")
    send(pupils[0], comparison, from_1="s1", to_1="o1")
    debate = lesson.plan("controversy", "preparing")
    send(pupils[0], debate, claims=["s1"])
    debate = lesson.go(debate, "seeking")
    send(pupils[0], debate, accepted=["crux-0"])
    said = client.get(f"{lesson.address}export.csv")
    assert said["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(said.content.decode())))
    assert len({len(row) for row in rows}) == 1
    numbers = [row["ballots"] for row in rows if row["kind"] == "Four corners poll" and row["phase"] == "before"]
    assert sorted(numbers) == ["6", "hidden", "hidden", "hidden"]
    text = {row["kind"]: row for row in rows if row["nickname"] == pupils[0].nickname}
    assert text["Answer first, then reveal"]["text"] == "'=1+1"
    assert text["Quiz"]["right answers"] in {"0", "1"}
    assert text["Cited comparison"]["chosen"] == "s1 answers o1."
    assert text["Structured academic controversy"]["chosen"] == TOPIC.cruxes[0].question
    for one in (sheet, comparison, debate):
        page(client.get(f"{lesson.address}activities/{one.pk}/"))


def test_a_class_is_deleted_at_once_and_nobody_elses_is_seen(client, teacher):
    other = Lesson(account("other"))
    theirs = other.plan("answer", "writing")
    for place in ("", "code.svg", "export.csv", "delete/", f"activities/{theirs.pk}/"):
        assert client.get(f"{other.address}{place}").status_code == 404
    assert client.post(f"{other.address}delete/").status_code == 404
    mine = Lesson(teacher)
    assert client.get(f"{mine.address}activities/{theirs.pk}/").status_code == 404
    assert "go at once and for good" in page(client.get(f"{mine.address}delete/"))
    assert "is deleted" in page(client.post(f"{mine.address}delete/", follow=True))
    assert list(Classroom.objects.all()) == [other.room]
