"""A class and a choice in the frame of a learning platform on another site, in a Chromium that blocks third parties."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from perspectives.actions.classroom import classes
from perspectives.actions.lti import keys
from perspectives.models import Ballot, Contribution, LtiRegistration, Pupil
from perspectives.queries.lti import registrations
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.lti import grading
from perspectives.rules.lti.launch_claims import GRADES, ROSTER
from perspectives.web.classroom import link_keys
from tests import factories
from tests.browser.accessible import LOOKS, OVERFLOW, TABLET, assert_accessible, look_at_all_widths
from tests.browser.classroom.steps import BY_ITSELF
from tests.browser.install import find
from tests.browser.keyboard import press
from tests.browser.screenshots import FLAGS
from tests.lti.book import Book
from tests.lti.course import Course
from tests.lti.platform import DL, LTI, let_in, register
from tests.lti.test_opening import CHOICE, TEACHER

TOPIC = TopicDocument.model_validate(factories.topic_document())
SHOWS = "([width, scheme]) => innerWidth === width && matchMedia(`(prefers-color-scheme: ${scheme})`).matches"
BLOCKING = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
"""What the settings of Chromium write down where somebody blocks third-party cookies."""


@pytest.fixture
def course(site, settings, lesson, monkeypatch):
    """A course on 127.0.0.1, while our site is on localhost, whose link opens the class."""
    made = Course(site)
    settings.SITE_URL = site
    let_in(settings, monkeypatch, made.address)
    register(made.address)
    made.launch = {f"{LTI}custom": {"content": "class", "code": lesson.room.code}}
    yield made
    made.close()


@pytest.fixture
def blocking(playwright, tmp_path):
    """A page of a Chromium that blocks third-party cookies."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCKING))
    context = playwright.chromium.launch_persistent_context(tmp_path, executable_path=find(), args=list(FLAGS))
    yield context.pages[0]
    context.close()


