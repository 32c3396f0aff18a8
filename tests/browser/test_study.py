"""Study tools as a reader meets them: the tray, the quiz, the worksheet."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible

TOPIC = f"/topics/{factories.TOPIC}/"
WORKSHEET = f"{TOPIC}worksheet/"


@pytest.fixture
def plain(browser):
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def somebody(browser):
    """A page in a browser that knows nothing of the first."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def pin(page, claim):
    return page.locator(f"#{claim}").get_by_role("button", name=f"claim {claim} to the tray")


def expect_order(page, *claims):
    lines = page.locator(".tray > li")
    expect(lines).to_have_count(len(claims))
    for place, claim in enumerate(claims):
        expect(lines.nth(place)).to_have_id(re.compile(rf"\.{claim}$"))


def test_claims_are_pinned_arranged_and_shared(page, site, somebody, complaints):
    page.goto(site + TOPIC)
    for claim in ("s1", "o1", "n1", "o2"):
        pin(page, claim).click()
        expect(page.locator(f"#{claim} .pin")).to_contain_text("Pinned")
    expect(page.get_by_role("status").filter(has_text="pinned")).to_contain_text("4 claims are pinned.")
    assert_fits_and_is_accessible(page)
    page.get_by_role("link", name="Compare them in the tray").click()
    page.get_by_role("button", name=f"Later (claim {factories.TOPIC}/s1)").click()
    page.get_by_role("button", name=f"Leave out (claim {factories.TOPIC}/o2)").click()
    expect_order(page, "o1", "s1", "n1")
    assert_fits_and_is_accessible(page)
    boxes = [page.locator(".tray > li").nth(number).bounding_box() for number in range(3)]
    assert len({box["y"] for box in boxes}) == 1
    address = page.get_by_label("Address of this tray").input_value()

    somebody.goto(address)
    expect_order(somebody, "o1", "s1", "n1")
    assert_accessible(somebody)
    somebody.goto(f"{site}/tray/")
    expect(somebody.get_by_text("It is empty.")).to_be_visible()
    somebody.goto(address)
    somebody.get_by_role("button", name="Put these claims into my own tray").click()
    expect(somebody.get_by_role("heading", name="Your comparison tray")).to_be_visible()
    expect_order(somebody, "o1", "s1", "n1")
    assert complaints == []


def test_the_tray_works_without_a_script(plain, site):
    for claim in ("s1", "o1"):
        plain.goto(site + TOPIC)
        pin(plain, claim).click()
        expect(plain).to_have_url(f"{site}/tray/#{factories.TOPIC}.{claim}")
    plain.get_by_role("button", name=f"Earlier (claim {factories.TOPIC}/o1)").click()
    expect_order(plain, "o1", "s1")
    plain.get_by_role("button", name="Empty the tray").click()
    expect(plain.get_by_text("It is empty.")).to_be_visible()


def test_a_document_of_the_tray_is_downloaded(page, site):
    page.goto(site + TOPIC)
    pin(page, "s1").click()
    page.get_by_role("link", name="Compare them in the tray").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word document").click()
    assert download.value.suggested_filename == "comparison-tray.docx"


def test_a_quiz_is_answered_by_keyboard_without_a_script(plain, site):
    plain.goto(f"{site}/quiz/?topic={factories.TOPIC}&sheet=7")
    plain.get_by_role("radio", name="Author’s side").first.focus()
    plain.keyboard.press("Space")
    plain.get_by_role("button", name="See who says it").press("Enter")
    expect(plain.get_by_role("status")).to_contain_text("You found the side of")
    expect(plain.get_by_text("Left open.").first).to_be_visible()
    plain.get_by_role("link", name="See it among the answers").first.click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Should the village")


def test_the_quiz_is_accessible(page, site, complaints):
    page.goto(f"{site}/quiz/?sheet=7")
    assert_fits_and_is_accessible(page)
    page.get_by_role("button", name="See who says it").click()
    expect(page.get_by_role("status")).to_contain_text("nothing to score")
    page.get_by_role("radio", name="Neutral").first.check()
    page.get_by_role("button", name="See who says it").click()
    expect(page.get_by_role("status")).to_contain_text("You found the side of")
    expect(page.get_by_text("Why:").first).to_be_visible()
    assert_fits_and_is_accessible(page)
    assert complaints == []


def test_a_worksheet_opens_after_writing_and_keeps_what_was_written(page, site, somebody, complaints):
    page.goto(site + WORKSHEET)
    task = page.locator(".task").first
    answer, summary = task.get_by_label("What would you answer?"), task.locator("summary")
    summary.click()
    expect(task.get_by_text("Write something of your own first.")).to_be_visible()
    expect(answer).to_be_focused()
    expect(task.locator(".use").first).to_be_hidden()
    page.keyboard.type("The oak may be soft.")
    summary.click()
    expect(task.locator(".use").first).to_be_visible()
    assert_fits_and_is_accessible(page)
    page.reload()
    expect(answer).to_have_value("The oak may be soft.")
    somebody.goto(site + WORKSHEET)
    expect(somebody.locator("textarea").first).to_have_value("")
    page.get_by_role("button", name="Delete what I wrote").click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    page.reload()
    expect(answer).to_have_value("")
    assert page.evaluate("localStorage.length") == 0
    assert complaints == []


def test_a_worksheet_opens_without_a_script(plain, site):
    plain.goto(site + WORKSHEET)
    plain.locator(".write-first summary").first.click()
    expect(plain.locator(".write-first .use").first).to_be_visible()


def test_a_worksheet_prints_as_an_empty_sheet(page, site):
    page.goto(site + WORKSHEET)
    page.emulate_media(media="print")
    expect(page.locator(".lines").first).to_be_visible()
    expect(page.locator("textarea").first).to_be_hidden()
    expect(page.locator(".write-first").first).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
