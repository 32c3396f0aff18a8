"""Journeys of students that lead over several kinds of pages, with JavaScript and without.

Others stand with their pages: reading on a phone, copying a reference (test_reading), printing (test_pages), taking a
handout home (test_handouts), walking the map by keyboard (test_map), the tray (test_study), typing a question
(test_search).
"""

import pytest
from playwright.sync_api import expect

from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def reader(browser, request):
    """A page of a browser that runs scripts, or none."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_a_topic_is_found_from_a_word(reader, site):
    reader.goto(site)
    reader.get_by_label("Ask a question").fill("rot")
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("link", name="The survey found rot that new planks cannot cure.", exact=True).click()
    expect(reader).to_have_url(f"{site}{TOPIC}#o1")
    expect(reader.locator("#o1")).to_be_in_viewport()


def test_a_misspelt_word_leads_to_what_was_meant(reader, site):
    reader.goto(f"{site}/search/?q=plancks")
    reader.locator(".spelling").get_by_role("link", name="planks").click()
    expect(reader.locator(".hit").first).to_contain_text("planks")


def test_who_denies_a_claim_and_on_what_source(reader, site):
    reader.goto(f"{site}{TOPIC}#s1")
    row = reader.locator(".row").filter(has=reader.locator("#s1"))
    denial = row.locator(".cell.is-opposing .claim").filter(has_text="rebuts")
    expect(denial).to_contain_text("The survey found rot")
    denial.locator("summary").click()
    expect(denial.locator(".evidence-list > li")).not_to_have_count(0)
    denial.get_by_role("link", name="About this source").first.click()
    expect(reader.get_by_role("heading", name="Who relies on it")).to_be_visible()


def test_a_german_quotation_is_read_with_its_translation(reader, site):
    reader.goto(f"{site}{TOPIC}#n3")
    reader.locator("#n3 summary").click()
    quotation = reader.locator("#n3 blockquote")
    expect(quotation.locator("[lang=de]")).to_contain_text("ebenso oft erhalten wie ersetzt")
    expect(quotation.locator(".translation")).to_contain_text("From German, translated by")


def test_a_passage_of_the_article_leads_to_its_answers(reader, site):
    reader.goto(site)
    reader.get_by_role("navigation", name="Site").get_by_role("link", name="Articles").click()
    passage = reader.locator(".passage").filter(has=reader.locator(".topic-links a")).first
    passage.locator(".topic-links a").first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("?")
    expect(reader.locator(".row").first).to_be_attached()


def test_three_people_are_compared(reader, site):
    for name, claim in (("Mara Ellingwood", "s1"), ("Ṣadé Okoro", "o1"), ("Lemuel Pratt", "s3")):
        reader.goto(f"{site}/people/")
        reader.get_by_role("link", name=name).click()
        reader.locator(f'a[href="{TOPIC}#{claim}"]').first.click()
        reader.locator(f"#{claim}").get_by_role("button", name=f"claim {claim} to the tray").click()
        if reader.url.endswith("#" + claim) and TOPIC in reader.url:  # the script pins without leaving the page
            expect(reader.locator(f"#{claim} .pin")).to_contain_text("Pinned")
    reader.goto(f"{site}/tray/")
    expect(reader.locator(".tray > li")).to_have_count(3)
    boxes = [reader.locator(".tray > li").nth(number).bounding_box() for number in range(3)]
    assert len({box["y"] for box in boxes}) == 1
