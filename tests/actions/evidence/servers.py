"""Other people's servers, as checks meet them: one on this machine that plays all of them, by the path asked for."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from typing import Any

from perspectives.clients import typesetting

Answer = tuple[int, dict[str, str], Iterable[bytes]]
"""A status, headers, and the body in pieces."""

WORDS = "The oak that has carried us dry-shod must not be felled"
FILLING = " ".join(["Planks and piers of a bridge that never was."] * 250)
ARTICLE = f"<html><head><title>Leave it</title></head><body><p>{WORDS}, she wrote.</p><p>{FILLING}</p></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
CSV_HEAD = "Record ID,OriginalPaperDOI,RetractionDOI,RetractionDate,RetractionNature,Reason\n"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    asked: list[str] = []
    """Paths, in the order in which they were asked for."""
    notices: list[dict[str, object]] = []
    """What Crossref knows of retractions: records with `update-to`."""
    data_set = CSV_HEAD
    """What the data set of retractions has."""
    disallowed = ""
    """A path that robots.txt closes."""
    kept = "/gone-but-kept"
    """What the web archive has, by a part of its address."""
    records: dict[str, dict[str, object]] = {}
    """What registers answer, by the path asked for."""
    moved = ""
    """The text that the page `/changing` has."""

    def do_GET(self) -> None:
        if self.path != "/robots.txt":
            Handler.asked.append(self.path)
        status, headers, body = self.answer(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for piece in body:
                self.wfile.write(piece)
        except OSError:
            return

    def answer(self, path: str) -> Answer:
        if path == "/robots.txt":
            return 200, {}, [f"User-agent: *\nDisallow: {Handler.disallowed}\n".encode()]
        if path.startswith("/works?"):
            return 200, {}, [json.dumps({"message": {"items": Handler.notices}}).encode()]
        if path == "/retractions.csv":
            return 200, {"Content-Type": "text/csv"}, [Handler.data_set.encode()]
        if path in Handler.records:
            return 200, {}, [json.dumps(Handler.records[path]).encode()]
        if path.startswith("/archive/"):
            copy = timemap(self.headers["Host"]) if "/timemap/" in path else ARTICLE
            return (200, HTML, [copy.encode()]) if Handler.kept in path else (404, HTML, [b"nothing archived"])
        return ANSWERS.get(path.partition("?")[0].lstrip("/"), lambda: (404, HTML, [b"<title>nothing</title>"]))()

    def log_message(self, *_: object) -> None:
        pass


def timemap(host: str | None) -> str:
    copies = (
        ("2019", "Tue, 01 Jan 2019 00:00:00 GMT"),
        ("2021", "Mon, 03 May 2021 10:00:00 GMT"),
        ("2026", "Thu, 01 Jan 2026 00:00:00 GMT"),
    )
    rows = [f'<http://{host}/archive/{name}/page>; rel="memento"; datetime="{when}"' for name, when in copies]
    elsewhere = '<http://elsewhere.example/2021/page>; rel="memento"; datetime="Sat, 01 May 2021 00:00:00 GMT"'
    return ",\n".join([f'<http://{host}/archive/timemap>; rel="self"', elsewhere, *rows])


def pdf(words: str) -> bytes:
    return typesetting.pdf(words, inputs={}, moment=datetime(2026, 3, 1, tzinfo=UTC))


def slowly() -> Iterator[bytes]:
    for _ in range(400):
        time.sleep(0.1)
        yield b"x"


ANSWERS: dict[str, Callable[[], Answer]] = {
    "page": lambda: (200, HTML, [ARTICLE.encode()]),
    "changing": lambda: (200, HTML, [ARTICLE.replace(WORDS, Handler.moved or WORDS).encode()]),
    "without-not": lambda: (200, HTML, [ARTICLE.replace("must not", "must").encode()]),
    "abstract": lambda: (200, HTML, [b"<p>In this article the author speaks of oak.</p>"]),
    "other-text": lambda: (200, HTML, [ARTICLE.replace(WORDS, "Nothing about trees").encode()]),
    "latin": lambda: (200, {"Content-Type": "text/html; charset=iso-8859-2"}, ["<p>Ždár</p>".encode("iso-8859-2")]),
    "misnamed": lambda: (200, {"Content-Type": "text/html; charset=unheard-of"}, [ARTICLE.encode()]),
    "paper.pdf": lambda: (200, {"Content-Type": "application/pdf"}, [pdf(f"{WORDS}.")]),
    "paper": lambda: (200, {"Content-Type": "application/octet-stream"}, [pdf(f"{WORDS}.")]),
    "picture": lambda: (200, {"Content-Type": "image/png"}, [b"\x89PNG"]),
    "says-gone": lambda: (200, HTML, [b"<title>Page not found | Review</title><p>Sorry.</p>"]),
    "to-front": lambda: (302, {"Location": "/"}, []),
    "": lambda: (200, HTML, [b"<title>The Review</title>"]),
    "moved": lambda: (301, {"Location": "/page"}, []),
    "for-now": lambda: (302, {"Location": "/page"}, []),
    "round": lambda: (302, {"Location": "/round"}, []),
    "closed": lambda: (403, HTML, [b"no"]),
    "busy": lambda: (429, {"Retry-After": "3600"}, []),
    "broken": lambda: (500, {}, []),
    "inside": lambda: (302, {"Location": "http://10.0.0.1/secret"}, []),
    "endless": lambda: (200, HTML, repeat(b"<p>more</p>" * 1000)),
    "bomb": lambda: (200, {**HTML, "Content-Encoding": "gzip"}, [gzip.compress(b"<p>x</p>" * 20_000_000)]),
    "drip": lambda: (200, HTML, slowly()),
}


def playing(settings: Any) -> Iterator[str]:
    """Play all servers, and give their common address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.DOI_RESOLVER_URL = settings.CROSSREF_URL = settings.OPENLIBRARY_URL = address
    settings.RETRACTIONS_URL, settings.ARCHIVE_URL = f"{address}/retractions.csv", f"{address}/archive"
    settings.INTAKE_HOST_DELAY_SECONDS = settings.EVIDENCE_HOST_DELAY_SECONDS = 0
    Handler.asked, Handler.notices, Handler.data_set = [], [], CSV_HEAD
    Handler.disallowed, Handler.moved, Handler.records, Handler.kept = "", "", {}, "/gone-but-kept"
    yield address
    server.shutdown()
    server.server_close()
