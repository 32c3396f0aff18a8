"""Five journeys of teachers: plan and print, open and show, lead a controversy, poll and give feedback, copy."""

import csv
import re

from playwright.sync_api import expect

from perspectives.models import Ballot, Classroom, Contribution, Pupil
from perspectives.rules.documents.topic_document import TopicDocument
from tests import factories
from tests.browser.classroom.steps import BY_ITSELF, DESK, add, go_on, look_at
from tests.browser.keyboard import press
from tests.lesson import at, send

TOPIC = TopicDocument.model_validate(factories.topic_document())
PAGE = f"/topics/{factories.TOPIC}/"


def test_a_lesson_is_planned_on_the_teach_page_its_packs_are_printed_and_a_class_is_opened(desk):
    desk.goto(PAGE)
    desk.get_by_role("link", name="Teach", exact=True).click()
    desk.get_by_role("link", name="20 minutes").click()
    expect(desk.get_by_role("heading", name="Plan for 20 minutes")).to_be_in_viewport()
    steps = desk.locator(".plan-minutes").all_inner_texts()
    assert sum(int(one.removesuffix(" min")) for one in steps) == 20
    packs = desk.get_by_role("link", name="Print the role packs").get_attribute("href")
    printed = desk.request.get(packs)
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF-")
    desk.get_by_role("link", name="with a class code").click()
    expect(desk.get_by_role("checkbox", name=TOPIC.title)).to_be_checked()
    look_at(desk, "classes", DESK)
    desk.get_by_label("Days until it is deleted").fill("7")
    desk.get_by_role("button", name="Open the class").click()
    expect(desk.get_by_role("status").filter(has_text="The class is open")).to_be_visible()
    room = Classroom.objects.get()
    assert (room.topics, (room.expires_at - room.opened_at).days) == ([factories.TOPIC], 7)


def test_a_class_is_opened_from_a_topic_and_kept_in_order_by_keyboard(desk, lesson):
    desk.goto(PAGE)
    press(desk.get_by_role("link", name="Use it with a class"))
    press(desk.get_by_role("button", name="Open the class"))
    expect(desk.get_by_role("img", name="QR code")).to_be_visible()
    room = lesson.room = Classroom.objects.latest("pk")
    assert desk.locator(".class-code").inner_text() == f"{room.code[:4]}-{room.code[4:]}"
    pupil = lesson.pupil()
    renewal = desk.get_by_role("button", name=f"New PIN for {pupil.nickname}")
    expect(renewal).to_be_visible(timeout=BY_ITSELF)
    expect(desk.get_by_role("heading", name="Pupils: 1 of at most 60")).to_be_visible()
    look_at(desk, "class", DESK)
    press(renewal, "Shift")
    other = lesson.pupil()
    expect(desk.get_by_role("button", name=f"New PIN for {other.nickname}")).to_be_visible(timeout=BY_ITSELF)
    expect(renewal).to_be_focused()  # although the list is another
    desk.keyboard.press("Enter")
    said = desk.get_by_role("status").filter(has_text="has a new PIN").inner_text()
    assert re.fullmatch(rf"{pupil.nickname} has a new PIN: \d{{6}}\. It is shown this once\.", said)
    press(desk.get_by_role("button", name="Stop the class"))
    expect(desk.get_by_text("the code leads nowhere")).to_be_visible()
    assert "has stopped the class" in at(pupil)
    press(desk.get_by_role("button", name="Let the class go on"))
    expect(desk.get_by_role("button", name="Stop the class")).to_be_visible()
    assert "Wait for your teacher" in at(pupil)


def test_a_controversy_is_led_with_groups_and_a_timer_to_its_consensus(desk, lesson):
    pupils = [lesson.pupil() for _ in range(4)]
    desk.goto(lesson.address)
    desk.get_by_label("Groups, made by chance").fill("2")
    desk.get_by_role("button", name="Make groups").click()
    expect(desk.get_by_text("group 1")).to_have_count(2)
    add(desk, "Structured academic controversy")
    desk.get_by_text("Another phase, a timer").click()
    desk.get_by_label("Minutes of the next phase").fill("5")
    go_on(desk, "Prepare")
    expect(desk.get_by_text("5 minutes left")).to_be_visible()
    assert all("5 minutes left" in at(pupil) for pupil in pupils)
    debate = lesson.room.activities.get()
    for phase, given in (
        ("Present", {"text": "For us."}),
        ("Exchange", {"text": "They say."}),
        ("Seek", {"text": "You."}),
    ):
        for pupil in pupils:
            send(pupil, debate, **given)
        go_on(desk, phase)
        debate.refresh_from_db()
    for place, pupil in enumerate(pupils):
        accepted = ["agreement-0", "agreement-1"] if place else ["agreement-0"]
        send(pupil, debate, text="Two planks are soft.", accepted=accepted)
    expect(desk.get_by_role("heading", name="Handed in: 4 of 4, in this phase")).to_be_visible(timeout=BY_ITSELF)
    go_on(desk, "Ended")
    expect(desk.get_by_text("Group 1:")).to_have_count(1)
    figures = desk.locator(".class-words .label").all_inner_texts()
    assert sorted(re.findall(r"(\d of 2) agreements", " ".join(figures))) == ["1 of 2", "2 of 2"]
    look_at(desk, "controversy", DESK)


