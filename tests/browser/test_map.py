"""The argument map by keyboard, by eye, without a script, and as assistive technology meets it."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.accessible import OVERFLOW, assert_fits_and_is_accessible

PATH = f"/topics/{factories.TOPIC}/map/"
CENTRE = """node => {
  const { x, y, width, height } = node.querySelector('.map-box').getBBox();
  return [x + width / 2, y + height / 2];
}"""


@pytest.fixture
def shown(page, site, complaints):
    """The map's page on a desk; nothing may be complained of when the test is over."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site + PATH)
    expect(page.locator(".map-keys")).to_be_visible()
    yield page
    assert complaints == []


def focused(page):
    return page.evaluate("document.activeElement.dataset.claim")


def centre(page, claim):
    return page.locator(f"#map_{claim}").evaluate(CENTRE)


def test_arrow_keys_walk_along_arrows_and_columns(shown):
    shown.locator("#map_s1").focus()
    shown.keyboard.press("ArrowLeft")
    assert focused(shown) == "o1"
    shown.keyboard.press("ArrowRight")
    assert focused(shown) == "s1"
    for key, sign in (("ArrowDown", 1), ("ArrowUp", -1)):
        before = centre(shown, focused(shown))
        shown.keyboard.press(key)
        after = centre(shown, focused(shown))
        assert after[0] == before[0]
        assert (after[1] - before[1]) * sign > 0


def test_every_claim_can_be_reached_by_arrow_keys(shown):
    claims = shown.locator(".map-node").evaluate_all("nodes => nodes.map(node => node.dataset.claim)")
    reached, open_ends = {claims[0]}, [claims[0]]
    while open_ends:
        claim = open_ends.pop()
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            shown.locator(f"#map_{claim}").focus()
            shown.keyboard.press(key)
            if (found := focused(shown)) not in reached:
                reached.add(found)
                open_ends.append(found)
    assert reached == set(claims)


def test_where_nothing_lies_ahead_the_focus_stays(shown):
    first = shown.locator(".map-node").first
    first.focus()
    for key in ("ArrowUp", "ArrowLeft", "Control+ArrowRight"):
        shown.keyboard.press(key)
        expect(first).to_be_focused()


def test_what_is_tied_to_the_focused_claim_stands_out(shown):
    shown.locator("#map_s1").focus()
    expect(shown.locator(".map")).to_have_class("map is-walked")
    ties = shown.locator(".map-arrow.is-on").evaluate_all(
        "ties => ties.map(tie => [tie.dataset.tail, tie.dataset.head])"
    )
    assert ties
    assert all("s1" in tie for tie in ties)
    near = shown.locator(".map-node.is-near").evaluate_all("nodes => nodes.map(node => node.dataset.claim)")
    assert sorted(near) == sorted({claim for tie in ties for claim in tie} - {"s1"})
    shown.locator("h1").click()
    expect(shown.locator(".is-on, .is-near, .is-walked")).to_have_count(0)


def test_tab_goes_through_the_frame_and_the_claims_in_their_order(shown):
    shown.locator("#map_frame").focus()
    for claim in shown.locator(".map-node").evaluate_all("nodes => nodes.map(node => node.dataset.claim)"):
        shown.keyboard.press("Tab")
        assert focused(shown) == claim


def test_a_claim_leads_to_its_place_on_the_topics_page(shown, site):
    shown.locator("#map_o2").focus()
    shown.keyboard.press("Enter")
    expect(shown).to_have_url(f"{site}/topics/{factories.TOPIC}/#o2")
    expect(shown.locator("#o2")).to_be_in_viewport()


def test_on_a_phone_the_map_scrolls_in_its_frame_and_can_be_fitted(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + PATH)
    frame = page.get_by_role("region", name="Map, scrolls sideways")
    assert frame.evaluate("frame => frame.scrollWidth > 3 * frame.clientWidth")
    assert page.evaluate(OVERFLOW) == 0
    page.locator("#map_n1").focus()
    expect(page.locator("#map_n1")).to_be_in_viewport()
    fit = page.get_by_role("button", name="Fit to the width")
    fit.click()
    expect(fit).to_have_attribute("aria-pressed", "true")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    fit.click()
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")


def test_on_a_desk_the_whole_width_is_seen(shown):
    assert shown.locator("#map_frame").evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    expect(shown.get_by_role("button", name="Fit to the width")).to_be_hidden()


def test_no_text_leaves_its_box(shown):
    wider = shown.locator(".map-node").evaluate_all(
        """nodes => nodes.filter(node => {
             const box = node.querySelector('.map-box').getBBox(), text = node.querySelector('.map-text').getBBox();
             return text.x + text.width > box.x + box.width || text.y + text.height > box.y + box.height;
           }).length"""
    )
    assert wider == 0


def test_the_page_is_accessible(page, site):
    page.goto(site + PATH)
    expect(page.locator(".map-keys")).to_be_visible()
    assert_fits_and_is_accessible(page)


def test_without_javascript_claims_are_links_and_the_list_leads_about(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PATH)
    expect(page.locator(".map-keys")).to_be_hidden()
    expect(page.get_by_role("button", name="Fit to the width")).to_be_hidden()
    page.get_by_role("link", name="The same as a list").click()
    expect(page.locator("#part_list")).to_be_in_viewport()
    page.locator("#map_s1").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/topics/{factories.TOPIC}/#s1")
    context.close()


def test_the_drawing_alone_is_shown_without_complaint(page, site, complaints):
    page.goto(f"{site}/topics/{factories.TOPIC}/map.svg")
    expect(page.locator("a.map-node").first).to_be_visible()
    assert complaints == []
