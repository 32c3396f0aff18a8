"""Signing in and out, and the pages of one's own keys."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.models import ApiKey, User
from perspectives.queries.accounts.api_keys import of_secret
from perspectives.vocab import Role
from tests.people import PASSWORD, account

KEYS = "/account/keys/"
SIGN_IN = "/account/sign-in/"
SIGN_OUT = "/account/sign-out/"
NEW = {"name": "Reading room", "scopes": ["read"], "lifetime": "365"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return account("reader")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def make(person, name="Reading room", **changes):
    return api_keys.create(by=person, name=name, **{"scopes": ["read"], "expires_at": None, **changes})[0]


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def secrets_in(text):
    return set(re.findall(r"dkb_[\w-]{49}", text))


# --- signing in and out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["reader", "READER@people.example", " reader "])
def test_sign_in_leads_to_ones_account_and_out_to_the_front(client, person, login):
    response = client.post(SIGN_IN, {"login": login, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert client.get(KEYS).status_code == 200
    response = client.post(SIGN_OUT)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get(KEYS).status_code == 302


def test_a_wrong_password_is_told_and_tells_nothing(client, person):
    texts = [
        page(client.post(SIGN_IN, {"login": name, "password": "wrong"})).replace(name, "NAME")
        for name in ("reader", "nobody")
    ]
    without_tokens = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in texts]
    assert without_tokens[0] == without_tokens[1]
    assert 'role="alert"' in texts[0]
    assert "<title>Not signed in: " in texts[0]


def test_people_who_left_do_not_sign_in(client, person):
    User.objects.update(is_active=False)
    response = client.post(SIGN_IN, {"login": "reader", "password": PASSWORD}, follow=True)
    assert "This account is closed" in page(response)
    assert client.get(KEYS).status_code == 302


def test_who_is_not_signed_in_comes_back_after_signing_in(client, person):
    response = client.get(KEYS)
    assert response["Location"] == f"{SIGN_IN}?next={KEYS}"
    form = page(client.get(response["Location"]))
    assert '<form class="form part" method="post">' in form, "it is sent to the address at which it was found"
    assert client.post(response["Location"], {"login": "reader", "password": PASSWORD})["Location"] == KEYS


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        " //e",
    ],
)
def test_sign_in_leads_nowhere_else(client, person, elsewhere):
    assert elsewhere not in page(client.get(SIGN_IN, {"next": elsewhere}))
    response = client.post(SIGN_IN, {"login": "reader", "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/account/"


def test_signing_out_takes_a_post(signed_in):
    assert "takes what a form sends, but it does not take GET" in page(signed_in.get(SIGN_OUT), 405)
    assert signed_in.get(KEYS).status_code == 200


@pytest.mark.parametrize("address", [SIGN_IN, SIGN_OUT, KEYS, f"{KEYS}1/revoke/"])
def test_forms_of_others_are_not_taken(person, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    key = make(person)
    text = page(client.post(address.replace("1", str(key.pk)), NEW), 403)
    assert "This form could not be taken" in text
    assert ApiKey.objects.get() == key
    assert ApiKey.objects.get().revoked_at is None


@pytest.mark.parametrize("address", [SIGN_IN, KEYS])
def test_nothing_is_kept_by_caches_or_found_by_robots(client, person, address):
    if address != SIGN_IN:
        client.force_login(person)
    response = client.get(address)
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex">' in page(response)


def test_public_pages_are_the_same_for_who_is_signed_in(client, person):
    public = client.get("/about/")
    client.force_login(person)
    same = client.get("/about/")
    assert same.content == public.content
    assert "Cookie" not in same.get("Vary", "")
    assert "Sign out" not in page(public)
    assert f'<a href="{KEYS}">API keys</a>' in page(public)
    assert "Sign out" in page(client.get(KEYS))


# --- keys ---------------------------------------------------------------------------------------------------------


def test_the_secret_is_shown_once(signed_in, person):
    response = signed_in.post(KEYS, NEW)
    (secret,) = secrets_in(page(response))
    key = of_secret(secret)
    assert (key.owner, key.name, key.scopes) == (person, "Reading room", ["read"])
    assert timedelta(days=364) < key.expires_at - timezone.now() <= timedelta(days=365)
    assert "no-store" in response["Cache-Control"]
    assert not secrets_in(page(signed_in.get(KEYS)))
    assert secret not in str(dict(signed_in.session))
    assert secret not in str(signed_in.cookies)


def test_sending_the_form_again_makes_no_second_key(signed_in):
    signed_in.post(KEYS, NEW)
    text = page(signed_in.post(KEYS, NEW))
    assert "You have a key &#x27;Reading room&#x27; already" in text
    assert 'role="alert"' in text
    assert "<title>No key was made: " in text
    assert not secrets_in(text)
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "  "}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"name": "a\u202eb"}, "a name of at most 80 printable characters"),
        ({"scopes": []}, "Choose at least one."),
        ({"scopes": ["write"]}, "write is not one of the available choices."),
        ({"lifetime": "9999"}, "9999 is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(signed_in, change, words):
    assert words in page(signed_in.post(KEYS, {**NEW, **change}))
    assert not ApiKey.objects.exists()


def test_a_key_may_work_until_it_is_revoked(signed_in):
    signed_in.post(KEYS, {**NEW, "lifetime": ""})
    assert ApiKey.objects.get().expires_at is None


@pytest.mark.parametrize("role", Role)
def test_a_key_that_curates_is_offered_to_those_at_the_desk(client, role, db):
    client.force_login(User.objects.create_user("somebody", role=role))
    assert ('value="curate"' in page(client.get(KEYS))) == (role != Role.READER)
    answer = client.post(KEYS, {**NEW, "scopes": ["curate"]})
    made = ApiKey.objects.count()
    if role in (Role.MODERATOR, Role.CHIEF_EDITOR):
        assert (answer.status_code, made) == (302, 0)
        assert answer["Location"] == f"{reverse('mfa_activate_totp')}?next={quote(KEYS, safe='')}"
    else:
        assert (answer.status_code, made) == (200, 0 if role == Role.READER else 1)


def test_the_list_tells_of_each_key_what_its_owner_needs(signed_in, person, proposer):
    text = page(signed_in.get(KEYS))
    assert "None yet." in text
    assert '<option value="365" selected>One year</option>' in text
    live = make(person, "<b>Live</b>", scopes=["read", "suggest"])
    old = make(person, "Old", expires_at=timezone.now() + timedelta(days=1))
    past = timezone.now() - timedelta(days=2)
    ApiKey.objects.filter(pk=old.pk).update(created_at=past, expires_at=past + timedelta(days=1))
    gone = make(person, "Gone")
    api_keys.revoke(key_id=gone.pk, by=person)
    make(proposer, "Somebody else's")
    text = page(signed_in.get(KEYS))
    for words in ("&lt;b&gt;Live&lt;/b&gt;", "Read, Suggest", f"{live.hint}…", "Works", "Expired", "Revoked", "Never"):
        assert words in text
    assert "Somebody else" not in text
    assert text.count("/revoke/") == 2
    assert live.sha256 not in text


def test_revoking_asks_first(signed_in, person):
    key = make(person)
    address = f"{KEYS}{key.pk}/revoke/"
    assert "Revoke “Reading room”?" in page(signed_in.get(address))
    key.refresh_from_db()
    assert key.revoked_at is None
    response = signed_in.post(address)
    assert (response.status_code, response["Location"]) == (302, KEYS)
    assert "The key “Reading room” is revoked; it works no more." in page(signed_in.get(KEYS))
    signed_in.post(address)
    assert "was revoked already" in page(signed_in.get(KEYS))


@pytest.mark.parametrize("method", ["get", "post"])
def test_keys_of_others_are_not_found(signed_in, proposer, method):
    key = make(proposer)
    for number in (key.pk, 0, 10**30):
        page(getattr(signed_in, method)(f"{KEYS}{number}/revoke/"), 404)
    key.refresh_from_db()
    assert key.revoked_at is None


def test_moderators_do_not_find_keys_of_others_here_either(client, person, proposer):
    key = make(person)
    client.force_login(proposer)
    assert client.post(f"{KEYS}{key.pk}/revoke/").status_code == 404


def test_the_price_of_the_list_does_not_grow(signed_in, person, django_assert_num_queries):
    signed_in.get(KEYS)
    for number in range(20):
        with django_assert_num_queries(4):
            signed_in.get(KEYS)
        make(person, f"Key {number}")
