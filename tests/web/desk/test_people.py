"""People at the desk: who sees what, roles, closing, keys, invitations; the profile and joining."""

import re

import pytest
from django.core import mail

from perspectives.actions.accounts import api_keys
from perspectives.models import ApiKey, Invitation, User
from perspectives.vocab import Role
from tests.people import PASSWORD, account

PEOPLE = "/desk/people/"
INVITATIONS = "/desk/invitations/"

pytestmark = pytest.mark.django_db


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def somebody(db):
    return account("somebody", role=Role.CONTRIBUTOR, display_name="Ada Example", leaning="neither")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.MODERATOR, Role.CHIEF_EDITOR])
def test_who_sees_what_of_people(signed_in, somebody, reader, role):
    client, _ = signed_in(role)
    text = page(client.get(PEOPLE))
    assert "Ada Example" in text
    assert "Neither side" in text
    assert ">reader<" not in text
    assert ("somebody@people.example" in text) == (role == Role.CHIEF_EDITOR)
    assert ("Last sign-in" in text) == (role != Role.CONTRIBUTOR)
    assert (INVITATIONS in text) == (role == Role.CHIEF_EDITOR)
    of_readers = page(client.get(f"{PEOPLE}?role=reader"))
    assert (">reader<" in of_readers) == (role == Role.CHIEF_EDITOR)


def test_the_list_is_paged_and_its_price_does_not_grow(signed_in, django_assert_max_num_queries):
    client, _ = signed_in(Role.CHIEF_EDITOR)
    client.get(PEOPLE)
    User.objects.bulk_create(User(username=f"p{number}", role=Role.MODERATOR) for number in range(60))
    with django_assert_max_num_queries(6):
        assert "Page 1 of 2" in page(client.get(PEOPLE))
    page(client.get(f"{PEOPLE}?page=3"), 404)


def test_a_moderator_sees_a_person_without_the_address_and_revokes_a_key(signed_in, somebody):
    key, _ = api_keys.create(by=somebody, name="Terminal", scopes=["read"], expires_at=None)
    client, moderator = signed_in(Role.MODERATOR)
    text = page(client.get(f"{PEOPLE}{somebody.pk}/"))
    assert "Terminal" in text
    assert "somebody@people.example" not in text
    assert "Close the account" not in text
    address = f"{PEOPLE}{somebody.pk}/keys/{key.pk}/revoke/"
    assert "Revoke “Terminal”?" in page(client.get(address))
    assert "is revoked" in page(client.post(address, follow=True))
    assert ApiKey.objects.get().revoked_by == moderator
    page(client.post(address), 409)
    page(client.get(f"{PEOPLE}{moderator.pk}/keys/{key.pk}/revoke/"), 404)
    page(client.get(f"{PEOPLE}0/"), 404)


def test_a_chief_editor_changes_a_role(signed_in, somebody):
    client, chief = signed_in(Role.CHIEF_EDITOR)
    address = f"{PEOPLE}{somebody.pk}/role/"
    refused = page(client.post(address, {"role": "contributor", "reason": "Typed with care"}))
    assert "has this role already" in refused
    assert "Typed with care" in refused
    text = page(client.post(address, {"role": "moderator", "reason": "Knows the field"}, follow=True))
    assert "Ada Example is now moderator" in text
    somebody.refresh_from_db()
    assert somebody.role == Role.MODERATOR
    assert "Change the role" not in page(client.get(f"{PEOPLE}{chief.pk}/"))
    own = page(client.post(f"{PEOPLE}{chief.pk}/role/", {"role": "reader", "reason": "Tired"}), 403)
    assert "not about themselves" in own


