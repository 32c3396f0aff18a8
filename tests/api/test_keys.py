"""The key of a request, and the refusals that say what is wrong with it."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.api.http.authentication import key_of
from perspectives.api.http.errors import RefusedError
from perspectives.models import ApiKey, User
from perspectives.rules.accounts import key_secret
from tests import factories
from tests.api.conftest import assert_problem

ADDRESS = f"/api/v1/topics/{factories.TOPIC}/"
UNKNOWN = key_secret.written(bytes(32))
NOT_KNOWN = "This API key is not known or was revoked."
MISTYPED = "This is no API key as we write them; it may be mistyped or cut off."
NO_BEARER = "The header 'Authorization' must be 'Bearer' and an API key."
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(reader):
    return api_keys.create(by=reader, name="Reading room", scopes=["read"], expires_at=timezone.now() + HOUR)


def request(header):
    return RequestFactory().get(ADDRESS, headers={"authorization": header})


def test_a_key_that_works_is_found_in_one_query_once_its_use_is_noted(made, django_assert_num_queries):
    key, secret = made
    with django_assert_num_queries(2):
        found = key_of(request(f"Bearer {secret}"))
    assert found == key
    key.refresh_from_db()
    assert key.last_used_at
    with django_assert_num_queries(1):
        assert key_of(request(f"bearer  {secret} ")).owner.username == "reader"


def test_use_is_noted_again_after_a_minute(made, django_assert_num_queries):
    key, secret = made
    long_ago = timezone.now() - timedelta(seconds=61)
    ApiKey.objects.update(last_used_at=long_ago)
    with django_assert_num_queries(2):
        key_of(request(f"Bearer {secret}"))
    key.refresh_from_db()
    assert key.last_used_at > long_ago


def test_without_the_header_there_is_no_key_and_no_query(made, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert key_of(RequestFactory().get(ADDRESS)) is None
        assert key_of(RequestFactory().get(f"{ADDRESS}?access_token={made[1]}&api_key={made[1]}")) is None


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("", NO_BEARER),
        ("Basic dXNlcjpwYXNz", NO_BEARER),
        (UNKNOWN, NO_BEARER),
        ("Bearer", MISTYPED),
        ("Bearer ", MISTYPED),
        (f"Bearer {UNKNOWN[:-1]}", MISTYPED),
        (f"Bearer {UNKNOWN} {UNKNOWN}", MISTYPED),
        (f"Bearer {UNKNOWN[:20]}x{UNKNOWN[21:]}", MISTYPED),
        ("Bearer schlüssel\x00", MISTYPED),
    ],
)
def test_what_is_no_key_costs_no_query(django_assert_num_queries, header, sentence):
    with django_assert_num_queries(0), pytest.raises(RefusedError) as raised:
        key_of(request(header))
    assert raised.value.detail == sentence


@pytest.mark.parametrize("address", [ADDRESS, "/api/v1/topics/", "/api/v1/problems/"])
@pytest.mark.parametrize("state", ["unknown", "revoked", "left", "expired"])
def test_a_key_that_does_not_work_is_refused_with_401(client, library, made, reader, state, address):
    key, secret = made
    if state == "revoked":
        api_keys.revoke(key_id=key.pk, by=reader)
    if state == "left":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    if state == "expired":
        ApiKey.objects.update(created_at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
    sent = UNKNOWN if state == "unknown" else secret
    response = client.get(address, headers={"authorization": f"Bearer {sent}"})
    problem = assert_problem(response, 401, "invalid_key")
    assert response["WWW-Authenticate"] == "Bearer"
    if state == "expired":
        assert problem["detail"] == f"This API key expired on {timezone.now() - HOUR:%Y-%m-%d}; make a new one."
    else:
        assert problem["detail"] == NOT_KNOWN
    key.refresh_from_db()
    assert key.last_used_at is None


def test_a_key_in_the_address_is_an_unknown_parameter(client, library, made):
    assert_problem(client.get(f"{ADDRESS}?access_token={made[1]}"), 400, "unknown_parameter", parameter="access_token")
