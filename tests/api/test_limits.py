"""Rate limits as clients of the API meet them, with a real Valkey and with one that is really away."""

import logging
import socket
import time

import pytest
from django.test import RequestFactory

from perspectives.actions.accounts import api_keys
from perspectives.serving import counting
from perspectives.serving.clients import client_address
from tests import factories
from tests.api.conftest import assert_problem

TOPIC = f"/api/v1/topics/{factories.TOPIC}/"
LIST = "/api/v1/topics/"


@pytest.fixture
def limited(settings, valkey):
    """Limits that tests reach: five without a key, ten with one."""
    settings.API_ANONYMOUS_PER_MINUTE, settings.API_KEY_PER_MINUTE = 5, 10
    counting.counter.cache_clear()
    yield settings
    counting.counter.cache_clear()


@pytest.fixture
def dead(settings):
    """A Valkey at an address where nothing listens."""
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    settings.API_ANONYMOUS_PER_MINUTE = 5
    counting.counter.cache_clear()
    yield
    counting.counter.cache_clear()


@pytest.fixture
def silent_server():
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def bearer(person, name="Reading room", scopes=("read",)):
    _, secret = api_keys.create(by=person, name=name, scopes=scopes, expires_at=None)
    return {"authorization": f"Bearer {secret}"}


# --- the answers of the API ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("address", [TOPIC, LIST, f"{LIST}?colour=red", "/api/v1/topics/none/", "/api/v1/schema/"])
def test_headers_count_down_and_then_the_answer_is_429(client, library, limited, address):
    for left in (4, 3, 2, 1, 0):
        response = client.get(address)
        assert response.status_code != 429
        if response.status_code == 200:
            assert response["RateLimit-Policy"] == '"anonymous";q=5;w=60'
            name, remaining, seconds = response["RateLimit"].split(";")
            assert (name, remaining) == ('"anonymous"', f"r={left}")
            assert 0 < int(seconds.removeprefix("t=")) <= 60
    response = client.get(address)
    assert_problem(response, 429, "too_many_requests")
    assert 0 < int(response["Retry-After"]) <= 60
    assert response["RateLimit"] == f'"anonymous";r=0;t={response["Retry-After"]}'


@pytest.mark.django_db
def test_304_and_options_count_and_tell_too(client, library, limited):
    tag = client.get(TOPIC)["ETag"]
    response = client.get(TOPIC, headers={"if-none-match": tag})
    assert (response.status_code, response["RateLimit"].split(";")[1]) == (304, "r=3")
    response = client.options(LIST)
    assert (response.status_code, response["RateLimit"].split(";")[1]) == (204, "r=2")


@pytest.mark.django_db
def test_a_key_raises_the_limit_and_keys_are_counted_one_by_one(client, library, limited, reader):
    one, other = bearer(reader), bearer(reader, "Library")
    for left in range(9, -1, -1):
        response = client.get(TOPIC, headers=one)
        assert response["RateLimit-Policy"] == '"key";q=10;w=60'
        assert response["RateLimit"].startswith(f'"key";r={left};')
    assert client.get(TOPIC, headers=one).status_code == 429
    assert client.get(TOPIC, headers=other).status_code == 200
    assert client.get(TOPIC).status_code == 200


@pytest.mark.django_db
def test_a_key_of_another_scope_is_counted_and_refused(client, library, limited, reader):
    headers = bearer(reader, scopes=["suggest"])
    for address in (TOPIC, LIST):
        response = client.get(address, headers=headers)
        assert "it needs the scope 'read'" in assert_problem(response, 403, "not_permitted")["detail"]
    assert response["RateLimit"].startswith('"key";r=8;')


@pytest.mark.django_db
def test_keys_that_do_not_work_count_for_their_address(client, library, limited):
    for left in (4, 3, 2, 1, 0):
        response = client.get(TOPIC, headers={"authorization": "Bearer guessed"})
        assert_problem(response, 401, "invalid_key")
        assert response["RateLimit"].startswith(f'"anonymous";r={left};')
    assert client.get(TOPIC, headers={"authorization": "Bearer guessed"}).status_code == 429
    assert client.get(TOPIC).status_code == 429


@pytest.mark.django_db
def test_zero_lifts_the_limit(client, library, limited):
    limited.API_ANONYMOUS_PER_MINUTE = 0
    for _ in range(7):
        response = client.get(TOPIC)
        assert response.status_code == 200
        assert "RateLimit" not in response
        assert "RateLimit-Policy" not in response


@pytest.mark.django_db
def test_pages_and_the_health_page_are_not_limited(client, library, limited):
    for address in ("/", f"/topics/{factories.TOPIC}/", "/healthz/"):
        for _ in range(7):
            response = client.get(address)
            assert response.status_code == 200
            assert "RateLimit" not in response


# --- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_addresses_are_counted_apart(client, library, limited):
    for _ in range(5):
        client.get(TOPIC, REMOTE_ADDR="192.0.2.1")
    assert client.get(TOPIC, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get(TOPIC, REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.django_db
def test_what_a_client_says_of_itself_changes_nothing(client, library, limited):
    for number in range(5):
        client.get(TOPIC, headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert client.get(TOPIC, headers={"x-forwarded-for": "192.0.2.9"}).status_code == 429


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_client_is_counted_by_its_network(peer, counted):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer)) == counted


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9,198.51.100.1 , 192.0.2.7", "198.51.100.1"),
        (2, "203.0.113.9, 2001:db8::1, 192.0.2.7", "2001:db8::/64"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "198.51.100.1" + "0" * 100, "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_are_believed(settings, proxies, header, counted):
    settings.TRUSTED_PROXIES = proxies
    said = {} if header is None else {"HTTP_X_FORWARDED_FOR": header}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **said)) == counted


# --- without Valkey -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_valkey_reads_go_on(client, library, dead, caplog):
    with caplog.at_level(logging.WARNING, logger=counting.__name__):
        for _ in range(10):
            response = client.get(TOPIC)
            assert response.status_code == 200
            assert "RateLimit" not in response
    (record,) = caplog.records
    assert "answers without limits" in record.getMessage()


def test_a_valkey_that_does_not_answer_costs_a_fifth_of_a_second_at_most(client, settings, silent_server):
    settings.CACHE_URL = silent_server
    settings.API_ANONYMOUS_PER_MINUTE = 5
    counting.counter.cache_clear()
    for least, most in ((0.15, 1), (0, 0.1)):
        begun = time.perf_counter()
        assert "RateLimit" not in client.get("/api/v1/problems/")
        assert least < time.perf_counter() - begun < most
    counting.counter.cache_clear()


def test_the_sentence_of_a_refusal_says_whose_limit_it_is(client, limited):
    for _ in range(5):
        client.get("/api/v1/problems/")
    problem = assert_problem(client.get("/api/v1/problems/"), 429, "too_many_requests")
    assert "Your address, which sends no API key, may ask 5 times in 60 seconds" in problem["detail"]
