"""A source is taken in by its DOI: asked for at a registry (one on this machine), added, and found at the desk."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from debatekb.celery import app
from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.models import Source, User
from perspectives.valkey import cache
from perspectives.vocab import Role
from tests import people
from tests.browser.accessible import assert_accessible, assert_fits_and_is_accessible
from tests.clients import registry_servers

DOI = "10.1000/piers.7"
RECORD = {
    "type": "journal-article",
    "title": ["New piers of the old bridge"],
    "author": [{"family": "Doe", "given": "Ann", "sequence": "first"}],
    "container-title": ["Journal of Invented Bridges"],
    "issued": {"date-parts": [[2020, 4]]},
    "DOI": DOI,
    "language": "en",
}
TEXT = json.dumps(
    [
        {"type": "book", "title": "Piers, and what they cost", "language": "nonsense"},
        {"type": "article-journal", "title": "Timber", "DOI": "10.1000/xyz123", "volume": "99"},
        "no item",
    ]
)


class Crossref(BaseHTTPRequestHandler):
    """A registry that knows one DOI, and negotiates nothing."""

    def do_GET(self):
        is_known = self.path == f"/works/{DOI.replace('/', '%2F')}"
        self.send_response(200 if is_known or self.path == f"/{DOI}" else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"status": "ok", "message": RECORD}).encode() if is_known else b"<html>")

    def log_message(self, *_):
        pass


@pytest.fixture
def registry(settings):
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Crossref)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.DOI_RESOLVER_URL = settings.CROSSREF_URL = f"http://127.0.0.1:{server.server_port}"
    settings.INTAKE_HOST_DELAY_SECONDS = 0
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def moderator(context, site):
    person = User.objects.create_user("moderator", role=Role.MODERATOR)
    client = Client()
    client.force_login(person)
    people.show_second_factor(client, person)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return person


def test_a_source_is_taken_in_by_its_doi(page, site, moderator, registry, complaints):
    app.control.purge()
    page.goto(f"{site}/desk/")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name="Intake").click()
    page.get_by_label("Paste them").fill(f"https://doi.org/{DOI.upper()}\n")
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("status").filter(has_text="0 of 1 entries are read.")).to_be_visible()
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=60):
        expect(page.get_by_text("1 of 1 entries are read. Nothing waits any more.")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Ready: 1").click()
    page.get_by_role("link", name="1 of intake").click()
    expect(page.get_by_label("Title")).to_have_value(RECORD["title"][0])
    expect(page.get_by_label("Category")).to_have_value("peer-reviewed")
    page.get_by_role("button", name="Add the source").click()
    expect(page.get_by_text("Entry 1 is the source “doe2020new” now.")).to_be_visible()
    page.goto(f"{site}/desk/sources/?words=doe2020new")
    expect(page.get_by_role("link", name="doe2020new")).to_be_visible()
    record = Source.objects.get(key="doe2020new").record
    assert (record["DOI"], record["checked"]["metadata"]) == (DOI, "partly")
    assert complaints == []


@pytest.fixture
def registries(settings):
    yield from registry_servers.playing(settings)


def test_pages_are_accessible_and_fit(page, site, moderator, registries, complaints):
    source = Source.objects.get(key="pratt2018timber")
    Source.objects.filter(pk=source.pk).update(record={**source.record, "DOI": "10.1000/xyz123"})
    waiting = intake_batches.start(by=moderator, text=TEXT)
    batch = intake_batches.start(by=moderator, text=TEXT)
    intake_reading.read_next(batch_id=batch.pk)
    way = f"/desk/intake/{batch.pk}/"
    for address in ("/desk/intake/", f"/desk/intake/{waiting.pk}/", way, *(f"{way}{number}/" for number in (1, 2, 3))):
        page.goto(site + address)
        assert_fits_and_is_accessible(page, address)
    Source.objects.filter(pk=source.pk).update(record={**source.record, "DOI": "10.1000/piers"})
    page.goto(f"{site}/desk/sources/{source.key}/")
    page.get_by_role("link", name="Look for an open copy").click()
    assert_fits_and_is_accessible(page, "open copy")
    page.get_by_role("button", name="Put it into the record").click()
    expect(page.get_by_text("The address of the open copy is in the record")).to_be_visible()
    page.goto(f"{site}/desk/intake/")
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was taken in.")
    assert_accessible(page, "refused")
    assert complaints == []
