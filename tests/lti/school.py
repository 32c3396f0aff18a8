"""A learning platform beside a running system: pupils that launch over HTTP, and a book for their grades."""

import json
import subprocess
import sys
import time
from urllib.parse import parse_qsl, urlsplit

import httpx

from perspectives.rules.lti import grading
from perspectives.rules.lti.launch_claims import GRADES
from tests.lti.book import Book
from tests.lti.platform import CLIENT, LTI, Platform, key
from tests.run.system import ROOT, System

PATIENCE_SECONDS = 120


class SchoolBook(Book):
    """A book that reads our keys where we publish them."""

    site = ""

    @property
    def keys(self):
        return httpx.get(f"{self.site}/lti/keys/", trust_env=False).json()["keys"]


class School:
    """Begun before the system, which must know its addresses (`inside`); `join` registers it there."""

    def __init__(self):
        self.platform, self.book = Platform(), SchoolBook()
        self.inside = f"{self.platform.address},{self.book.address}"
        self.signs_with = ("k1", self.platform.private)

    def join(self, system: System):
        self.system = system
        self.book.site = f"http://127.0.0.1:{system.port}"
        self.code = self.do("make", self.platform.address, self.book.address)

    def do(self, *words):
        """Run a command of `class_commands` in the system's environment; give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.lti.class_commands", *words],
            cwd=ROOT,
            env=self.system.environment(DJANGO_SETTINGS_MODULE="debatekb.settings"),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def launch(self, user):
        """Open the link to the class as a pupil does; give the answer."""
        kid, private = self.signs_with
        with httpx.Client(base_url=self.book.site, trust_env=False, timeout=30) as browser:
            told = {"iss": self.platform.address, "login_hint": "h", "client_id": CLIENT}
            login = browser.post("/lti/login/", data=told)
            asked = dict(parse_qsl(urlsplit(login.headers["location"]).query))
            changes = {
                "sub": user,
                f"{LTI}custom": {"content": "class", "code": self.code},
                GRADES: {"lineitem": f"{self.book.address}/items/1", "scope": [grading.SCOPE]},
            }
            claims = self.platform.claims(asked["nonce"], asked["redirect_uri"].removesuffix("/lti/launch/"), **changes)
            sent = {"state": asked["state"], "id_token": self.platform.token(claims, kid=kid, private=private)}
            return browser.post("/lti/launch/", data=sent)

    def wait_sent(self, *, posts):
        """Wait until so many scores were sent, and the system has written down that none is left."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.book.posts) < posts or json.loads(self.do("states")) != [["sent"], False]:
            assert time.monotonic() < end, self.book.posts
            time.sleep(0.2)
        assert len(self.book.posts) == posts

    def publish_key(self, kid):
        """Show a new key beside the old one, sign with it, and take the old one back once a pupil has come by it."""
        private, public = key(kid)
        self.platform.keys = [*self.platform.keys, public]
        self.signs_with = (kid, private)
        assert self.launch("user-1").status_code == 200
        self.platform.keys = [public]

    def close(self):
        for one in (self.platform, self.book):
            one.close()
