"""What teachers and pupils do again and again."""

from playwright.sync_api import expect

from tests.browser.accessible import assert_fits_and_is_accessible

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
BY_ITSELF = 20_000
"""Milliseconds until a page must have noticed what changed."""


def come_in(phone, code):
    """Come in by the code as somebody types it, and give the nickname and the PIN."""
    phone.goto("/class/")
    phone.get_by_label("Code of the class").fill(f"{code[:4]} {code[4:]}".lower())
    phone.get_by_role("button", name="Go on").tap()
    phone.get_by_role("button", name="Come in").tap()
    pin = phone.locator(".class-pin").inner_text()
    nickname = phone.get_by_role("heading", level=1).inner_text().removeprefix("You are ")
    phone.get_by_role("link", name="I have written them down").tap()
    expect(phone.get_by_role("heading", name="Wait for your teacher")).to_be_visible()
    return nickname, pin


def show(phone):
    """Have the page show what the class does now, as somebody would who has no scripts."""
    phone.goto("/class/now/")


def follow(phone):
    """Wait until the page says by itself that the class has gone on, and go on too."""
    link = phone.get_by_role("link", name="Go on", exact=True)
    expect(link).to_be_visible(timeout=BY_ITSELF)
    link.tap()


def hand_in(phone, button="Hand in"):
    phone.get_by_role("button", name=button).tap()
    expect(phone.get_by_text("Kept.")).to_be_visible()


def add(desk, kind):
    """Add an activity of a kind to the class that the page shows, and give the address to which that leads."""
    desk.get_by_role("radio", name=kind).check()
    desk.get_by_role("button", name="Add the activity").click()
    return desk.url


def go_on(desk, phase):
    desk.get_by_role("button", name=f"Go on: {phase}").click()
    expect(desk.get_by_role("status").filter(has_text=phase)).to_be_visible()


def look_at(page, name, size):
    """See that a page, as it is now, fits and is accessible; then it has its size again."""
    assert_fits_and_is_accessible(page, name)
    page.set_viewport_size(size)
