"""The way to a key and back, by keyboard, without a script, and as assistive technology meets it."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_fits_and_is_accessible
from tests.people import PASSWORD


@pytest.fixture
def plain(browser):
    """A page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_person_signs_in_makes_a_key_and_revokes_it_by_keyboard_without_a_script(plain, person, site):
    plain.goto(f"{site}/account/keys/")
    expect(plain.get_by_label("E-mail address or user name")).to_be_focused()
    plain.keyboard.type("reader")
    plain.keyboard.press("Tab")
    plain.keyboard.type(PASSWORD)
    plain.keyboard.press("Enter")
    plain.get_by_role("textbox", name="Name").focus()
    plain.keyboard.type("Library")
    plain.keyboard.press("Tab")
    expect(plain.get_by_label("Read what is published")).to_be_focused()
    plain.get_by_role("button", name="Make the key").press("Enter")
    expect(plain.get_by_role("status")).to_contain_text("dkb_")
    plain.get_by_role("link", name="show all my keys").press("Enter")
    expect(plain.locator("body")).not_to_contain_text("curl")
    plain.get_by_role("link", name="Revoke Library").press("Enter")
    plain.get_by_role("button", name="Revoke the key").press("Enter")
    expect(plain.get_by_role("status")).to_contain_text("The key “Library” is revoked")
    expect(plain.get_by_role("link", name="Revoke Library")).to_have_count(0)
    plain.get_by_role("button", name="Sign out reader").press("Enter")
    expect(plain).to_have_url(f"{site}/")


def test_what_forms_answer_is_accessible(page, signed_in, site, complaints):
    page.goto(f"{site}/account/keys/")
    page.get_by_role("textbox", name="Name").fill("Reading room")
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("alert")).to_contain_text("You have a key")
    assert_fits_and_is_accessible(page)
    page.get_by_role("textbox", name="Name").fill("Library")
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("heading", name="Your new key")).to_be_visible()
    assert_fits_and_is_accessible(page)
    assert complaints == []


def test_a_person_erases_the_account_by_keyboard_without_a_script(plain, person, site):
    plain.goto(f"{site}/account/erase/")
    expect(plain.get_by_label("E-mail address or user name")).to_be_focused()
    plain.keyboard.type("reader")
    plain.keyboard.press("Tab")
    plain.keyboard.type(PASSWORD)
    plain.keyboard.press("Enter")
    plain.get_by_label("Your password").focus()
    plain.keyboard.type("not the password")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("alert")).to_contain_text("Nothing was done.")
    plain.get_by_label("Your password").focus()
    plain.keyboard.type(PASSWORD)
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("heading", name="Your account is erased")).to_be_visible()
    plain.goto(f"{site}/account/")
    expect(plain.get_by_role("heading", name="Sign in")).to_be_visible()


def test_what_erasing_answers_is_accessible(page, signed_in, site, complaints):
    page.goto(f"{site}/account/erase/")
    page.get_by_label("Your password").fill("not the password")
    page.get_by_role("button", name="Erase my account").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_fits_and_is_accessible(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Erase my account").click()
    expect(page.get_by_role("heading", name="Your account is erased")).to_be_visible()
    assert_fits_and_is_accessible(page)
    assert complaints == []
