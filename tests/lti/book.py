"""The services of a learning platform for tests: tokens of access, and a book of grades that takes newer ones alone."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt
from jwt.algorithms import RSAAlgorithm

from perspectives.rules.lti import grading as rules
from tests.lti.platform import CLIENT


class Book:
    """A platform's services: tokens for assertions that our key set checks, and a book that takes newer scores alone.

    `status`, where it is set, is answered to scores instead; `tokens` counts those that were given. `keys` are ours, as
    they were when `send` began: its thread sees nothing of a test's transaction.
    """

    keys = ()

    def __init__(self):
        self.scores, self.posts, self.tokens, self.status = {}, [], 0, None
        self.is_answering, self.has_taken = threading.Event(), threading.Event()
        self.is_answering.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, answer = outer.token(body) if self.path == "/token" else outer.score(self, json.loads(body))
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, body):
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        assertion = asked["client_assertion"]
        kid = jwt.get_unverified_header(assertion)["kid"]
        key = RSAAlgorithm.from_jwk(next(one for one in self.keys if one["kid"] == kid))
        claims = jwt.decode(assertion, key, algorithms=["RS256"], audience=f"{self.address}/token")
        assert claims["iss"] == claims["sub"] == CLIENT
        assert (asked["grant_type"], asked["scope"]) == ("client_credentials", rules.SCOPE)
        self.tokens += 1
        return 200, {"access_token": f"token-{self.tokens}", "expires_in": 3600}

    def score(self, request, given):
        self.posts.append((request.path, request.headers["Authorization"], given))
        if self.status or request.headers["Authorization"] != f"Bearer token-{self.tokens}":
            return self.status or 401, {}
        known = self.scores.get(given["userId"])
        if known and known["timestamp"] >= given["timestamp"]:
            return 409, {}
        self.scores[given["userId"]] = given
        self.has_taken.set()
        self.is_answering.wait()
        return 200, {}
