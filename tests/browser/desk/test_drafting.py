"""Drafting as a moderator meets it: two who edit at once, text that was not sent, and every page with axe."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible

DRAFT = f"/desk/topics/{factories.TOPIC}/"
CLAIM = f"{DRAFT}edit/perspectives/repair/claims/s1/"


def save(page):
    page.get_by_role("button", name="Save", exact=True).last.click()


def test_two_edit_one_claim_and_neither_text_is_lost(page_of):
    one, two = page_of("one"), page_of("two")
    one.goto(CLAIM)
    two.goto(CLAIM)
    one.get_by_label("Claim", exact=True).fill("The frame is sound, says one.")
    save(one)
    expect(one.get_by_role("status").filter(has_text="Saved: claim s1")).to_be_visible()
    two.get_by_label("Claim", exact=True).fill("The frame is sound, says two.")
    save(two)
    expect(two.get_by_role("alert")).to_contain_text("somebody else changed this")
    expect(two.get_by_label("Claim", exact=True)).to_have_value("The frame is sound, says two.")
    expect(two.locator(".theirs ins")).to_contain_text("one")
    expect(two.locator(".theirs del")).to_contain_text("two")
    assert_accessible(two)
    two.get_by_role("button", name="Save mine over it").click()
    expect(two.locator("#part_perspectives_repair_claims_s1")).to_contain_text("says two.")


def test_unsent_text_is_offered_again_and_dropped_when_it_is_saved(page_of):
    page = page_of("one")
    page.goto(CLAIM)
    page.get_by_label("Claim", exact=True).fill("Not sent yet.")
    page.get_by_role("button", name="Add another citation").click()
    page.get_by_label("Source", exact=True).last.fill("pratt2018timber")
    page.get_by_label("How it bears on the statement").last.select_option("supports")
    page.wait_for_timeout(600)
    page.goto(DRAFT)
    page.goto(CLAIM)
    expect(page.get_by_text("You have unsent text from")).to_be_visible()
    expect(page.get_by_label("Claim", exact=True)).not_to_have_value("Not sent yet.")
    assert_accessible(page)
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label("Claim", exact=True)).to_have_value("Not sent yet.")
    expect(page.get_by_label("Source", exact=True).last).to_have_value("pratt2018timber")
    save(page)
    expect(page.locator("#part_perspectives_repair_claims_s1")).to_contain_text("pratt2018timber supports it")
    page.goto(CLAIM)
    expect(page.get_by_label("Claim", exact=True)).to_have_value("Not sent yet.")
    expect(page.get_by_text("You have unsent text from")).to_have_count(0)


def test_discarded_text_is_gone_and_another_tab_is_told(page_of):
    page = page_of("one")
    page.goto(CLAIM)
    page.get_by_label("Claim", exact=True).fill("Not sent yet.")
    page.wait_for_timeout(600)
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    page.reload()
    expect(page.get_by_text("You have unsent text from")).to_have_count(0)
    other = page.context.new_page()
    other.goto(CLAIM)
    for each in (page, other):
        expect(each.get_by_text("open in another tab")).to_be_visible()


def test_the_balance_follows_what_is_typed(page_of):
    page = page_of("one")
    page.goto(CLAIM)
    expect(page.locator("#balance")).to_contain_text("All 13 rules kept")
    page.get_by_label("Claim", exact=True).fill("word " * 300)
    expect(page.locator("#balance")).to_contain_text("1 of 13 rules broken, with what stands in the form")


def test_enter_saves_and_removes_nothing(page_of):
    page = page_of("one")
    page.goto(CLAIM)
    page.get_by_label("Where in it").fill("section 9")
    page.get_by_label("Where in it").press("Enter")
    expect(page.locator("#part_perspectives_repair_claims_s1")).to_contain_text("section 9")


@pytest.mark.parametrize("has_script", [True, False], ids=["with a script", "without a script"])
def test_a_part_moves_and_the_focus_stays_with_it(page_of, has_script):
    page = page_of("one", java_script_enabled=has_script)
    page.goto(DRAFT)
    page.get_by_role("button", name="Move down claim s1").press("Enter")
    order = page.locator("#part_perspectives_repair_claims > section")
    expect(order.first).to_have_attribute("aria-label", "Claim s2")
    if has_script:
        expect(page.get_by_role("button", name="Move down claim s1")).to_be_focused()


def test_the_pages_of_drafting_fit_and_are_accessible(page_of):
    page = page_of("one")
    edits = ["head", "perspectives/repair", "responses/0", "cruxes/0", "events/1", "bibliography/0"]
    addresses = ["/desk/topics/", "/desk/topics/+new/", DRAFT, CLAIM, f"{DRAFT}remove/perspectives/wait/"]
    addresses += [f"{DRAFT}add/perspectives/repair/claims/", f"{DRAFT}preview/"]
    for address in [*addresses, *(f"{DRAFT}edit/{part}/" for part in edits)]:
        page.goto(address)
        assert_fits_and_is_accessible(page, address)
