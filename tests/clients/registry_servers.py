"""Servers that know works, in the shapes that they publish: one on this machine that plays all of them.

Each server has a folder of its own below the common address, so that what is asked of which is seen.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from perspectives.valkey import cache

KEY = "P9NiFoyLeZu2bZNvvuQPDWsd"
"""An API key of Zotero, of the form of theirs."""
ETAG = '"piers-1"'
SERVERS = {
    "DOI_RESOLVER_URL": "doi", "CROSSREF_URL": "crossref", "DATACITE_URL": "datacite", "OPENLIBRARY_URL": "books",
    "PUBMED_URL": "pubmed", "OPENALEX_URL": "openalex", "ZOTERO_URL": "zotero", "UNPAYWALL_URL": "unpaywall",
}  # fmt: skip
PIERS = {"type": "article-journal", "title": "Piers", "author": [{"family": "Doe", "given": "Ann"}]}
DATA = {
    "doi": "10.5072/tides", "titles": [{"title": "Tides at the old bridge"}], "publicationYear": 2019,
    "creators": [
        {"name": "Lind, Berit", "nameType": "Personal", "givenName": "Berit", "familyName": "Lind"},
        {"name": "Harbour Office", "nameType": "Organizational"},
    ],
    "publisher": "Tide Archive", "types": {"citeproc": "dataset"}, "url": "https://tides.example/1", "language": "en",
    "container": {"title": "Series of tides", "volume": "4", "firstPage": "7", "lastPage": "9"}, "contributors": None,
}  # fmt: skip
ARTICLE = {
    "source": "PubMed", "accessed": {"date-parts": [[2026, 1, 2]]}, "id": "pmid:31452104", "title": "Oak under load",
    "author": [{"family": "Roe", "given": "R."}], "container-title": "Timber", "issued": {"date-parts": [[2019, 8]]},
    "volume": "7", "page": "1-9", "PMID": "31452104", "DOI": "10.1000/oak", "type": "article-journal",
}  # fmt: skip
WORKS = [
    {
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/piers", "title": "Piers",
        "publication_year": 2001, "type": "article",
    },
    {
        "id": "https://openalex.org/W2", "doi": None, "title": "Of ferries: a memoir", "publication_year": 1988,
        "type": "book", "language": "en", "authorships": [{"author": {"display_name": "Ann Doe"}}],
        "primary_location": {"landing_page_url": "https://ferries.example/", "source": None},
        "biblio": {"volume": None, "issue": None, "first_page": "1", "last_page": None},
    },
    {"id": "https://openalex.org/W3", "doi": None, "title": "Twice", "publication_year": 1990, "type": "article"},
    {"id": "https://openalex.org/W4", "doi": None, "title": "Twice", "publication_year": None, "type": "article"},
]  # fmt: skip
COPY = {
    "url": "https://repository.example/piers.pdf", "url_for_landing_page": "https://repository.example/piers",
    "version": "acceptedVersion", "host_type": "repository", "license": "cc-by",
}  # fmt: skip


def zotero_items(number):
    return [
        {"id": f"1/ITEM{place}", "type": "book", "title": f"Book {place} of ferries", "publisher": "P", "note": "mine"}
        for place in range(number)
    ]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    asked: list[tuple[str, dict[str, str]]] = []
    """Paths, and the headers in small letters, in the order in which they were asked for."""
    libraries: dict[str, tuple[int, list[object]]] = {}
    """Zotero's: path -> version and items."""
    backoff = ""

    def do_GET(self):
        named = {name.lower(): value for name, value in self.headers.items()}
        Handler.asked.append((self.path, named))
        server, _, rest = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        status, headers, body = getattr(self, server)(rest, query, named)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if status != 304:
            self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def doi(self, doi, _query, named):
        if doi != "10.1000/piers":
            return 406 if "unread" in doi or "tides" in doi else 404, {}, b""
        return (304, {}, b"") if named.get("if-none-match") == ETAG else (200, {"ETag": ETAG}, PIERS)

    def crossref(self, rest, _query, _named):
        return 404, {}, f"Resource not found: {rest}".encode()

    def datacite(self, rest, _query, _named):
        answers = {"tides": (200, {"data": {"attributes": DATA}}), "unread-2": (200, {"data": []})}
        status, body = answers.get(rest.rpartition("/")[2], (404, {"errors": [{"status": "404"}]}))
        return status, {"Content-Type": "application/vnd.api+json"}, body

    def pubmed(self, rest, query, _named):
        known = {"31452104": ARTICLE, "3531190": {**ARTICLE, "title": "Oak under water"}, "7": {"status": "error"}}
        if query["id"] == "8":
            return 200, {}, b"<html>"
        assert (query["format"], rest in {"pubmed/", "pmc/"}) == ("csl", True)
        return (200, {}, known[query["id"]]) if query["id"] in known else (404, {}, {"status": "error"})

    def openalex(self, _rest, query, _named):
        assert query["api_key"] == "open-sesame"
        words = query["filter"].removeprefix("title.search:").lower().split()
        if words == ["rubbish"]:
            return 200, {}, b"no"
        return 200, {}, {"results": [work for work in WORKS if words[0] in work["title"].lower()]}

    def zotero(self, rest, query, named):
        key, path = named.get("zotero-api-key", ""), rest.removesuffix("/items/top")
        if rest == "keys/current":
            return (200, {}, {"userID": 475425}) if key == KEY else (403, {}, b"Invalid key")
        if path == "groups/13" and not key:
            return 403, {}, b"Forbidden"
        if path not in Handler.libraries:
            return 404, {}, b"Not found"
        version, items = Handler.libraries[path]
        if named.get("if-modified-since-version") == str(version):
            return 304, {}, b""
        start, limit = int(query["start"]), int(query["limit"])
        headers = {"Last-Modified-Version": str(version), "Total-Results": str(len(items))}
        if Handler.backoff:
            headers["Backoff"] = Handler.backoff
        return 200, headers, {"items": items[start : start + limit]}

    def unpaywall(self, doi, query, _named):
        assert query["email"] == "editors@kb.example"
        answers = {
            "10.1000/piers": (200, {"doi": doi, "is_oa": True, "best_oa_location": COPY}),
            "10.1000/closed": (200, {"doi": doi, "is_oa": False, "best_oa_location": None}),
            "10.1000/odd": (200, {"best_oa_location": {"url": "javascript:alert(1)"}}),
            "10.1000/rubbish": (200, b"<html>"),
        }
        status, body = answers.get(doi, (404, {"error": True}))
        return status, {}, body

    def log_message(self, *_):
        pass


def playing(settings):
    """Play all servers, and give their common address."""
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for name, folder in SERVERS.items():
        setattr(settings, name, f"{address}/{folder}")
    settings.OPENALEX_KEY, settings.UNPAYWALL_EMAIL = "open-sesame", "editors@kb.example"
    settings.CONTACT, settings.INTAKE_HOST_DELAY_SECONDS = "mailto:editors@kb.example", 0
    Handler.asked, Handler.libraries, Handler.backoff = [], {}, ""
    yield address
    server.shutdown()
    server.server_close()
