"""Pages are made once for each version of what is published; browsers hold them by their tags."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.urls import reverse

from perspectives.queries.publication import publication_cache
from perspectives.queries.publication.publication_cache import CACHE, LATE_SECONDS, PublicationCache, PublicationVersion
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"
CACHED = {
    "about": {},
    "topic": {"slug": factories.TOPIC},
    "topic-editions": {"slug": factories.TOPIC},
    "topic-edition": {"slug": factories.TOPIC, "number": 1},
    "topic-brief": {"slug": factories.TOPIC},
    "topic-map": {"slug": factories.TOPIC},
    "topic-worksheet": {"slug": factories.TOPIC},
    "topic-teach": {"slug": factories.TOPIC},
    "articles": {},
    "article": {"slug": factories.ARTICLE},
    "article-editions": {"slug": factories.ARTICLE},
    "article-edition": {"slug": factories.ARTICLE, "number": 1},
    "home": {},
    "sources": {},
    "source": {"key": factories.ARTICLE_SOURCE},
    "timeline": {},
    "people": {},
    "person": {"slug": factories.PERSON},
    "suggest": {},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def caching(settings):
    """Cache pages, and ask what is published each time."""
    settings.PUBLICATION_VERSION_TTL = 1e-9
    settings.SITE_URL = "http://testserver"


@pytest.fixture
def times_made(client):
    """Ask for addresses and count how many of the pages were made, for which their templates had to be rendered."""

    def count(*addresses, **asked):
        responses = [client.get(address, **asked) for address in addresses]
        assert {response.status_code for response in responses} <= {200}
        return sum(bool(response.templates) for response in responses)

    return count


def test_a_cached_page_costs_one_query(client, published, caching, django_assert_num_queries):
    first = client.get(TOPIC)
    with django_assert_num_queries(1):
        second = client.get(TOPIC)
    assert second.content == first.content
    assert "default-src" in second["Content-Security-Policy"]


def test_while_the_version_is_trusted_a_cached_page_costs_none(
    client, published, caching, settings, django_assert_num_queries
):
    settings.PUBLICATION_VERSION_TTL = 60
    client.get(TOPIC)
    with django_assert_num_queries(0):
        assert client.get(TOPIC).status_code == 200


def test_a_new_edition_and_new_references_make_the_page_anew(client, published, caching, request):
    first = client.get(TOPIC).content.decode()
    request.getfixturevalue("second_edition")
    second = client.get(TOPIC).content.decode()
    assert f"{TOPIC}editions/2/" in second
    assert f"{TOPIC}editions/2/" not in first
    request.getfixturevalue("formatted")
    assert "In APA" in client.get(TOPIC).content.decode()
    assert "In APA" not in second


@pytest.mark.parametrize("route", CACHED)
def test_what_the_view_does_not_know_makes_no_page(client, published, caching, times_made, route):
    """Nobody can crowd pages out of the cache by addresses, ports and cookies that mean nothing."""
    address = reverse(route, kwargs=CACHED[route])
    assert times_made(address) == 1
    entries = len(CACHE)
    assert times_made(*(f"{address}?x={number}" for number in range(20))) == 0
    assert times_made(*(f"{address}?{'x' * number}&y=1&y=2" for number in range(500, 520))) == 0
    for number in range(20):
        client.cookies["first"] = f"nonsense{number}"
        assert times_made(address, headers={"host": "testserver"}) == 0
    assert len(CACHE) == entries
    if CACHED[route]:  # the list of sources and the home page have as many choices as there are categories and tags
        assert times_made(*(f"{address}?page={number}&text={number}&topic={number}" for number in range(20))) == 0


def test_values_that_do_not_count_make_no_page(published, caching, times_made):
    assert times_made(f"{TOPIC}?view=evidence") == 1
    assert times_made(*(f"{TOPIC}?view={number}&view=evidence" for number in range(20))) == 0


@pytest.mark.parametrize(
    "address",
    [
        "/?text=survey",
        "/people/?name=a",
        f"/people/compare/?a={factories.PERSON}",
        f"/timeline/?topic={factories.TOPIC}",
        "/timeline/?from=1900",
    ],
)
def test_what_may_be_asked_in_any_words_is_made_each_time(published, caching, times_made, address):
    times_made("/", "/people/", "/timeline/")
    entries = len(CACHE)
    assert times_made(address, address, headers={"accept-encoding": "br"}) == 2
    assert len(CACHE) == entries


def test_pages_of_other_names_and_ports_are_made_each_time(published, caching, settings, times_made):
    settings.ALLOWED_HOSTS = ["other.example", "testserver"]
    times_made(TOPIC)
    entries = len(CACHE)
    for host in ("other.example", "testserver:81", "TESTSERVER"):
        assert times_made(TOPIC, TOPIC, headers={"host": host, "accept-encoding": "br"}) == 2
    assert len(CACHE) == entries


def test_a_page_names_the_host_that_was_asked(client, published, caching, settings):
    settings.ALLOWED_HOSTS = ["other.example", "testserver"]
    for host in ("testserver", "other.example", "testserver"):
        assert f'rel="canonical" href="http://{host}{TOPIC}"' in client.get(TOPIC, headers={"host": host}).text


def test_pages_differ_by_scheme_and_choices(client, published, caching):
    bodies = {
        client.get(f"{TOPIC}?style={style}&view={view}", secure=secure).content
        for style, view, secure in product(("apa", "ieee"), ("sides", "evidence"), (True, False))
    }
    client.cookies["first"] = "neutral"
    bodies.add(client.get(f"{TOPIC}?style=apa&view=sides").content)
    assert len(bodies) == 9


def test_a_part_is_never_taken_for_the_whole(client, published, caching):
    for _ in range(2):
        part = client.get("/", headers={"hx-request": "true"}).content
        other = client.get("/", headers={"hx-request": "nonsense"}).content
        assert other == client.get("/").content != part


def test_errors_are_not_cached(client, published, caching):
    entries = len(CACHE)
    assert client.get(f"{TOPIC}?view=no").status_code == 400
    assert client.get("/topics/nowhere/").status_code == 404
    assert client.get("/topics/nowhere/").status_code == 404
    assert client.get("/people/?page=01").status_code == 404
    assert client.get(f"{TOPIC}editions/01/").status_code == 404
    assert len(CACHE) == entries + 2  # the edition of which the page was to be made, as bytes and read


def test_browsers_hold_pages_by_their_tags(client, published, caching):
    response = client.get(TOPIC, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    plain = client.get(TOPIC)
    assert gzip.decompress(response.content) == plain.content
    held = client.get(TOPIC, headers={"accept-encoding": "gzip", "if-none-match": response["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    assert held["ETag"] != plain["ETag"]
    assert held["Cache-Control"] == "no-cache"


def test_answers_that_differ_with_every_question_are_not_cached_compressed(client, published, caching):
    entries = len(CACHE)
    for number in range(3):
        answer = client.get(f"/api/v1/claims/?limit={number + 1}", headers={"accept-encoding": "br"})
        assert answer["Content-Encoding"] == "br"
    assert len(CACHE) == entries


def test_head_has_no_body(client, published, caching):
    response = client.head(TOPIC)
    assert (response.status_code, response.content) == (200, b"")


def test_the_least_recently_used_goes_first_and_what_is_too_large_never_comes():
    cache = PublicationCache(3000)
    for key in ("one", "two", "three"):
        cache.put(key, key, 600)
        cache.get("one")
    assert [cache.get(key) for key in ("one", "two", "three")] == ["one", None, "three"]
    assert cache.get_or_make("large", lambda: b"x" * 3000) == b"x" * 3000
    assert [cache.get(key) for key in ("one", "three", "large")] == ["one", "three", None]


def test_a_publication_forgets_what_nobody_used_for_long(monkeypatch):
    monkeypatch.setattr(publication_cache, "IDLE_SECONDS", 0.1)
    cache = Published(10_000)
    cache.publish(time.monotonic())
    cache.put("idle", b"idle", 4)
    cache.put("used", b"used", 4)
    time.sleep(0.15)
    assert (cache.get("used"), len(cache)) == (b"used", 2)
    cache.publish(time.monotonic())
    assert (cache.get("used"), cache.get("idle"), len(cache)) == (b"used", None, 1)


def test_one_thread_makes_a_thing_that_many_want():
    cache, made = PublicationCache(10_000), []

    def make():
        made.append(threading.get_ident())
        time.sleep(0.2)
        return b"page"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cache.get_or_make("page", make), range(8)))
    assert found == [b"page"] * 8
    assert len(made) == 1


def test_what_one_thread_could_not_make_the_next_makes():
    cache, tried = PublicationCache(10_000), []

    def make():
        tried.append(1)
        time.sleep(0.1)
        if len(tried) == 1:
            raise OSError
        return b"page"

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(cache.get_or_make, "page", make) for _ in range(2)]
    assert sorted(str(one.exception()) for one in both) == ["", "None"]


class Published(PublicationCache):
    """A cache that is told what is published."""

    number = 0

    def publish(self, asked_at):
        self.number += 1
        self.learn(PublicationVersion(self.number, None, None), asked_at)

    def version(self):
        return PublicationVersion(self.number, None, None)


@pytest.mark.parametrize(("seconds_ago", "seen"), [(0, b"page 1"), (LATE_SECONDS + 1, b"page 2")])
def test_while_a_page_is_made_anew_others_see_the_one_before_for_a_while(seconds_ago, seen):
    cache, begun, is_done = Published(10_000), threading.Event(), threading.Event()

    def slowly():
        begun.set()
        assert is_done.wait(30)
        return b"page 2"

    cache.publish(time.monotonic())
    assert cache.shown("page", lambda: b"page 1") == b"page 1"
    cache.publish(time.monotonic() - seconds_ago)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.shown, "page", slowly)
        assert begun.wait(30)
        other = pool.submit(cache.shown, "page", lambda: b"made twice")
        if seen == b"page 1":
            assert other.result(30) == seen
        is_done.set()
        assert (first.result(30), other.result(30)) == (b"page 2", seen)
    assert cache.shown("page", lambda: b"made twice") == b"page 2"


def test_what_things_are_made_of_is_never_that_of_before():
    cache, begun, is_done = Published(10_000), threading.Event(), threading.Event()

    def slowly():
        begun.set()
        assert is_done.wait(30)
        return b"edition 2"

    cache.publish(time.monotonic())
    cache.published("edition", lambda: b"edition 1")
    cache.publish(time.monotonic())
    with ThreadPoolExecutor(2) as pool:
        pool.submit(cache.published, "edition", slowly)
        assert begun.wait(30)
        other = pool.submit(cache.published, "edition", lambda: b"made twice")
        is_done.set()
        assert other.result(30) == b"edition 2"
