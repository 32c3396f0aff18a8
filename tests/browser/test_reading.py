"""A reader chooses how to read a topic, has terms explained, and copies a reference."""

import pytest
from playwright.sync_api import expect

from perspectives.vocab import ResponseType
from tests import factories

EXPLAINED = ResponseType.REBUTS.sentence


@pytest.fixture
def topic(site):
    return f"{site}/topics/{factories.TOPIC}/"


def test_a_reader_on_a_phone_reads_one_side_at_a_time(page, topic, complaints):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(topic)
    page.get_by_role("navigation", name="Ways to read").get_by_role("link", name="Only opposing").click()
    expect(page.locator("#o1")).to_be_in_viewport()
    expect(page.locator("#n2")).to_have_count(0)
    expect(page.get_by_role("link", name="Only opposing")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator("#n2")).to_have_count(1)
    assert complaints == []


def test_the_side_that_stands_first_stays_first(page, topic):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(topic)
    ways = page.get_by_role("navigation", name="Ways to read")
    ways.get_by_role("link", name="Neutral", exact=True).click()
    page.goto(topic)
    expect(page.locator(".column-heads p").first).to_contain_text("Neutral")


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_term_is_explained_where_it_stands(page, topic, complaints, way):
    page.goto(topic)
    term = page.locator("#o1 a.response")
    getattr(term, way)()
    note = page.get_by_role("tooltip")
    expect(note).to_have_text(EXPLAINED)
    expect(term).to_have_accessible_description(EXPLAINED)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert complaints == []


def test_a_first_tap_explains_and_a_second_follows(browser, topic):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(topic)
    term = page.locator("#o1 a.response")
    term.tap()
    expect(page.get_by_role("tooltip")).to_have_text(EXPLAINED)
    term.tap()
    expect(page).to_have_url(f"{topic.partition('/topics/')[0]}/about/#response-rebuts")
    context.close()


def test_a_reference_is_copied_in_a_style(page, context, topic, formatted):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(topic)
    page.locator("#o1 summary").click()
    page.locator("#o1").get_by_role("link", name="Cite it").first.click()
    page.get_by_role("button", name="Copy: APA").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Hale, in APA")


def test_terms_are_links_without_javascript(browser, topic):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(topic)
    page.locator("#o1 a.response").click()
    expect(page.locator("#response-rebuts")).to_be_in_viewport()
    context.close()
