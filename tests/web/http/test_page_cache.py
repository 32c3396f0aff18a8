"""Pages are made once and kept until something is published; readers hold them by their tags."""

import gzip

import pytest

from perspectives.queries.publication import published as published_rows
from perspectives.queries.publication.edition_cache import Shelf
from perspectives.queries.publication.publication_version import Newest
from perspectives.serving.memory import MEMORY
from perspectives.web.http import page_cache as keeping_of_pages
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeping(settings):
    """Keep pages, and look for what is new each time."""
    settings.EDITION_KEPT_SECONDS = 1e-9


def test_a_kept_page_costs_one_query(client, published, keeping, django_assert_num_queries):
    first = client.get(TOPIC)
    with django_assert_num_queries(1):
        second = client.get(TOPIC)
    assert second.content == first.content
    assert "default-src" in second["Content-Security-Policy"]


def test_while_trusted_a_kept_page_costs_none(client, published, settings, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(keeping_of_pages, "NEWEST", Newest())
    monkeypatch.setattr(published_rows, "SHELF", Shelf())
    settings.EDITION_KEPT_SECONDS = 60
    client.get(TOPIC)
    with django_assert_num_queries(0):
        assert client.get(TOPIC).status_code == 200


def test_a_new_edition_and_new_references_make_the_page_anew(client, published, keeping, request):
    first = client.get(TOPIC).content.decode()
    request.getfixturevalue("second_edition")
    second = client.get(TOPIC).content.decode()
    assert f"{TOPIC}editions/2/" in second
    assert f"{TOPIC}editions/2/" not in first
    request.getfixturevalue("formatted")
    assert "In APA" in client.get(TOPIC).content.decode()
    assert "In APA" not in second


def test_pages_differ_by_address_host_and_choice(client, published, keeping, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    bodies = {
        client.get(address, headers={"host": host}).content
        for address in (TOPIC, f"{TOPIC}?view=evidence")
        for host in ("one.example", "two.example")
    }
    client.cookies["first"] = "neutral"
    bodies.add(client.get(TOPIC, headers={"host": "one.example"}).content)
    assert len(bodies) == 5


def test_a_part_is_never_taken_for_the_whole(client, published, keeping):
    for _ in range(2):
        part = client.get("/", headers={"hx-request": "true"}).content
        other = client.get("/", headers={"hx-request": "nonsense"}).content
        assert other == client.get("/").content != part


def test_errors_are_not_kept(client, published, keeping):
    assert client.get(f"{TOPIC}?view=no").status_code == 400
    assert client.get("/topics/nowhere/").status_code == 404
    assert client.get("/topics/nowhere/").status_code == 404


def test_what_is_at_a_long_address_is_made_and_not_kept(client, published, keeping):
    kept = len(MEMORY)
    assert client.get(f"{TOPIC}?nothing={'x' * 600}").status_code == 200
    assert len(MEMORY) == kept


def test_readers_hold_pages_by_their_tags(client, published, keeping):
    response = client.get(TOPIC, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    plain = client.get(TOPIC)
    assert gzip.decompress(response.content) == plain.content
    held = client.get(TOPIC, headers={"accept-encoding": "gzip", "if-none-match": response["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    assert held["ETag"] != plain["ETag"]
    assert held["Cache-Control"] == "no-cache"


def test_head_has_no_body(client, published, keeping):
    response = client.head(TOPIC)
    assert (response.status_code, response.content) == (200, b"")
