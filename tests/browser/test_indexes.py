"""Journeys over the timeline and the pages of people."""

from playwright.sync_api import expect

from tests import factories


def test_a_reader_zooms_in_by_a_column_and_out_again(page, addresses, complaints):
    page.goto(addresses["timeline"])
    page.get_by_role("link", name="1 event in 2020s").click()
    expect(page.get_by_role("heading", name="2020–2029")).to_be_visible()
    expect(page.get_by_role("heading", name="Survey: two soft planks")).to_be_visible()
    expect(page.get_by_role("heading", name="The bridge is built")).to_have_count(0)
    page.get_by_role("link", name="1 event in 2020", exact=True).click()
    page.get_by_role("link", name="1 event in Feb").click()
    expect(page.locator("#m2020-02")).to_be_in_viewport()
    page.get_by_role("link", name="All years, 1820–2020").click()
    expect(page.get_by_role("heading", name="The bridge is built")).to_be_visible()
    assert complaints == []


def test_the_timeline_is_cut_without_javascript(browser, addresses):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["timeline"])
    page.get_by_label("To year").fill("1900")
    page.locator(".topic-choice summary").click()
    page.get_by_label("Replacing or repairing the footbridge").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="1 event")).to_be_visible()
    expect(page.get_by_label("Replacing or repairing the footbridge")).to_be_checked()
    context.close()


def test_every_column_is_large_enough_to_touch(page, addresses):
    page.set_viewport_size({"width": 390, "height": 800})
    for name in ("timeline", "timeline of a decade"):
        page.goto(addresses[name])
        for link in page.locator(".axis-columns a").all():
            box = link.bounding_box()
            assert min(box["width"], box["height"]) >= 24, name


def test_from_the_list_to_a_person_to_a_claim(page, addresses):
    page.goto(addresses["people"])
    page.get_by_label("Name contains").fill("elling")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Mara Ellingwood").click()
    page.get_by_role("link", name="The oak frame is sound").click()
    expect(page).to_have_url(f"{addresses['home']}topics/{factories.TOPIC}/#s1")
