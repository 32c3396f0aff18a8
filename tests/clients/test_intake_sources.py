"""Other people's servers, played by a real one on this machine: records, refusals, slowness, tricks."""

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.clients import http
from perspectives.clients.intake import doi_registries, openlibrary, web_page
from perspectives.models import IntakeEntry
from perspectives.valkey import cache

pytestmark = pytest.mark.measured

CSL = {
    "type": "article-journal",
    "title": "Piers",
    "DOI": "10.1000/piers",
    "author": [{"family": "Doe", "given": "A."}],
}
BOOK = {
    "ISBN:9780306406157": {
        "title": "Bridges", "subtitle": "A history", "authors": [{"name": "Ann Doe"}], "publishers": [{"name": "P"}],
        "publish_date": "May 1999", "number_of_pages": 12,
    }
}  # fmt: skip


class Server(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        Server.asked.append(self.path)
        status, headers, body = self.answer()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in body:
            try:
                self.wfile.write(piece)
            except OSError:
                return

    def answer(self):
        path = self.path
        if path.startswith("/api/books"):
            return 200, {}, [json.dumps(BOOK if "9780306406157" in path else {}).encode()]
        if path.startswith("/works/"):
            known = "only-crossref" in path
            return (
                (200, {}, [json.dumps({"message": {**CSL, "title": ["Piers"]}}).encode()]) if known else (404, {}, [])
            )
        trick = path.rpartition("/")[2]
        return {
            "piers": (200, {}, [json.dumps(CSL).encode()]),
            "missing": (404, {}, []),
            "busy": (429, {"Retry-After": "3600"}, []),
            "broken": (500, {}, []),
            "rubbish": (200, {}, [b"<html>"]),
            "only-crossref": (406, {}, []),
            "huge": (200, {}, [b"x" * 100_000] * 30),
            "inside": (302, {"Location": "http://10.0.0.1/secret"}, []),
            "metadata": (302, {"Location": "http://169.254.169.254/latest"}, []),
            "file": (302, {"Location": "file:///etc/passwd"}, []),
            "round": (302, {"Location": "round"}, []),
            "page": (200, {"Content-Type": "text/html; charset=utf-8"}, ["<title>Brücken</title>".encode()]),
            "picture": (200, {"Content-Type": "image/png"}, [b"PNG"]),
            "slow": (200, {}, (time.sleep(0.1) or b"x" for _ in range(30))),
        }.get(trick, (404, {}, []))

    def log_message(self, *_):
        pass


@pytest.fixture(autouse=True)
def server(settings):
    cache.clear()
    made = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{made.server_port}"
    settings.DOI_RESOLVER_URL = settings.CROSSREF_URL = settings.OPENLIBRARY_URL = settings.DATACITE_URL = address
    settings.INTAKE_HOST_DELAY_SECONDS = 0
    Server.asked = []
    yield address
    made.shutdown()
    made.server_close()


def test_a_doi_gives_its_record_and_is_asked_for_once():
    assert doi_registries.item("10.1000/piers") == CSL
    assert doi_registries.item("10.1000/piers") == CSL
    assert Server.asked == ["/10.1000/piers"]


def test_where_the_resolver_has_no_record_crossref_is_asked():
    assert doi_registries.item("10.1000/only-crossref")["title"] == ["Piers"]


@pytest.mark.parametrize("trick", ["missing", "rubbish", "huge", "inside", "metadata", "file", "round"])
def test_what_will_not_get_better_is_refused(trick):
    with pytest.raises(http.FetchError) as refused:
        doi_registries.item(f"10.1000/{trick}")
    assert not isinstance(refused.value, http.UnreachableError)
    assert "secret" not in "".join(Server.asked)


@pytest.mark.parametrize(("trick", "retry_after"), [("busy", 3600), ("broken", None)])
def test_what_may_get_better_says_when(trick, retry_after):
    with pytest.raises(http.UnreachableError) as refused:
        doi_registries.item(f"10.1000/{trick}")
    assert refused.value.retry_after == retry_after


def test_slow_answers_are_given_up(server, monkeypatch):
    monkeypatch.setattr(http, "MOST_SECONDS", 0.5)
    with pytest.raises(http.UnreachableError):
        http.get(f"{server}/slow", accept="*/*")


def test_a_page_says_what_it_is(server):
    item = web_page.item(f"{server}/page")
    assert item == {"type": "webpage", "URL": f"{server}/page", "title": "Brücken", "language": ""}


@pytest.mark.parametrize(("trick", "words"), [("missing", "answered 404"), ("picture", "no page, but a file")])
def test_what_is_no_page_is_refused(trick, words, server):
    with pytest.raises(http.FetchError, match=words):
        web_page.item(f"{server}/{trick}")


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://127.0.0.1:1/", "http://[::1]/", "http://0.0.0.0/"])
def test_addresses_inside_are_not_fetched(address):
    with pytest.raises(http.FetchError, match="private network"):
        web_page.item(address)


@pytest.mark.parametrize("address", ["ftp://example.org/", "http://a@example.org/", "http://x:99999/", "nothing"])
def test_what_is_no_web_address_is_not_fetched(address):
    with pytest.raises(http.FetchError):
        http.get(address, accept="*/*")


def test_a_book_is_found_by_its_isbn():
    item = openlibrary.item("9780306406157")
    assert (item["title"], item["author"], item["issued"]) == (
        "Bridges: A history",
        [{"literal": "Ann Doe"}],
        {"date-parts": [[1999]]},
    )
    with pytest.raises(http.FetchError, match="no book"):
        openlibrary.item("9783161484100")


def test_entries_that_cannot_be_asked_for_wait_and_say_until_when(proposer, settings):
    settings.DOI_RESOLVER_URL = settings.CROSSREF_URL = "http://127.0.0.1:1"
    batch = intake_batches.start(by=proposer, text="10.1000/piers\n10.1000/other\n9780306406157\nnothing")
    intake_reading.read_next(batch_id=batch.pk)
    first, second, book, line = IntakeEntry.objects.filter(batch=batch).order_by("number")
    assert [first.state, second.state, book.state, line.state] == ["waiting", "waiting", "ready", "failed"]
    assert "could not be reached" in first.last_error
    assert first.next_try_at == second.next_try_at
    assert (first.attempts, second.attempts) == (1, 0)


def test_addresses_are_read_refused_or_given_up_each_for_itself(proposer, server):
    batch = intake_batches.start(
        by=proposer, text="\n".join(f"{server}/{one}" for one in ("page", "missing", "busy", "broken"))
    )
    IntakeEntry.objects.filter(batch=batch).update(attempts=intake_reading.MOST_TRIES - 1)
    IntakeEntry.objects.filter(identifier__endswith="busy").update(attempts=1)
    for _ in range(4):
        intake_reading.read_next(batch_id=batch.pk)
    page, missing, busy, broken = IntakeEntry.objects.filter(batch=batch).order_by("number")
    assert [one.state for one in (page, missing, busy, broken)] == ["ready", "failed", "waiting", "failed"]
    assert (page.record["title"], page.record["accessed"]) == ("Brücken", f"{timezone.now():%Y-%m-%d}")
    assert "404" in missing.last_error
    assert busy.next_try_at > timezone.now() + timedelta(minutes=59)
    assert broken.last_error.endswith(f"It was tried {intake_reading.MOST_TRIES} times.")
