"""The services of a learning platform for tests: tokens of access, line items, a roster, and a book of grades."""

import json
import threading
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from jwt.algorithms import RSAAlgorithm

from perspectives.rules.lti import grading, line_items, roster
from tests.lti.platform import CLIENT
from tests.lti.serving import Serving

SCOPES = {grading.SCOPE, line_items.SCOPE, line_items.READING_SCOPE, roster.SCOPE}
SIZE = 2


class Book(Serving):
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
        super().__init__()

    def get(self, request):
        parts = urlsplit(request.path)
        self.asked.append(request.path)
        found = self.items_of if parts.path == "/items" else self.page
        return self.answers.get(request.path) or found(request, dict(parse_qsl(parts.query)))

    def post(self, request, body):
        if request.path == "/token":
            return self.token(body)
        if request.path.startswith("/items/"):
            return self.score(request, json.loads(body))
        return self.answers.get(f"POST {request.path}") or self.make(request, json.loads(body))

    def may(self, request, *scopes):
        return request.headers["Authorization"] in [f"Bearer {self.kept.get(one)}" for one in scopes]

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
        if self.status or not self.may(request, grading.SCOPE):
            return self.status or 401, self.headers, {}
        known = self.scores.get(given["userId"])
        if known and known["timestamp"] >= given["timestamp"]:
            return 409, {}, {}
        self.scores[given["userId"]] = given
        self.has_taken.set()
        self.is_answering.wait()
        return 200, {}, {}

    def items_of(self, request, asked):
        if not self.may(request, line_items.SCOPE, line_items.READING_SCOPE):
            return 401, {}, {}
        return 200, {}, [one for one in self.items if one["resourceLinkId"] == asked["resource_link_id"]]

    def make(self, request, wanted):
        if not self.may(request, line_items.SCOPE):
            return 401, {}, {}
        assert request.headers["Content-Type"] == line_items.CONTENT_TYPE
        self.items.append({**wanted, "id": f"{self.address}/items/{len(self.items) + 1}?type_id=7"})
        return 201, {}, self.items[-1]

    def page(self, request, asked):
        """Give some members, and where they go on."""
        if not self.may(request, roster.SCOPE):
            return 401, {}, {}
        begin = int(asked.get("from", 0))
        end = begin + SIZE
        more = {"Link": f'<{self.address}/members?from={end}>; rel="next"'} if self.members[end:] else {}
        return 200, more, {"id": request.path, "members": self.members[begin:end]}
