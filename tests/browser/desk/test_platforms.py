"""A platform is invited at the desk and registers itself; its administrator and the chief editor use a keyboard."""

import pytest
from playwright.sync_api import expect

from perspectives.actions.lti import keys
from perspectives.models import LtiDeployment, LtiRegistration
from perspectives.vocab import Role
from tests.browser.accessible import look_at_all_widths
from tests.browser.keyboard import press
from tests.lti.platform import Platform, let_in
from tests.lti.test_registration import NAME, Registrar


@pytest.fixture
def registrar(site, settings, monkeypatch):
    """A platform that registers tools, with its keys on a server of its own."""
    platform, made = Platform(), Registrar()
    settings.SITE_URL = site
    let_in(settings, monkeypatch, platform.address, made.address)
    keys.renew()
    made.opens(platform.address)
    yield made
    for one in (platform, made):
        one.close()


def test_a_platform_is_invited_registered_and_stopped_by_keyboard(page_of, page, registrar):
    desk = page_of("chief", Role.CHIEF_EDITOR)
    desk.goto("/desk/platforms/")
    look_at_all_widths(desk, "platforms")
    desk.get_by_label("Name").first.fill(NAME)
    press(desk.get_by_role("button", name="Invite"))
    expect(desk.get_by_role("heading", name=f"{NAME} is invited")).to_be_visible()
    look_at_all_widths(desk, "invited")
    address = desk.locator("code.secret").inner_text()

    page.goto(address)
    look_at_all_widths(page, "invitation")
    page.goto(f"{address}?openid_configuration={registrar.address}/configuration&registration_token=once")
    look_at_all_widths(page, "registration")
    press(page.get_by_role("button", name="Connect"))
    expect(page.get_by_role("heading", name=f"{NAME} is connected")).to_be_visible()
    look_at_all_widths(page, "connected")
    page.goto(address)
    expect(page.get_by_role("alert")).to_be_visible()
    look_at_all_widths(page, "invitation that was used")

    desk.goto("/desk/platforms/")
    press(desk.get_by_role("link", name=NAME))
    look_at_all_widths(desk, "platform")
    desk.get_by_label("Another deployment id").fill("place-2")
    press(desk.get_by_role("button", name="Add the deployment"))
    expect(desk.get_by_text("place-2")).to_be_visible()
    press(desk.get_by_role("button", name="Stop its launches"))
    expect(desk.get_by_text("Launches are refused.")).to_be_visible()
    assert not LtiRegistration.objects.get().is_active
    assert LtiDeployment.objects.count() == 2
