"""Searching and narrowing in a browser: as one types, by address, back again, and without a script."""

import re

from playwright.sync_api import expect

from tests.browser.accessible import assert_fits_and_is_accessible

QUESTION = "Your question, or words to find"
PAGES = (
    "/search/",
    "/search/?q=bridge+OR+timber",
    "/search/?q=timbr&stance=author",
    "/search/?q=zebra",
    "/search/?q=the",
    "/",
    "/?text=mend&decade=2020",
    "/?text=zebra",
)
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


def claims(page):
    return page.locator(".hit-id").all_inner_texts()


def test_results_and_address_follow_the_typing(page, site, complaints):
    page.goto(f"{site}/search/")
    field = page.get_by_label(QUESTION)
    field.press_sequentially("timber")
    expect(page).to_have_url(f"{site}/search/?q=timber")
    expect(page).to_have_title("timber – Search – Debate KB")
    expect(page.locator("mark").first).to_have_text(re.compile("timber", re.IGNORECASE))
    expect(page.locator("#search_status")).to_have_text("3 claims found.", use_inner_text=True)
    expect(field).to_be_focused()
    found = claims(page)
    page.reload()
    expect(page.locator(".hit-id")).to_have_text(found)
    assert complaints == []


def test_the_way_back_leads_to_what_was_asked_before(page, site, complaints):
    page.goto(f"{site}/search/?q=charter")
    before = claims(page)
    page.get_by_label(QUESTION).fill("timber")
    expect(page).to_have_url(f"{site}/search/?q=timber")
    page.locator(".claim-text a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Should the village")
    page.go_back()
    expect(page).to_have_url(f"{site}/search/?q=timber")
    expect(page.get_by_label(QUESTION)).to_have_value("timber")
    page.go_back()
    expect(page).to_have_url(f"{site}/search/?q=charter")
    expect(page.get_by_label(QUESTION)).to_have_value("charter")
    expect(page.locator(".hit-id")).to_have_text(before)
    assert complaints == []


def test_filters_stay_while_other_words_are_typed(page, site):
    page.goto(f"{site}/search/?q=charter+OR+bridge")
    page.get_by_role("link", name="Legal", exact=True).click()
    expect(page).to_have_url(f"{site}/search/?q=charter+OR+bridge&kind=legal")
    page.get_by_label(QUESTION).fill("limits")
    expect(page).to_have_url(f"{site}/search/?q=limits&kind=legal")
    expect(page.locator(".hit-id").first).to_have_text("replace-or-repair/o3")
    page.locator(".chosen").get_by_role("link").click()
    expect(page).to_have_url(f"{site}/search/?q=limits")


def test_a_refusal_is_shown_as_a_page(page, site):
    page.goto(f"{site}/search/?q=charter")
    page.get_by_label(QUESTION).evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label(QUESTION).fill("a" * 301)
    expect(page.get_by_role("heading", level=1)).to_have_text("This address does not work")


def test_without_a_script_the_same_address_finds_the_same(browser, page, site):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/search/")
    plain.get_by_label(QUESTION).fill("timber")
    plain.get_by_role("button", name="Search").click()
    expect(plain).to_have_url(f"{site}/search/?q=timber")
    page.goto(plain.url)
    found = claims(page)
    assert found
    expect(plain.locator(".hit-id")).to_have_text(found)
    plain.goto(site)
    plain.get_by_text("Narrow by words or years").click()
    plain.get_by_label("Words in a question or position").fill("mend")
    plain.get_by_label("Period").select_option("1990")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(f"{site}/?text=mend&decade=1990")
    expect(plain.locator(".topic-title")).to_have_count(1)
    context.close()


def test_the_matrix_follows_the_typing_and_the_way_back(page, site, complaints):
    page.goto(site)
    expect(page.locator(".topic-title")).to_have_count(2)
    page.get_by_text("Narrow by words or years").click()
    page.get_by_label("Words in a question or position").press_sequentially("walkers")
    expect(page.locator(".topic-title")).to_have_text(["Who should pay"])
    expect(page.get_by_role("status")).to_contain_text("1 of 2 questions with the words walkers")
    expect(page).to_have_url(f"{site}/?text=walkers&decade=")
    page.get_by_label("Period").select_option("1990")
    expect(page.get_by_text("No question here fits.")).to_be_visible()
    page.go_back()
    expect(page.locator(".topic-title")).to_have_text(["Who should pay"])
    expect(page.get_by_label("Period")).to_have_value("")
    page.get_by_role("link", name="Show all questions").click()
    expect(page.locator(".topic-title")).to_have_count(2)
    assert complaints == []


def test_every_state_is_accessible_and_fits(page, site, complaints):
    for path in PAGES:
        page.goto(site + path)
        page.evaluate(OPEN_ALL)
        assert_fits_and_is_accessible(page)
    assert complaints == []
