import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from perspectives.actions.classroom import classes
from tests import factories
from tests.lti.book import Book
from tests.lti.platform import CLIENT, Platform, let_in, register


@pytest.fixture(scope="module")
def platform():
    made = Platform()
    yield made
    made.close()


class World:
    """A registered platform, and a browser that is led through its logins."""

    def __init__(self, platform, client, site):
        self.platform, self.client, self.site = platform, client, site
        self.registration = register(platform.address)

    def login(self, status=302, **changes):
        asked = {
            "iss": self.platform.address,
            "login_hint": "h",
            "target_link_uri": f"{self.site}/lti/launch/",
            "client_id": CLIENT,
            **changes,
        }
        answer = self.client.post("/lti/login/", {name: value for name, value in asked.items() if value is not None})
        assert answer.status_code == status, answer.content
        return dict(parse_qsl(urlsplit(answer["Location"]).query)) if status == 302 else code(answer)

    def launch(self, claims=None, *, state=None, token=None, headers=None, keeps_cookies=True, **changes):
        """Log in and launch with changed claims, in a frame unless the headers say otherwise; give the answer."""
        asked = self.login()
        if not keeps_cookies:
            self.client.cookies.clear()
        claims = self.platform.claims(asked["nonce"], self.site, **{**(claims or {}), **changes})
        sent = {"state": asked["state"] if state is None else state, "id_token": token or self.platform.token(claims)}
        return self.client.post("/lti/launch/", sent, headers=headers or {})


def code(answer):
    """Read the reason code that a refusal shows."""
    assert answer.status_code == 403, (answer.status_code, answer.content[:500])
    return re.search(r"<code data-code>([a-z-]+)</code>", answer.content.decode())[1]


@pytest.fixture
def lti(platform, client, settings, published, monkeypatch):
    let_in(settings, monkeypatch, platform.address)
    return World(platform, client, settings.SITE_URL)


@pytest.fixture
def book(lti, settings):
    made = Book()
    settings.LTI_INSIDE = [*settings.LTI_INSIDE, made.address]
    lti.registration.token_url = f"{made.address}/token"
    lti.registration.save()
    yield made
    made.close()


@pytest.fixture
def room(reader, published):
    return classes.begin(by=reader, topics=[factories.TOPIC])
