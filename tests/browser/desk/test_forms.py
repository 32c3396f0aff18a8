"""The forms that an editor works with most: sources within a claim, rows of names, pasted tables, dragging."""

import pytest
from playwright.sync_api import expect

from perspectives.models import Claim, Source
from tests import factories
from tests.browser.accessible import OVERFLOW, assert_accessible, assert_fits_and_is_accessible

DRAFT = f"/desk/topics/{factories.TOPIC}/"
ADD = f"{DRAFT}add/perspectives/wait/claims/"
KEY = "pratt2018timber"


def test_a_claim_gets_a_found_and_an_added_source_without_a_script(page_of):
    page = page_of("ada", java_script_enabled=False)
    page.goto(ADD)
    page.get_by_label("Claim", exact=True).fill("It is wet.")
    page.get_by_label("Kind", exact=True).select_option("factual")
    page.get_by_label("Source", exact=True).fill("timber")
    page.get_by_role("button", name="Find a source for citation 1").click()
    page.get_by_role("button", name=KEY).click()
    expect(page.get_by_label("Source", exact=True)).to_have_value(KEY)
    page.get_by_label("How it bears on the statement").select_option("supports")
    page.get_by_role("button", name="Add another citation").click()
    page.get_by_role("button", name="Add a new source for citation 2").click()
    page.get_by_label("Title", exact=True).fill("Wet Planks")
    page.get_by_label("Category", exact=True).select_option("trade-book")
    page.get_by_label("Published", exact=True).fill("2019-13")
    name = page.get_by_role("group", name="Name 1")
    name.get_by_label("Family name").fill("Reed")
    page.get_by_role("button", name="Add rows").click()
    expect(name.get_by_label("Family name")).to_have_value("Reed")
    page.get_by_role("button", name="Add the source and cite it").click()
    page.get_by_role("alert").get_by_role("link", name="Published").click()
    page.get_by_label("Published", exact=True).fill("2019")
    page.get_by_role("button", name="Add the source and cite it").click()
    expect(page.get_by_label("Source", exact=True).last).to_have_value("reed2019wet")
    page.get_by_label("How it bears on the statement").last.select_option("supports")
    page.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    claim = Claim.objects.get(text="It is wet.")
    assert [one.source.key for one in claim.citations.order_by("order")] == [KEY, "reed2019wet"]


def test_names_come_and_go_in_rows(page_of):
    page = page_of("ada", java_script_enabled=False)
    page.goto(f"/desk/sources/{KEY}/")
    authors = page.locator("#id_author")
    expect(authors.get_by_role("group")).to_have_count(len(Source.objects.get(key=KEY).record["author"]) + 1)
    row = authors.get_by_role("group").last
    row.get_by_label("What it is").select_option("organisation")
    row.get_by_label("Family name").fill("Office of Bridges, Roads and Fords")
    authors.get_by_role("button", name="Remove name 1").click()
    page.get_by_role("button", name="Save the record").click()
    assert Source.objects.get(key=KEY).record["author"][-1] == {"literal": "Office of Bridges, Roads and Fords"}


def test_rows_come_and_go_at_once_with_a_script(page_of):
    page = page_of("ada")
    page.goto(f"/desk/sources/{KEY}/")
    authors = page.locator("#id_author")
    count = authors.get_by_role("group").count()
    authors.get_by_role("button", name="Add rows").click()
    expect(authors.get_by_role("group")).to_have_count(count + 1)
    expect(authors.get_by_role("group").last.get_by_label("Family name")).to_be_focused()
    page.keyboard.type("Reed")
    authors.get_by_role("button", name="Remove name 1").click()
    expect(authors.get_by_role("group")).to_have_count(count)
    assert_accessible(page)
    page.get_by_role("button", name="Save the record").last.click()
    expect(page.get_by_role("status").filter(has_text="is saved")).to_be_visible()
    after = Source.objects.get(key=KEY).record["author"]
    assert (len(after), after[-1]) == (count - 1, {"family": "Reed"})


def test_enter_in_a_name_saves_and_removes_nobody(page_of):
    before = Source.objects.get(key=KEY).record["author"]
    page = page_of("ada")
    page.goto(f"/desk/sources/{KEY}/")
    page.get_by_label("Pages", exact=True).fill("1-9")
    page.locator("#id_author").get_by_label("Family name").first.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is saved")).to_be_visible()
    assert Source.objects.get(key=KEY).record["author"] == before


def test_a_table_of_claims_is_pasted(page_of):
    page = page_of("ada", java_script_enabled=False)
    page.goto(DRAFT)
    page.get_by_role("link", name="Add several claims to perspective wait").click()
    page.get_by_label("Rows of a table").fill("text,kind\nIt is wet.,factual\nIt is old.,strange\n")
    page.get_by_role("button", name="Read the table into rows").click()
    expect(page.get_by_role("alert")).to_contain_text("“strange” is none of")
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_label("Kind", exact=True).last.select_option("causal")
    page.get_by_role("button", name="Add the claims").last.click()
    expect(page.get_by_role("status").filter(has_text="2 claims are added")).to_be_visible()


def test_a_claim_is_dragged_to_its_place(page_of):
    page = page_of("ada")
    page.goto(DRAFT)
    order = page.locator("#part_perspectives_repair_claims > section")
    expect(order.first).to_have_attribute("aria-label", "Claim s1")
    order.first.locator(".drag-handle").drag_to(order.nth(2))
    expect(order.nth(2)).to_have_attribute("aria-label", "Claim s1")
    expect(order.nth(2).locator(".drag-handle")).to_have_count(1)


def test_a_folded_part_stays_folded_and_opens_for_a_link(page_of):
    page = page_of("ada")
    page.goto(DRAFT)
    page.locator("#part_events").click()
    expect(page.locator("#part_events_0")).to_be_hidden()
    page.reload()
    expect(page.locator("#part_events_0")).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{DRAFT}#part_events_0")
    expect(page.locator("#part_events_0")).to_be_visible()


def test_a_broken_gate_says_why_nothing_can_be_proposed(page_of):
    Claim.objects.filter(topic__slug=factories.TOPIC, identifier="s1").first().citations.all().delete()
    page = page_of("ada")
    page.goto(f"{DRAFT}propose/")
    expect(page.get_by_role("button", name="Propose it")).to_be_disabled()
    expect(page.get_by_text("The gate is broken")).to_be_visible()
    assert_accessible(page)
    page.goto(DRAFT)
    expect(page.get_by_role("link", name="Propose for publication")).to_have_count(0)


@pytest.mark.parametrize("address", ["/desk/sources/+table/", f"{DRAFT}citations/", f"{DRAFT}claims/wait/", ADD])
def test_the_pages_fit_and_are_accessible(address, page_of):
    page = page_of("ada")
    page.goto(address)
    assert_fits_and_is_accessible(page, address)
    if address == ADD:
        page.get_by_role("button", name="Add a new source for citation 1").click()
        assert_fits_and_is_accessible(page, "a new source")
        page.get_by_role("button", name="Add the source and cite it").click()
        expect(page.get_by_role("alert")).to_contain_text("The source was not added")
        assert_accessible(page, "a refused source")
        page.get_by_role("button", name="Without it").click()
        page.get_by_label("Source", exact=True).fill("timber")
        page.get_by_role("button", name="Find a source for citation 1").click()
        assert_fits_and_is_accessible(page, "found sources")
