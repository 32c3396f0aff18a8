"""What costs much: its lane, its limit for an address, and what is said to who has waited too long for it."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from debatekb.running.lanes import COMMON, WAITED_TOO_LONG
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.serving import counting
from perspectives.serving.lanes import LANES, Work, lane_of
from tests import factories
from tests.repo.test_routes import ROUTES

HOST = "testserver"
TOPIC = f"/topics/{factories.TOPIC}/"
SEARCH = "/search/?q=timber"
LATE = {WAITED_TOO_LONG: True}
COSTLY = {"search", "topic-map-svg", "api:search", "api:answers", "mcp"}
FILES = {"topic-map-png", "topic-brief-png", "topic-paper", "tray-export", "api:dataset", "api:graph"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_site(settings):
    """The site's own name is that of the test client."""
    settings.SITE_URL = f"http://{HOST}"
    return settings


@pytest.fixture
def limited(at_site, valkey):
    """Two pages that have to be made, for each address."""
    at_site.PAGES_PER_MINUTE = 2
    at_site.PUBLICATION_VERSION_TTL = 60
    counting.counter.cache_clear()
    yield
    counting.counter.cache_clear()
    CACHE.clear()


def lane(path, query="", host=HOST):
    return lane_of(SimpleNamespace(path=path, query=query, headers={"HOST": host}))


WATCHING = {"health", "health-live", "health-ready", "metrics"}


def test_every_route_has_its_lane(at_site):
    found = {route: lane(reverse(route, kwargs=row[0])) for route, row in ROUTES.items()}
    assert {route for route, name in found.items() if name == Work.COSTLY} == COSTLY
    assert {route for route, name in found.items() if name == Work.FILES} == FILES
    assert {route for route, name in found.items() if name == Work.HEALTH} == WATCHING
    assert set(found.values()) == set(LANES)


@pytest.mark.parametrize(
    ("path", "query", "host", "expected"),
    [
        (TOPIC, "x=1&view=rows", HOST, Work.COMMON),
        (TOPIC, "", "localhost", Work.COSTLY),
        ("/timeline/", "from=1990", HOST, Work.COSTLY),
        ("/timeline/", "%66rom=1990", HOST, Work.COSTLY),
        ("/timeline/", "page=2", HOST, Work.COMMON),
        (TOPIC, f"x={'y' * 2000}", HOST, Work.COSTLY),
        ("/api/v1/search.json", "q=timber", HOST, Work.COSTLY),
        ("/api/v1/dataset.zip", "", HOST, Work.FILES),
        ("/nothing/\xff/", "", HOST, COMMON),
    ],
)
def test_pages_made_for_one_reader_wait_apart(at_site, path, query, host, expected):
    assert lane(path, query, host) == expected


def test_who_waited_too_long_is_told_to_ask_again(client, published):
    for address in (SEARCH, TOPIC):
        answer = client.get(address, **LATE)
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
        assert "than this machine can do at once" in answer.text
        assert "The database" not in answer.text
        assert "default-src" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/api/v1/search/?q=timber", "/api/v1/answers/?q=timber", "/api/v1/topics/"])
def test_programs_that_waited_too_long_get_a_problem(client, published, address):
    answer = client.get(address, **LATE)
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (503, "5", "unavailable")
    assert "than this machine can do at once" in answer.json()["detail"]


def test_assistants_that_waited_too_long_get_a_problem(client, published):
    answer = client.post("/mcp", "{}", content_type="application/json", **LATE)
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (503, "5", "unavailable")


def test_an_address_may_have_so_many_pages_made(client, published, limited):
    assert [client.get(SEARCH).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/timeline/?from=1990")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert "more than 2 searches and pages" in refused.text
    assert client.get(SEARCH, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_cached_pages_count_once_whoever_asks_first(client, published, limited):
    assert {client.get(TOPIC, {"x": number}).status_code for number in range(5)} == {200}
    assert client.get(SEARCH).status_code == 200
    assert client.get(SEARCH).status_code == 429
    assert client.get(TOPIC).status_code == 200
    assert client.get("/about/").status_code == 429


def test_a_limit_of_0_is_none(client, published, limited, settings):
    settings.PAGES_PER_MINUTE = 0
    assert {client.get(SEARCH).status_code for _ in range(4)} == {200}


def test_without_valkey_nothing_is_counted(client, published, limited, settings):
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    counting.counter.cache_clear()
    assert {client.get(SEARCH).status_code for _ in range(4)} == {200}
