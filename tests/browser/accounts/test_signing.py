"""From an invitation to the desk, with a second factor; and the pages on the way, as axe meets them."""

from playwright.sync_api import expect

from perspectives.actions.accounts import invitations
from perspectives.models import User
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests.browser.accessible import assert_fits_and_is_accessible
from tests.people import PASSWORD, account, code

EMAIL = "ada@university.example"


def sign_in(page, login):
    page.get_by_label("E-mail address or user name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_who_is_invited_joins_sets_a_second_factor_up_and_comes_back_with_it(page, site, complaints):
    account("chief", role=Role.CHIEF_EDITOR)
    _, token = invitations.invite(email=EMAIL, role="moderator", by=User.objects.get())
    page.goto(f"{site}/account/join/{token}/")
    assert_fits_and_is_accessible(page)
    page.get_by_label("Your name").fill("Ada Example")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_label("The password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    sign_in(page, EMAIL)
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    expect(page.locator("img.qr-code")).to_have_js_property("complete", value=True)
    assert page.locator("img.qr-code").evaluate("image => image.naturalWidth > 0")
    assert_fits_and_is_accessible(page)
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert_fits_and_is_accessible(page)
    recovery = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="To the desk").click()
    page.get_by_role("link", name="People").last.click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    assert_fits_and_is_accessible(page)
    page.goto(f"{site}/account/")
    page.get_by_role("button", name="Sign out Ada Example").click()
    page.goto(f"{site}/desk/people/")
    sign_in(page, EMAIL)
    expect(page.get_by_label("Code")).to_be_focused()
    assert_fits_and_is_accessible(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{site}/desk/people/")
    assert complaints == []


def test_the_forms_of_chief_editors_are_accessible(page, site):
    chief = account("chief", role=Role.CHIEF_EDITOR)
    somebody = account("somebody", role=Role.MODERATOR)
    invitation, _ = invitations.invite_chief_editor(email=EMAIL, by=OPERATOR)
    page.goto(f"{site}/desk/people/")
    sign_in(page, chief.username)
    page.get_by_label("Code").fill(code(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    paths = ("people/", f"people/{somebody.pk}/", f"people/{somebody.pk}/role/", f"people/{somebody.pk}/close/")
    for path in (*paths, f"people/{somebody.pk}/erase/", "invitations/", f"invitations/{invitation.pk}/revoke/"):
        page.goto(f"{site}/desk/{path}")
        assert_fits_and_is_accessible(page)
    page.goto(f"{site}/desk/invitations/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("alert")).to_contain_text("invited already")
    assert_fits_and_is_accessible(page)


def test_a_lock_out_says_until_when(page, site, person):
    page.goto(f"{site}/account/sign-in/")
    for _ in range(5):
        page.get_by_label("E-mail address or user name").fill("reader")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Too many passwords were wrong")).to_be_visible()
    assert_fits_and_is_accessible(page)
