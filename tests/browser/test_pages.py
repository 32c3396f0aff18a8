"""What only a browser can tell: journeys, widths, keys, the console, accessibility."""

from playwright.sync_api import expect

from tests.browser.accessible import look_at_all_widths

OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


def test_a_reader_finds_a_topic_by_its_tag(page, site, complaints):
    page.goto(site)
    page.locator("summary", has_text="more tag").click()
    page.get_by_role("link", name="village life").click()
    expect(page.get_by_role("status")).to_contain_text("village life")
    page.get_by_role("link", name="Replacing or repairing the footbridge", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Should the village of Nether Wending replace its old footbridge?",
    )
    assert complaints == []


def test_every_page_fits_and_is_accessible_without_complaint(page, addresses, complaints):
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate(OPEN_ALL)
        look_at_all_widths(page, name)
        assert complaints == [], name


def test_the_first_key_skips_to_the_content(page, addresses):
    page.goto(addresses["topic"])
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_evidence_opens_by_keyboard(page, addresses):
    page.goto(addresses["topic"])
    evidence = page.locator("#o1 details")
    evidence.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(evidence.locator("blockquote")).to_be_visible()
    page.keyboard.press("Enter")
    expect(evidence.locator("blockquote")).to_be_hidden()


def test_a_permalink_leads_to_its_claim_below_the_sticky_head(page, addresses):
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto(f"{addresses['topic']}#n2")
    expect(page.locator("#n2")).to_be_in_viewport()
    head, claim = page.evaluate(
        "['.column-heads', '#n2'].map(name => document.querySelector(name).getBoundingClientRect().toJSON())",
    )
    assert claim["y"] >= head["y"] + head["height"]


def test_answers_stand_beside_their_claim_on_a_desk_and_below_it_on_a_phone(page, addresses):
    page.goto(addresses["topic"])
    for width, is_beside in ((1440, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 800})
        claim, answer = page.locator("#s1").bounding_box(), page.locator("#o1").bounding_box()
        assert (answer["x"] > claim["x"] + claim["width"]) == is_beside
        assert (answer["y"] > claim["y"] + claim["height"]) != is_beside


def test_evidence_is_open_in_print(page, addresses):
    page.goto(addresses["topic"])
    page.emulate_media(media="print")
    expect(page.locator("#o1 blockquote")).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()


def test_pages_work_without_javascript(browser, addresses):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["topic"])
    page.locator("#o1 summary").click()
    expect(page.locator("#o1 blockquote")).to_be_visible()
    page.locator("#o1").get_by_role("link", name="About this source").click()
    expect(page.get_by_role("heading", name="What it is used for")).to_be_visible()
    context.close()
