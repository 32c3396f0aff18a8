"""What a shared cache such as a CDN is told with each answer, and when it must forget."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction
from django.test import Client

from debatekb.celery import app
from perspectives import tasks
from perspectives.actions.publication import publishing, purging, retracting
from perspectives.models import Crux, Topic, User
from perspectives.vocab import Role
from tests import factories

PAGE = f"/topics/{factories.TOPIC}/"
API = f"/api/v1{PAGE}"
KEPT = "max-age=300, stale-while-revalidate=30, stale-if-error=270"
TOPIC_KEY = f"topic:{factories.TOPIC}"

pytestmark = [pytest.mark.django_db, pytest.mark.measured]


class Cache(HTTPServer):
    """A cache that notes what it is told to forget, and answers with `status`."""

    status = 200

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.told = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append((self.headers["Authorization"], self.headers["Surrogate-Key"], body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def shared_cache(settings):
    """A shared cache in front of the site."""
    server = Cache()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
    settings.PURGE_TOKEN = "token"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock(monkeypatch):
    """The time of the job, which a test sets."""
    now = [1000.0]
    monkeypatch.setattr(purging.time, "time", lambda: now[0])
    return now


def forgotten(shared_cache):
    """Take away what the cache was told to forget."""
    keys = [key for _, _, body in shared_cache.told for key in body["tags"]]
    shared_cache.told.clear()
    return keys


def publish(proposer, reviewer):
    """Publish a next edition of the topic."""
    topic = Topic.objects.get(slug=factories.TOPIC)
    Crux.objects.filter(topic=topic, order=0).update(would_settle="Another survey.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")


@pytest.mark.parametrize(
    ("path", "lifetime", "keys"),
    [
        (PAGE, "public, max-age=0, s-maxage=300", f"site {TOPIC_KEY}"),
        ("/", "public, max-age=0, s-maxage=300", "site"),
        (f"/sources/{factories.ARTICLE_SOURCE}/", "public, max-age=0, s-maxage=300",
         f"site source:{factories.ARTICLE_SOURCE}"),
        (f"/articles/{factories.ARTICLE}/", "public, max-age=0, s-maxage=300", f"site article:{factories.ARTICLE}"),
        (API, "public, max-age=60, s-maxage=300", TOPIC_KEY),
        (f"{API}editions/", "public, max-age=60, s-maxage=300", TOPIC_KEY),
        ("/api/v1/claims/", "public, max-age=60, s-maxage=300", "site"),
    ],
)  # fmt: skip
def test_public_answers_may_be_shared(shared_cache, published, path, lifetime, keys):
    answer = Client().get(path)
    assert (answer.status_code, answer["Cache-Control"], answer["CDN-Cache-Control"]) == (200, lifetime, KEPT)
    assert (answer["Surrogate-Key"], answer["Cache-Tag"]) == (keys, keys.replace(" ", ","))
    assert "Accept-Encoding" in answer["Vary"]
    held = Client().get(path, headers={"if-none-match": answer["ETag"]})
    assert (held.status_code, held["Cache-Control"], held["Surrogate-Key"]) == (304, lifetime, keys)


def test_numbered_editions_stay_for_ever(shared_cache, published):
    answer = Client().get(f"{API}editions/1/")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer["Cache-Tag"], "CDN-Cache-Control" in answer) == (TOPIC_KEY, False)


@pytest.mark.parametrize(
    "path", ["/account/sign-in/", "/tray/", "/healthz/", "/quiz/", f"{PAGE}?first=opposing", "/nowhere/"]
)
def test_what_is_not_the_same_for_all_is_not_shared(shared_cache, published, path):
    answer = Client().get(path)
    assert "s-maxage" not in answer.get("Cache-Control", "")
    assert "Cache-Tag" not in answer


def test_answers_to_keys_are_not_shared(shared_cache, published):
    refused = Client().get(API, headers={"authorization": "Bearer nobody"})
    assert "Cache-Tag" not in refused


def test_without_a_purge_hook_nothing_is_shared(published):
    answer = Client().get(PAGE)
    assert answer["Cache-Control"] == "no-cache"
    assert "Cache-Tag" not in answer
    tasks.purge_shared_cache()  # does nothing, and asks nobody


def test_a_cache_is_told_of_everything_first_and_of_changes_twice(
    shared_cache, published, clock, proposer, reviewer, settings
):
    tasks.purge_shared_cache()
    assert set(forgotten(shared_cache)) >= {"site", TOPIC_KEY, f"article:{factories.ARTICLE}"}
    clock[0] += purging.SETTLED_SECONDS + settings.PUBLICATION_VERSION_TTL
    tasks.purge_shared_cache()
    assert "site" in forgotten(shared_cache)
    tasks.purge_shared_cache()
    assert forgotten(shared_cache) == []

    edition = publish(proposer, reviewer)
    for _ in range(2):
        tasks.purge_shared_cache()
        assert forgotten(shared_cache) == ["site", TOPIC_KEY]
        clock[0] += purging.SETTLED_SECONDS + settings.PUBLICATION_VERSION_TTL
    tasks.purge_shared_cache()
    assert forgotten(shared_cache) == []

    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    retracting.retract(edition_id=edition.pk, note="Misread.", by=chief)
    tasks.purge_shared_cache()
    assert [authorization for authorization, _, _ in shared_cache.told] == ["Bearer token"]
    assert shared_cache.told[0][1] == f"site {TOPIC_KEY}"


@pytest.mark.parametrize("status", [503, 403])
def test_a_cache_that_does_not_answer_is_told_again(shared_cache, published, clock, log_of, status):
    shared_cache.status = status
    log = log_of(purging)
    tasks.purge_shared_cache()
    assert f"answered {status}" in log.text
    clock[0] += 1000.0
    shared_cache.told.clear()
    shared_cache.status = 200
    tasks.purge_shared_cache()
    assert "site" in forgotten(shared_cache)


@pytest.mark.django_db(transaction=True)
def test_a_publication_has_the_cache_told_at_once(shared_cache, published, proposer, reviewer, monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", lambda name, **_: sent.append(name))
    with transaction.atomic():
        publish(proposer, reviewer)
        assert "perspectives.purge_shared_cache" not in sent
    assert "perspectives.purge_shared_cache" in sent