def look_at_frame(page, name):
    """See that the page in the frame fits, and is accessible in the two looks that tell most."""
    inner = page.frames[1]
    for width, scheme in (*LOOKS, (TABLET, "light")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        inner.wait_for_function(SHOWS, arg=[width, scheme])  # a frame of another site learns of both later
        assert inner.evaluate(OVERFLOW) == 0, f"{name} at {width}"
        if width != TABLET:
            assert_accessible(inner, f"{name} at {width} in {scheme}")


def vote(place, answer):
    place.get_by_role("radio", name=answer).check()
    place.get_by_role("button", name="Cast the ballot").click()
    expect(place.get_by_text("Kept.")).to_be_visible()


def test_the_browser_blocks_third_parties_and_keeps_partitioned_cookies(course, blocking):
    address = course.address.replace("127.0.0.1", "localhost")
    for seen in ("Kept: none", "Kept: own=1"):
        blocking.goto(f"{course.address}/elsewhere?address={address}/cookies")
        expect(blocking.frame_locator("iframe").get_by_text(seen, exact=True)).to_be_visible()


def test_a_pupil_takes_part_in_the_frame(course, lesson, blocking):
    blocking.goto(course.link("pupil-1"))
    frame = blocking.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Wait for your teacher")).to_be_visible()
    look_at_frame(blocking, "wait")
    lesson.plan("poll", "before")
    link = frame.get_by_role("link", name="Go on", exact=True)
    expect(link).to_be_visible(timeout=BY_ITSELF)
    press(link)
    vote(frame, "The first answer")
    look_at_frame(blocking, "poll")
    blocking.goto(course.link("pupil-1"))
    expect(frame.get_by_role("radio", name="The first answer")).to_be_checked()
    vote(frame, "The second answer")
    assert Ballot.objects.count() == 1
    blocking.goto(course.link("pupil-2"))
    vote(frame, "The first answer")
    assert (Ballot.objects.count(), Pupil.objects.count()) == (2, 2)
    lesson.plan("answer", "writing")
    blocking.goto(course.link("pupil-2"))
    frame.get_by_label("Your answer").fill("The oak is sound.")
    press(frame.get_by_role("button", name="Hand in"))
    expect(frame.get_by_text("Kept.")).to_be_visible()
    assert Contribution.objects.get().text == "The oak is sound."
    press(frame.get_by_role("link", name="Leave", exact=True))
    press(frame.get_by_role("button", name="Leave the class in this browser"))
    expect(frame.get_by_role("heading", name="Come into a class")).to_be_visible()
    look_at_frame(blocking, "door")
    frame.get_by_label("Code of the class").fill(lesson.room.code)
    frame.get_by_role("button", name="Go on").click()
    frame.get_by_role("button", name="Come in").click()
    frame.get_by_role("link", name="I have written them down").click()
    expect(frame.get_by_label("Your answer")).to_have_value("")


def test_a_class_that_is_over_says_so_in_the_frame(course, lesson, blocking):
    blocking.goto(course.link("pupil-1"))
    frame = blocking.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Wait for your teacher")).to_be_visible()
    lesson.plan("answer", "writing")
    link = frame.get_by_role("link", name="Go on", exact=True)
    expect(link).to_be_visible(timeout=BY_ITSELF)
    link.click()
    frame.get_by_label("Your answer").fill("My long thoughts.")
    classes.delete(classroom_id=lesson.room.pk, by=lesson.teacher)
    frame.get_by_role("button", name="Hand in").click()
    expect(frame.get_by_label("What you wrote, to copy")).to_have_value("My long thoughts.")
    look_at_frame(blocking, "words to take along")
    blocking.goto(course.link("pupil-1"))
    expect(frame.get_by_role("heading", name="This did not open")).to_be_visible()
    expect(frame.get_by_role("alert")).to_contain_text("has ended")
    look_at_frame(blocking, "refusal")


def test_a_pupil_takes_part_in_a_new_tab_and_votes_once(course, lesson, blocking):
    poll = lesson.plan("poll", "before")
    for answer in ("The first answer", "The second answer"):
        blocking.goto(course.link("pupil-1", "tab"))
        with blocking.context.expect_page() as opened:
            press(blocking.get_by_role("link", name="The link"))
        tab = opened.value
        expect(tab.get_by_role("heading", name=TOPIC.cruxes[0].question)).to_be_visible()
        vote(tab, answer)
        tab.close()
    assert Ballot.objects.filter(activity=poll).count() == 1


def test_pages_of_a_class_are_framed_by_the_platform_alone(course, blocking):
    blocking.goto(course.link("pupil-1"))
    expect(blocking.frame_locator("iframe").get_by_role("heading", name="Wait for your teacher")).to_be_visible()
    refused = []
    blocking.on("console", lambda said: refused.append(said.text) if "frame-ancestors" in said.text else None)
    other = course.address.replace("127.0.0.1", "localhost")
    blocking.goto(f"{other}/elsewhere?address={course.site}/class/now/")
    expect(blocking.frame_locator("iframe").get_by_role("heading")).to_have_count(0)
    assert refused


def test_a_teacher_chooses_in_the_frame_and_is_led_to_the_class_in_a_tab(course, lesson, blocking):
    wanted = {"deep_link_return_url": f"{course.address}/chosen", "accept_types": ["ltiResourceLink"]}
    course.launch = {**CHOICE, f"{DL}deep_linking_settings": wanted}
    blocking.goto(course.link("teacher-1"))
    frame = blocking.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="What the link opens")).to_be_visible()
    look_at_frame(blocking, "choose")
    press(frame.get_by_role("radio", checked=True), "ArrowUp")  # round to the last one
    expect(frame.get_by_role("radio", name="A class that I lead")).to_be_checked()
    frame.get_by_label("Code of the class").fill(lesson.room.code)
    frame.get_by_label("Link key of the class").fill(link_keys.made(lesson.room.pk))
    press(frame.get_by_role("button", name="Choose"))
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Class")
    look_at_frame(blocking, "chosen")
    press(frame.get_by_role("button", name="Put it into the course"))
    expect(frame.get_by_role("heading", name="It stands in the course")).to_be_visible()
    assert len(course.chosen) == 1
    course.launch = {**TEACHER, f"{LTI}custom": {"content": "class", "code": lesson.room.code}}
    blocking.goto(course.link("teacher-1"))
    expect(frame.get_by_role("heading", name="Lead your class")).to_be_visible()
    look_at_frame(blocking, "led")
    with blocking.context.expect_page() as opened:
        press(frame.get_by_role("link", name="Open in a new tab"))
    expect(opened.value.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.fixture
def book(course, lesson, settings):
    """The services of the course: a book of scores, and a roster with one pupil who comes and two who do not."""
    keys.renew()
    made = Book()
    made.keys = registrations.public_keys(timezone.now())
    made.members = [{"user_id": f"pupil-{number}", "roles": ["Learner"]} for number in range(1, 4)]
    settings.LTI_INSIDE = [*settings.LTI_INSIDE, made.address]
    LtiRegistration.objects.update(token_url=f"{made.address}/token")
    services = {"lineitem": f"{made.address}/items/1", "scope": [grading.SCOPE]}
    roster = {"context_memberships_url": f"{made.address}/members"}
    course.launch = {**course.launch, GRADES: services, ROSTER: roster}
    yield made
    made.close()


def test_a_teacher_reads_the_roster_by_keyboard(course, lesson, book, blocking, desk):
    blocking.goto(course.link("pupil-1"))
    expect(blocking.frame_locator("iframe").get_by_role("heading", name="Wait for your teacher")).to_be_visible()
    course.launch = {**course.launch, **TEACHER}
    blocking.goto(course.link("teacher-1"))
    expect(blocking.frame_locator("iframe").get_by_role("heading", name="Lead your class")).to_be_visible()
    desk.goto(lesson.address)
    look_at_all_widths(desk, "class of a course")
    press(desk.get_by_role("button", name="Read the course’s roster"))
    expect(desk.get_by_role("status").filter(has_text="3 learners")).to_be_visible()
    look_at_all_widths(desk, "roster")


def test_a_pupil_sends_the_score_of_a_quiz_by_keyboard(course, book, blocking):
    custom = {"content": "quiz", "topic": factories.TOPIC, "sheet": "7"}
    course.launch = {**course.launch, f"{LTI}custom": custom}
    blocking.goto(course.link("pupil-1"))
    frame = blocking.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="A quiz")).to_be_visible()
    look_at_frame(blocking, "quiz in the frame")
    with blocking.context.expect_page() as opened:
        press(frame.get_by_role("link", name="Open in a new tab"))
    tab = opened.value
    last = tab.get_by_role("button", name="See who says it")
    expect(last).to_be_visible()
    for question in tab.locator("main fieldset").all():
        press(question.get_by_role("radio").first, "Space")
    press(last)
    press(tab.get_by_role("button", name="to your course"))
    expect(tab.get_by_role("heading", name="in the book of your course")).to_be_visible()
    look_at_all_widths(tab, "score")
    assert book.scores["pupil-1"]["scoreMaximum"] == 100
