"""Two moderators work on one draft: comment, mention, assign, by keyboard; rows change while somebody looks on."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.discussion import assignments, comments
from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import Comment, Notice, Topic, User
from perspectives.queries.notices import notices
from perspectives.vocab import Role
from tests import factories, suggesting, whole_person
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible

ENTRIES = "[" + ",".join(f'{{"type": "book", "title": "Pier {number}"}}' for number in range(3)) + "]"


@pytest.fixture
def topic(site):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def ada(site):
    return User.objects.create_user("ada", role=Role.MODERATOR, display_name="Ada Example")


def test_a_row_changes_without_a_reload_and_asking_ends_when_all_is_done(site, page_of, ada):
    batch = intake_batches.start(by=ada, text=ENTRIES)
    page = page_of("ada")
    page.goto(f"/desk/intake/{batch.pk}/")
    page.evaluate("window.isTheSame = true")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Waiting")
    rows.nth(1).get_by_role("link").focus()
    intake_reading.read_next(batch_id=batch.pk)
    expect(rows.nth(1)).to_contain_text("Ready", timeout=20_000)
    expect(
        page.get_by_role("status").filter(has_text="3 of 3 entries are read. Nothing waits any more.")
    ).to_be_visible()
    assert page.evaluate("window.isTheSame"), "the page was not loaded anew"
    assert page.evaluate("document.activeElement.textContent").startswith("1"), "the focus stays on the row"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(5_000)
    assert asked == [], "what is done is not asked for any more"


def test_a_queue_is_kept_while_it_is_looked_at(site, page_of, ada, topic):
    page = page_of("ada")
    page.clock.install()
    page.goto("/desk/")
    proposer = User.objects.create_user("ben", role=Role.MODERATOR)
    assignments.assign(kind="topic", number=topic.pk, assignee_id=ada.pk, by=proposer)
    page.clock.run_for(11_000)
    expect(page.get_by_role("heading", name="Yours to see to")).to_be_visible()
    page.get_by_role("link", name=f"Draft: {topic.title}").click()
    expect(page.locator("#discussion").get_by_text("Ada Example sees to this.")).to_be_visible()


def pass_time(page, seconds, step):
    """Let the page's clock go on, with a moment after each step in which requests are answered."""
    for _ in range(seconds // step):
        page.clock.run_for(step * 1000)
        page.wait_for_timeout(150)


def test_nothing_is_asked_of_a_page_that_nobody_looks_at(site, page_of, ada):
    page = page_of("ada")
    page.clock.install()
    page.goto("/desk/gaps/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    pass_time(page, 120, step=10)
    assert 2 <= len(asked) <= 6, "more and more seldom"
    pass_time(page, 1200, step=60)
    del asked[:]
    pass_time(page, 600, step=60)
    assert len(asked) <= 1, "nobody has touched it for twenty minutes"
    page.keyboard.press("Shift")
    pass_time(page, 120, step=60)
    assert len(asked) > 1


def test_a_journey_by_keyboard(site, page_of, topic, ada):
    page = page_of("ben")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"/desk/topics/{topic.slug}/")
    field = page.get_by_label("Your comment")
    field.focus()
    page.keyboard.type("Which survey, @exam")
    expect(page.get_by_role("group", name="People to mention")).to_be_visible()
    assert_accessible(page, "names are offered")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Which survey, @ada ")
    expect(field).to_be_focused()
    page.keyboard.type("@")
    expect(page.get_by_role("group", name="People to mention")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="People to mention")).to_be_hidden()
    page.keyboard.press("Backspace")
    button = page.get_by_role("button", name="Comment", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your comment stands below.")).to_be_visible()
    assert Notice.objects.get(recipient=ada).kind == "mention"
    page.get_by_text("Give it to somebody").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Who sees to it").select_option(label="Ada Example")
    page.get_by_role("button", name="Keep it").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#discussion").get_by_text("Ada Example sees to this.")).to_be_visible()
    other = page_of("ada")
    other.goto("/desk/")
    other.get_by_role("link", name="Notices 2").click()
    other.get_by_role("button", name="New: ben mentioned you").focus()
    other.keyboard.press("Enter")
    expect(other.get_by_text("Which survey, @ada")).to_be_visible()
    other.get_by_role("link", name="Notices 1").click()
    other.get_by_role("button", name="Mark all as read").click()
    expect(other.get_by_role("heading", name="All read")).to_be_visible()
    assert complaints == []


def test_pages_are_accessible_and_fit(site, page_of, topic, ada, reader):
    ben = User.objects.create_user("ben", role=Role.MODERATOR)
    whole_person.retitled(topic, "A title " + "of some length, " * 4 + "at last", by=ben)
    comments.write(kind="topic", number=topic.pk, text="Ask @ada about " + "x" * 90, by=ben)
    own = comments.write(kind="topic", number=topic.pk, text="Asked.", by=ada).comment
    assignments.assign(kind="topic", number=topic.pk, assignee_id=ada.pk, by=ben)
    one = suggesting.sent(ada)
    suggestion_decisions.decline(suggestion_id=one.pk, by=ben, reason="spam", words="Not here.")
    page = page_of("ada")
    addresses = ["/account/notices/", "/account/notices/mail/", f"/account/unsubscribe/{notices.token(ada)}/", "/desk/"]
    addresses += [f"/desk/discussion/topic/{topic.pk}/", f"/desk/comments/{own.pk}/", f"/desk/topics/{topic.slug}/"]
    for address in addresses:
        page.goto(address)
        assert_fits_and_is_accessible(page, address)
    page.goto(f"/desk/discussion/topic/{topic.pk}/")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("Write something.")).to_be_visible()
    assert_accessible(page, "refused")
    assert Comment.objects.count() == 2