def test_a_poll_shows_flows_a_grid_takes_feedback_and_all_is_exported(desk, lesson):
    pupils = [lesson.pupil() for _ in range(11)]
    desk.goto(lesson.address)
    address = add(desk, "Four corners poll")
    go_on(desk, "Poll before")
    poll = lesson.room.activities.get()
    for place, pupil in enumerate(pupils):
        send(pupil, poll, corner="author" if place < 6 else "opposing")
    expect(desk.get_by_text("11 ballots of 11 pupils")).to_be_visible(timeout=BY_ITSELF)
    go_on(desk, "Result before")
    assert desk.locator("[data-name=Before]").all_inner_texts() == ["6", "5", "hidden", "hidden"]
    give_feedback(desk, lesson, pupils[0])
    desk.goto(address)
    go_on(desk, "Poll after")
    poll.refresh_from_db()
    for place, pupil in enumerate(pupils):
        send(pupil, poll, corner="unsure" if place < 6 else "opposing")
    go_on(desk, "Ended")
    assert desk.locator(".class-flows td").all_inner_texts().count("hidden") == 14
    assert [desk.locator(".class-flows td").nth(place).inner_text() for place in (3, 5)] == ["6", "5"]
    assert set(Ballot.objects.values_list("before", "after")) == {("author", "unsure"), ("opposing", "opposing")}
    look_at(desk, "result", DESK)
    desk.goto(lesson.address)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Export as CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text().splitlines()))
    assert [(row["text"], row["feedback"]) for row in rows if row["nickname"]] == [("The oak is sound.", "Well seen.")]
    paper = desk.request.get(desk.get_by_role("link", name="Export as PDF").get_attribute("href"))
    assert paper.body().startswith(b"%PDF-")


def give_feedback(desk, lesson, pupil):
    """Read in the grid what a pupil has written, answer it, and release the answer."""
    desk.goto(lesson.address)
    add(desk, "Answer first")
    go_on(desk, "Writing")
    send(pupil, lesson.room.activities.get(kind="answer"), text="The oak is sound.")
    expect(desk.get_by_role("row", name=pupil.nickname)).to_contain_text("The oak is sound.", timeout=BY_ITSELF)
    go_on(desk, "Revealed")
    desk.get_by_label(f"To {pupil.nickname}, Writing").fill("Well seen.")
    desk.get_by_role("button", name=f"Keep the feedback to {pupil.nickname}").click()
    expect(desk.get_by_role("status").filter(has_text="held until you release it")).to_be_visible()
    assert "Well seen." not in at(pupil)
    desk.get_by_role("button", name="Release the feedback").click()
    expect(desk.get_by_text("Pupils see it.")).to_be_visible()
    assert "Well seen." in at(pupil)
    look_at(desk, "activity", DESK)


def test_a_class_is_copied_for_other_pupils_and_deleted(desk, lesson):
    pupil = lesson.pupil()
    send(pupil, lesson.plan("answer", "writing"), text="The oak is sound.")
    desk.goto(lesson.address)
    desk.get_by_role("button", name="Copy for other pupils").click()
    expect(desk.get_by_role("status").filter(has_text="This is the copy")).to_be_visible()
    expect(desk.get_by_role("heading", name="Pupils: 0 of at most 60")).to_be_visible()
    expect(desk.get_by_role("row", name="Answer first")).to_contain_text("Planned")
    desk.goto(lesson.address)
    desk.get_by_role("link", name="Delete the class").click()
    look_at(desk, "deletion", DESK)
    desk.get_by_role("link", name="Keep it").click()
    desk.get_by_role("link", name="Delete the class").click()
    desk.get_by_role("button", name="Delete the class").click()
    expect(desk.get_by_role("status")).to_contain_text("is deleted")
    assert Classroom.objects.count() == 1
    assert not Pupil.objects.exists()
    assert not Contribution.objects.exists()
    assert "deleted" in pupil.get("/class/now/").content.decode()
