"""The services of a learning platform for tests: tokens of access, line items, a roster, and a book of grades."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from jwt.algorithms import RSAAlgorithm

from perspectives.rules.lti import grading, line_items, roster
from tests.lti.platform import CLIENT

SCOPES = {grading.SCOPE, line_items.SCOPE, line_items.READING_SCOPE, roster.SCOPE}
SIZE = 2


class Book:
    """A book takes newer scores alone; line items are listed and made at /items, members are listed at /members.

    `status`, where it is set, is answered to scores instead, with `headers`; `answers` has what is answered to an
    address instead, as (status, headers, body). `tokens` counts those that were given; `kept` are those that are taken,
    one a scope. `keys` are ours, as they were when `send` began: its thread sees nothing of a test's transaction.
    """

    keys = ()

    def __init__(self):
        self.scores, self.posts, self.tokens, self.status, self.headers = {}, [], 0, None, {}
        self.kept, self.items, self.members, self.answers, self.asked = {}, [], [], {}, []
        self.is_answering, self.has_taken = threading.Event(), threading.Event()
        self.is_answering.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.book = self
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, body):
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        assertion = asked["client_assertion"]
        kid = jwt.get_unverified_header(assertion)["kid"]
        key = RSAAlgorithm.from_jwk(next(one for one in self.keys if one["kid"] == kid))
        claims = jwt.decode(assertion, key, algorithms=["RS256"], audience=f"{self.address}/token")
        assert claims["iss"] == claims["sub"] == CLIENT
        assert asked["grant_type"] == "client_credentials"
        assert asked["scope"] in SCOPES
        self.tokens += 1
        self.kept[asked["scope"]] = f"token-{self.tokens}"
        return 200, {}, {"access_token": f"token-{self.tokens}", "expires_in": 3600}

    def score(self, request, given):
        self.posts.append((request.path, request.headers["Authorization"], given))
        if self.status or not request.may(grading.SCOPE):
            return self.status or 401, self.headers, {}
        known = self.scores.get(given["userId"])
        if known and known["timestamp"] >= given["timestamp"]:
            return 409, {}, {}
        self.scores[given["userId"]] = given
        self.has_taken.set()
        self.is_answering.wait()
        return 200, {}, {}

    def items_of(self, request, asked):
        if not request.may(line_items.SCOPE, line_items.READING_SCOPE):
            return 401, {}, {}
        return 200, {}, [one for one in self.items if one["resourceLinkId"] == asked["resource_link_id"]]

    def make(self, request, wanted):
        if not request.may(line_items.SCOPE):
            return 401, {}, {}
        assert request.headers["Content-Type"] == line_items.CONTENT_TYPE
        self.items.append({**wanted, "id": f"{self.address}/items/{len(self.items) + 1}?type_id=7"})
        return 201, {}, self.items[-1]

    def page(self, request, asked):
        """Give some members, and where they go on."""
        if not request.may(roster.SCOPE):
            return 401, {}, {}
        begin = int(asked.get("from", 0))
        end = begin + SIZE
        more = {"Link": f'<{self.address}/members?from={end}>; rel="next"'} if self.members[end:] else {}
        return 200, more, {"id": request.path, "members": self.members[begin:end]}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        book, parts = self.server.book, urlsplit(self.path)
        book.asked.append(self.path)
        found = book.items_of if parts.path == "/items" else book.page
        self.answer(*(book.answers.get(self.path) or found(self, dict(parse_qsl(parts.query)))))

    def do_POST(self):
        book, body = self.server.book, self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/token":
            self.answer(*book.token(body))
        elif self.path.startswith("/items/"):
            self.answer(*book.score(self, json.loads(body)))
        else:
            self.answer(*(book.answers.get(f"POST {self.path}") or book.make(self, json.loads(body))))

    def answer(self, status, headers, content):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def may(self, *scopes):
        return self.headers["Authorization"] in [f"Bearer {self.server.book.kept.get(one)}" for one in scopes]

    def log_message(self, *_):
        """Say nothing."""
