"""A lesson in browsers: a teacher at a desk, two pupils at phones, one of them without scripts."""

import csv

import pytest
from playwright.sync_api import expect

from perspectives.models import Ballot, Classroom, Contribution, Pupil
from perspectives.vocab import Role
from tests import factories
from tests.browser.accessible import assert_accessible, assert_fits, assert_fits_and_is_accessible

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def phones(browser, site):
    """Two phones, the second without scripts."""
    contexts = [browser.new_context(base_url=site, java_script_enabled=script, **PHONE) for script in (True, False)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def come_in(phone, code):
    phone.goto("/class/")
    phone.get_by_label("Code of the class").fill(code.lower())
    phone.get_by_role("button", name="Go on").tap()
    phone.get_by_role("button", name="Come in").tap()
    expect(phone.get_by_text("Your PIN is")).to_be_visible()
    phone.get_by_role("link", name="I have written them down").tap()
    expect(phone.get_by_role("heading", name="Wait for your teacher")).to_be_visible()


def show(phone):
    """Have the page show what the class does now, as its script or its reader would."""
    phone.goto("/class/now/")


def vote(phone, corner):
    show(phone)
    phone.get_by_label(corner).check()
    phone.get_by_role("button", name="Cast the ballot").tap()
    expect(phone.get_by_text("Kept.")).to_be_visible()


def add(desk, kind):
    desk.get_by_role("radio", name=kind).check()
    desk.get_by_role("button", name="Add the activity").click()


def go_on(desk, phase):
    desk.get_by_role("button", name=f"Go on: {phase}").click()
    expect(desk.get_by_role("status").filter(has_text=phase)).to_be_visible()


def open_class(desk):
    """Open a class from a topic's page."""
    desk.goto(f"/topics/{factories.TOPIC}/")
    desk.get_by_role("link", name="Use it with a class").click()
    assert_fits_and_is_accessible(desk, "classes")
    desk.get_by_role("button", name="Open the class").click()
    expect(desk.get_by_role("img", name="QR code")).to_be_visible()
    return Classroom.objects.get()


def take_part_in_all_kinds(desk, phones, room):
    """Show each other kind of activity on a phone."""
    for kind, phase, place in (("Cited", "Writing", 0), ("controversy", "Prepare", 0), ("Quiz", "Writing", 1)):
        desk.goto(f"/account/classes/{room.pk}/")
        add(desk, kind)
        go_on(desk, phase)
        show(phones[place])
        expect(phones[place].get_by_role("button", name="Hand in")).to_be_visible()
        assert phones[place].evaluate("document.documentElement.scrollWidth") == 390, kind
        if place == 0:
            assert_fits_and_is_accessible(phones[0], kind)
            phones[0].set_viewport_size(PHONE["viewport"])


def answer_first(desk, phones):
    """Write, see the answers come in, and reveal them."""
    add(desk, "Answer first")
    go_on(desk, "Writing")
    for phone in phones:
        show(phone)
        phone.get_by_label("Your answer").fill("The oak is <b>sound</b>.")
        phone.get_by_role("button", name="Hand in").tap()
        expect(phone.get_by_text("Kept.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Handed in: 2")).to_be_visible(timeout=20_000)  # by itself
    go_on(desk, "Revealed")
    assert_fits_and_is_accessible(desk, "activity")
    for phone in phones:
        show(phone)
        expect(phone.get_by_text("The oak is <b>sound</b>.").first).to_be_visible()
    assert_accessible(phones[0], "revealed")


def export_and_delete(desk, room):
    """Take everything along, then delete it."""
    desk.goto(f"/account/classes/{room.pk}/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Export as CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text().splitlines()))
    assert [row["text"] for row in rows if row["nickname"]] == ["The oak is <b>sound</b>."] * 2
    desk.get_by_role("link", name="Delete the class").click()
    desk.get_by_role("button", name="Delete the class").click()
    expect(desk.get_by_role("status")).to_contain_text("is deleted")


def test_a_lesson_from_the_topic_to_the_deletion(page_of, phones):
    desk = page_of("teacher", role=Role.READER, viewport={"width": 1440, "height": 900})
    room = open_class(desk)
    for phone in phones:
        come_in(phone, room.code)
    expect(desk.get_by_role("heading", name="Pupils: 2 of at most 60")).to_be_visible(timeout=20_000)  # by itself
    assert_fits_and_is_accessible(desk, "class")
    desk.set_viewport_size({"width": 1440, "height": 900})
    add(desk, "Four corners poll")
    poll = desk.url
    go_on(desk, "Poll before")
    link = phones[0].get_by_role("link", name="Go on", exact=True)
    expect(link).to_be_visible(timeout=20_000)  # by itself
    link.tap()
    expect(phones[0].get_by_role("button", name="Cast the ballot")).to_be_visible()
    assert_accessible(phones[0], "poll")
    assert_fits(phones[0], 390, "poll")
    vote(phones[0], "The first answer")
    vote(phones[1], "The second answer")
    go_on(desk, "Result before")
    desk.goto(f"/account/classes/{room.pk}/")
    answer_first(desk, phones)
    take_part_in_all_kinds(desk, phones, room)
    desk.goto(poll)
    go_on(desk, "Poll after")
    vote(phones[0], "I cannot tell yet")
    vote(phones[1], "The second answer")
    go_on(desk, "Ended")
    expect(desk.get_by_role("cell", name="hidden").first).to_be_visible()
    assert_fits_and_is_accessible(desk, "result")
    assert sorted(Ballot.objects.values_list("before", "after")) == [("author", "unsure"), ("opposing", "opposing")]
    export_and_delete(desk, room)
    assert not Pupil.objects.exists()
    assert not Contribution.objects.exists()
    show(phones[0])
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("There is no such page")
