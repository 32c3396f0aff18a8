"""The desk in a browser: its keys, and its queues for everybody."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from perspectives.models import Citation, Response, Topic, User
from perspectives.vocab import Role
from tests import factories, people, suggesting
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible

WAYS = (
    "/desk/",
    "/desk/evidence/",
    "/desk/gaps/",
    "/desk/stale/",
    "/desk/proposals/waiting/?whose=own",
    "/desk/intake/waiting/",
    "/desk/figures/",
)


@pytest.fixture
def moderator(context, site):
    """Somebody who curates, signed in with a second factor, and something in the queues."""
    person = User.objects.create_user("moderator", role=Role.MODERATOR)
    sender = User.objects.create_user("sender")
    suggesting.many(sender, Topic.objects.get(slug=factories.TOPIC), 3)
    Citation.objects.filter(quote="").update(locator="")
    Response.objects.filter(from_claim__perspective__stance="neutral").delete()
    client = Client()
    client.force_login(person)
    people.show_second_factor(client, person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return person


@pytest.fixture
def desk(page, moderator, site):
    page.goto(f"{site}/desk/suggestions/")
    return page


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_keys_move_through_a_queue(desk, site, complaints):
    links = desk.locator(".queue th a")
    desk.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(links.nth(2)).to_be_focused()
    desk.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    desk.keyboard.press("x")
    boxes = desk.get_by_role("checkbox")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()
    desk.keyboard.press("j")
    address = links.nth(2).get_attribute("href")
    desk.keyboard.press("Enter")
    desk.wait_for_url(site + address)
    assert not complaints


def test_two_keys_lead_to_another_queue(desk, site):
    for key, place in (("t", "topics"), ("p", "proposals"), ("r", "sources"), ("i", "intake"), ("h", "history")):
        desk.keyboard.press("g")
        desk.keyboard.press(key)
        desk.wait_for_url(f"{site}/desk/{place}/")


def test_keys_do_nothing_while_somebody_writes(desk, site):
    desk.goto(f"{site}/desk/sources/")
    desk.keyboard.press("/")
    field = desk.get_by_label("Words")
    expect(field).to_be_focused()
    desk.keyboard.type("jk?gt/x")
    expect(field).to_have_value("jk?gt/x")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert desk.url == f"{site}/desk/sources/"


def test_keys_are_listed_and_can_be_switched_off(desk, site):
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_contain_text("next line of the list")
    assert_accessible(desk, "keys")
    dialog.get_by_label("Single keys do these things").uncheck()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    desk.reload()
    desk.keyboard.press("j")
    assert focused(desk) != desk.locator(".queue th a").first.text_content()
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    desk.get_by_role("button", name="Keyboard", exact=True).click()
    desk.get_by_label("Single keys do these things").check()
    desk.keyboard.press("Escape")
    desk.locator("h1").click()
    desk.keyboard.press("j")
    expect(desk.locator(".queue th a").first).to_be_focused()


def test_queues_and_figures_are_accessible(page, moderator, site):
    for way in WAYS:
        page.goto(site + way)
        expect(page.locator("h1")).to_be_visible()
        assert_fits_and_is_accessible(page, way)
