"""Seeing and erasing what is kept of oneself."""

import json
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session

from perspectives.models import LogEntry, User
from perspectives.vocab import EventCode, Role
from tests import whole_person
from tests.people import PASSWORD, account, code, protect, sign_in

DATA, EXPORT, ERASE = "/account/data/", "/account/data/export.json", "/account/erase/"
pytestmark = pytest.mark.django_db


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def person(client):
    made = account()
    client.post("/account/sign-in/", {"login": "reader", "password": PASSWORD})
    return made


def test_the_account_leads_to_ones_data(client, person):
    assert DATA in page(client.get("/account/"))
    text = page(client.get(DATA))
    assert EXPORT in text
    assert ERASE in text
    assert "it would help thieves" in text


def test_the_file_holds_what_is_kept(client, person):
    answer = client.get(EXPORT)
    assert answer["Content-Disposition"] == 'attachment; filename="debate-kb-account.json"'
    assert "no-store" in answer["Cache-Control"]
    found = json.loads(answer.content)
    assert found["account"]["email"] == "reader@people.example"
    assert len(found["sessions"]) == 1


def test_a_session_that_somebody_found_does_not_give_the_file(client):
    client.force_login(account())
    answer = client.get(EXPORT)
    assert answer["Location"] == f"/account/password/again/?next={quote(EXPORT, safe='')}"
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == EXPORT
    assert client.get(EXPORT).status_code == 200


def test_erasing_takes_the_password(client, person):
    text = page(client.get(ERASE))
    assert "This cannot be undone" in text
    assert "Gone: your name" in text
    for wrong in ("", "wrong"):
        refused = page(client.post(ERASE, {"password": wrong}))
        assert "<title>Not erased: Erase your account? " in refused
    assert not User.objects.exclude(erased_at=None).exists()
    answer = client.post(ERASE, {"password": PASSWORD})
    assert "Your account is erased" in page(answer)
    assert "no-store" in answer["Cache-Control"]
    assert client.cookies["device"].value == client.cookies["session"].value == ""
    assert client.get(DATA).status_code == 302
    assert not Session.objects.exists()
    assert User.objects.get().username == f"erased-{person.pk}"
    refused = page(client.post("/account/sign-in/", {"login": "reader", "password": PASSWORD}))
    assert "do not belong together" in refused


def test_passwords_cannot_be_guessed_here(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    statuses = [client.post(ERASE, {"password": "wrong"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(ERASE).status_code == 200


def test_who_has_a_second_factor_erases_with_the_password_too(client):
    person = account("moderator", role=Role.MODERATOR)
    protect(person)
    client.post("/account/sign-in/", {"login": "moderator", "password": PASSWORD})
    client.post("/account/second-factor/code/", {"code": code()})
    assert "Your account is erased" in page(client.post(ERASE, {"password": PASSWORD}))


def test_the_last_chief_editor_is_told(client):
    sign_in(client, account("chief", role=Role.CHIEF_EDITOR))
    text = page(client.post(ERASE, {"password": PASSWORD}))
    assert "This is the last chief editor; give somebody else that role first." in text
    assert client.get(DATA).status_code == 200


# --- for somebody -------------------------------------------------------------------------------------------------


def test_a_chief_editor_erases_somebodys_account(signed_in):
    client, chief = signed_in(Role.CHIEF_EDITOR)
    somebody = account("somebody", display_name="Ada Example")
    address = f"/desk/people/{somebody.pk}/"
    assert f"{address}erase/" in page(client.get(address))
    assert "Erase the account of Ada Example?" in page(client.get(f"{address}erase/"))
    assert "This field is required" in page(client.post(f"{address}erase/"))
    answer = page(client.post(f"{address}erase/", {"reason": "Asked by letter"}, follow=True))
    assert "The account is erased; what was done with it stays on record." in answer
    assert "Ada Example" not in answer
    assert f"<h1>erased-{somebody.pk}</h1>" in answer
    assert "Open the account again" not in answer
    assert "was erased already" in page(client.post(f"{address}erase/", {"reason": "Again"}))
    entry = LogEntry.objects.get(code=EventCode.ACCOUNT_ERASED)
    assert (entry.by, entry.note) == (chief, "Asked by letter")
    assert f"erased the account erased-{somebody.pk}" in page(client.get("/desk/history/"))


def test_ones_own_account_is_not_erased_at_the_desk(signed_in):
    client, chief = signed_in(Role.CHIEF_EDITOR)
    answer = client.post(f"/desk/people/{chief.pk}/erase/", {"reason": "Tired"})
    assert answer["Location"] == ERASE
    assert not User.objects.exclude(erased_at=None).exists()


# --- what others see afterwards -----------------------------------------------------------------------------------


def test_pages_of_editions_name_the_person_no_more(client, published, settings):
    settings.PUBLICATION_VERSION_TTL = 0.000001
    settings.SITE_URL = "http://testserver"
    person, other = whole_person.made()
    address = f"/topics/{published[0].topic.slug}/editions/"
    before = client.get(address)
    assert person.username in page(before)
    assert client.get(address, headers={"if-none-match": before["ETag"]}).status_code == 304
    sign_in(client, other)
    assert client.post(f"/desk/people/{person.pk}/erase/", {"reason": "Asked"}).status_code == 302
    assert User.objects.get(pk=person.pk).erased_at
    after = page(client.get(address, headers={"if-none-match": before["ETag"]}))
    assert person.username not in after
    assert f"Proposed by erased-{person.pk}" in after