def test_a_chief_editor_closes_and_opens_an_account(signed_in, somebody):
    client, _ = signed_in(Role.CHIEF_EDITOR)
    address = f"{PEOPLE}{somebody.pk}/"
    for action, refusal, is_active in (("close", "is closed already", False), ("open", "is open", True)):
        page(client.get(f"{address}{action}/"))
        assert "This field is required" in page(client.post(f"{address}{action}/"))
        assert client.post(f"{address}{action}/", {"reason": "So it is"})["Location"] == address
        somebody.refresh_from_db()
        assert somebody.is_active == is_active
        assert refusal in page(client.post(f"{address}{action}/", {"reason": "So it is"}))


def test_an_invitation_is_mailed_shown_once_and_accepted(signed_in, client, settings):
    settings.SITE_URL = "https://kb.example"
    signed_in(Role.CHIEF_EDITOR)
    text = page(client.post(INVITATIONS, {"email": "ada@university.example", "role": "moderator"}))
    (link,) = set(re.findall(r"https://kb\.example/account/join/[\w-]+/", text))
    (sent,) = mail.outbox
    assert link in sent.body
    assert sent.to == ["ada@university.example"]
    listed = page(client.get(INVITATIONS))
    assert "ada@university.example" in listed
    assert link not in listed
    assert "invited already" in page(client.post(INVITATIONS, {"email": "ada@university.example", "role": "reader"}))
    client.logout()
    address = link.removeprefix("https://kb.example")
    assert "Take part as moderator" in page(client.get(address))
    told = {"display_name": "Ada Example", "password": "short", "repeated": "short"}
    assert "too short" in page(client.post(address, told))
    assert "same password" in page(client.post(address, {**told, "password": PASSWORD}))
    assert client.post(address, {**told, "password": PASSWORD, "repeated": PASSWORD})["Location"] == "/account/sign-in/"
    assert "Your account is made, Ada Example" in page(client.get("/account/sign-in/"))
    page(client.get(address), 404)
    response = client.post("/account/sign-in/", {"login": "ada@university.example", "password": PASSWORD})
    assert response["Location"] == "/desk/"


def test_who_got_an_account_meanwhile_is_told(signed_in, client, settings):
    settings.SITE_URL = ""
    signed_in(Role.CHIEF_EDITOR)
    text = page(client.post(INVITATIONS, {"email": "ada@people.example", "role": "moderator"}))
    address = re.search(r"/account/join/[\w-]+/", text)[0]
    account("ada")
    told = {"display_name": "Ada Example", "password": PASSWORD, "repeated": PASSWORD}
    assert "There is an account with this address already" in page(client.post(address, told))


def test_a_mail_that_cannot_be_sent_is_told(signed_in, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    signed_in(Role.CHIEF_EDITOR)
    text = page(client.post(INVITATIONS, {"email": "ada@university.example", "role": "moderator"}))
    assert "the mail could not be sent" in text
    assert "/account/join/" in text


def test_an_invitation_is_taken_back(signed_in, client):
    signed_in(Role.CHIEF_EDITOR)
    client.post(INVITATIONS, {"email": "ada@university.example", "role": "moderator"})
    address = f"{INVITATIONS}{Invitation.objects.get().pk}/revoke/"
    assert "Take back the invitation of ada@university.example?" in page(client.get(address))
    assert "is taken back" in page(client.post(address, follow=True))
    page(client.post(address), 409)
    page(client.get(f"{INVITATIONS}0/revoke/"), 404)


def test_the_profile_is_changed_and_what_was_typed_is_kept(signed_in):
    client, person = signed_in(Role.MODERATOR)
    told = {"display_name": "Ada Example", "leaning": "opposing-side", "interests": "Advised the bridge authority."}
    refused = page(client.post("/account/profile/", {**told, "display_name": "a\u202eb"}))
    assert "invisible character" in refused
    assert "Advised the bridge authority." in refused
    assert "Your profile is changed." in page(client.post("/account/profile/", told, follow=True))
    person.refresh_from_db()
    assert (person.display_name, person.leaning) == ("Ada Example", "opposing-side")
    assert "Opposing side" in page(client.get("/account/"))
