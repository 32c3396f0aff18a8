"""A platform registers itself by an invitation, once; what it says wrongly is told and leaves nothing behind."""

import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from redis import RedisError

from perspectives.actions.lti import inviting
from perspectives.clients.lti import logins
from perspectives.errors import BrokenRulesError, NotPermittedError
from perspectives.models import LogEntry, LtiDeployment, LtiKey, LtiRegistration
from perspectives.rules.lti import registration as rules
from perspectives.rules.lti.launch_claims import LaunchRefusedError
from perspectives.vocab import Role
from perspectives.web.lti.registering import tool
from tests.lti.conftest import code
from tests.lti.serving import Serving

pytestmark = pytest.mark.measured
NAME = "Moodle of Oak School"
KINDS = ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


class Registrar(Serving):
    """A platform that registers tools: `told` is its configuration, `answer` what it says to a registration."""

    def get(self, _):
        return 200, {}, self.told

    def post(self, request, body):
        self.asked.append((request.headers["Authorization"], json.loads(body)))
        return self.status, {}, self.answer

    def opens(self, issuer):
        """Say all that belongs there, for a platform with its keys at `issuer`."""
        self.asked, self.status = [], 201
        self.answer = {"client_id": "given-1", rules.TOOL: {"deployment_id": "place-1"}}
        self.told = {
            "issuer": issuer, "authorization_endpoint": f"{issuer}/auth", "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks", "registration_endpoint": f"{self.address}/register",
            "scopes_supported": ["openid", rules.SCOPES[0]], "authorization_server": f"{issuer}/audience",
            rules.PLATFORM: {"messages_supported": [{"type": kind} for kind in KINDS]},
        }  # fmt: skip


@pytest.fixture(scope="module")
def server():
    made = Registrar()
    yield made
    made.close()


@pytest.fixture
def registrar(server, lti, settings):
    settings.LTI_INSIDE = [*settings.LTI_INSIDE, server.address]
    server.opens(lti.platform.address)
    return server


@pytest.fixture
def chief(signed_in):
    return signed_in(Role.CHIEF_EDITOR)[1]


def accepted(registrar, by, **changes):
    """Accept an invitation as a platform's administrator does."""
    told = {"address": f"{registrar.address}/configuration", "platform_token": "once", **changes}
    return inviting.accept(token=inviting.invite(by=by, name=NAME), tool=tool(), **told)


def refused(registrar, by, **changes):
    """Give the code of the refusal; the invitation must hold on, and nothing may be left behind."""
    before, token = LtiRegistration.objects.count(), inviting.invite(by=by, name=NAME)
    told = {"address": f"{registrar.address}/configuration", "platform_token": "once", **changes}
    with pytest.raises(LaunchRefusedError) as raised:
        inviting.accept(token=token, tool=tool(), **told)
    assert inviting.invited(token=token) == {"by": by.pk, "name": NAME}
    assert LtiRegistration.objects.count() == before
    return raised.value.code


def test_a_platform_registers_itself_and_launches(registrar, lti, chief, client, settings):
    page = client.post("/desk/platforms/invite/", {"platform": NAME}).content.decode()
    address = urlsplit(unescape(re.search(r'class="secret">([^<]+)<', page)[1]))
    assert f"{address.scheme}://{address.netloc}" == settings.SITE_URL
    client.logout()
    assert "Enter it there" in client.get(address.path).content.decode()
    told = {"openid_configuration": f"{registrar.address}/configuration", "registration_token": "once"}
    page = client.get(address.path, told)
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert f"{registrar.address} will be able" in page.content.decode()
    assert registrar.asked == []
    assert client.post(address.path, told).status_code == 403  # not from our own page
    page = client.post(address.path, told, headers=OWN_PAGE)
    assert f"{NAME} is connected" in page.content.decode()

    [(authorization, asked)] = registrar.asked
    site = settings.SITE_URL
    assert authorization == "Bearer once"
    assert asked["redirect_uris"] == [f"{site}/lti/launch/"]
    assert (asked["initiate_login_uri"], asked["jwks_uri"]) == (f"{site}/lti/login/", f"{site}/lti/keys/")
    assert asked["scope"] == rules.SCOPES[0]
    assert asked[rules.TOOL]["claims"] == ["iss", "sub"]
    assert [one["type"] for one in asked[rules.TOOL]["messages"]] == KINDS
    assert LtiKey.objects.filter(retired_at=None).count() == 1
    made = LtiRegistration.objects.get(client_id="given-1")
    assert (made.name, made.made_by, made.token_audience) == (NAME, chief, f"{lti.platform.address}/audience")
    assert LtiDeployment.objects.get(registration=made).deployment_id == "place-1"
    assert LogEntry.objects.filter(code="lti.registered", by=chief).count() == 1

    state = lti.login(client_id="given-1")
    claims = lti.platform.claims(state["nonce"], site, aud="given-1")
    claims["https://purl.imsglobal.org/spec/lti/claim/deployment_id"] = "place-1"
    answer = client.post("/lti/launch/", {"state": state["state"], "id_token": lti.platform.token(claims)})
    assert answer.status_code == 200, answer.content
    assert code(client.post(address.path, told, headers=OWN_PAGE)) == "invitation"
    assert code(client.get(address.path)) == "invitation"


def test_a_platform_may_say_little(registrar, lti, chief, client):
    """No token, no deployment yet, nothing said of scopes and messages, the deep linking that others leave out."""
    del registrar.told["scopes_supported"], registrar.told["authorization_server"]
    registrar.told[rules.PLATFORM] = {"messages_supported": [{"type": "LtiResourceLinkRequest"}, 7]}
    registrar.answer = {"client_id": "given-2"}
    token = inviting.invite(by=chief, name=NAME)
    told = {"openid_configuration": f"{registrar.address}/configuration"}
    page = client.post(f"/lti/register/{token}/", told, headers=OWN_PAGE).content.decode()
    assert "send its deployment id" in page
    [(authorization, asked)] = registrar.asked
    assert authorization is None
    assert asked["scope"] == " ".join(rules.SCOPES)
    assert [one["type"] for one in asked[rules.TOOL]["messages"]] == ["LtiResourceLinkRequest"]
    registrar.told[rules.PLATFORM], registrar.answer = "rubbish", {"client_id": "given-3", rules.TOOL: "rubbish"}
    assert accepted(registrar, chief).token_audience == ""
    assert len(registrar.asked[-1][1][rules.TOOL]["messages"]) == 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"issuer": None}, "configuration"),
        ({"issuer": "moodle"}, "configuration"),
        ({"issuer": "https://elsewhere.example"}, "issuer"),
        ({"authorization_endpoint": None}, "configuration"),
        ({"token_endpoint": 7}, "configuration"),
        ({"jwks_uri": "javascript:alert(1)"}, "configuration"),
        ({"registration_endpoint": "x" * 3000}, "configuration"),
        ({"jwks_uri": "http://10.0.0.1/keys"}, "registration"),
        ({"token_endpoint": "http://example.org/token"}, "registration"),
        ({"registration_endpoint": "http://10.0.0.1/register"}, "platform-registration"),
        ({"registration_endpoint": "http://127.0.0.1:1/register"}, "platform-registration"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(registrar, chief, told, expected):
    registrar.told = {**registrar.told, **told}
    assert refused(registrar, chief) == expected
    assert registrar.asked == []


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"[" * 100_000, b"{" + b" " * 300_000 + b"}"])
def test_a_configuration_that_is_none_is_refused(registrar, chief, body):
    registrar.told = body
    assert refused(registrar, chief) == "configuration"


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (201, {}, "registration-answer"),
        (201, {"client_id": 7}, "registration-answer"),
        (201, {"client_id": "a\0b"}, "registration-answer"),
        (201, {"client_id": "client-1"}, "registration"),
        (201, [], "platform-registration"),
        (400, {"error": "invalid_client_metadata", "error_description": "no"}, "platform-registration"),
        (401, b"", "platform-registration"),
        (503, {}, "platform-registration"),
        (307, {}, "platform-registration"),
    ],
)
def test_an_answer_that_registers_nothing_is_refused(registrar, chief, status, answer, expected):
    registrar.status, registrar.answer = status, answer
    assert refused(registrar, chief) == expected
    assert len(registrar.asked) == 1


def test_what_the_platform_says_of_its_reasons_is_told(registrar, chief):
    registrar.status, registrar.answer = 400, {"error": "invalid_client_metadata", "error_description": "Bad logo."}
    with pytest.raises(LaunchRefusedError, match="and said: Bad logo"):
        accepted(registrar, chief)


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/c", "http://[::1]/c", "https://127.0.0.1:1/c", "http://localhost:1/c"]
)
def test_a_configuration_inside_is_refused(registrar, chief, address):
    assert refused(registrar, chief, address=address) == "configuration"


def test_rubbish_in_the_address_is_refused(registrar, chief, client):
    token = inviting.invite(by=chief, name=NAME)
    at, good = f"/lti/register/{token}/", f"{registrar.address}/configuration"
    for address, platform_token, expected in (
        ("ftp://moodle.example/", "", "configuration"),
        (f"{good}?{'x' * 3000}", "", "configuration"),
        (good, "a\r\nHost: b", "registration-token"),
        (good, "ä", "registration-token"),
        (good, "x" * 9000, "registration-token"),
    ):
        told = {"openid_configuration": address, "registration_token": platform_token}
        assert code(client.post(at, told, headers=OWN_PAGE)) == expected
        assert code(client.get(at, told)) == expected
    assert code(client.get("/lti/register/unheard-of/")) == "invitation"
    assert code(client.get(f"/lti/register/{'x' * 5000}/")) == "invitation"
    assert registrar.asked == []


def test_who_may_invite(registrar, chief, reader):
    with pytest.raises(NotPermittedError):
        inviting.invite(by=reader, name=NAME)
    for name in ("", " ", "a\0b", "x" * 201):
        with pytest.raises(BrokenRulesError):
            inviting.invite(by=chief, name=name)


def test_an_invitation_goes_with_the_role_of_who_gave_it(registrar, chief):
    token = inviting.invite(by=chief, name=NAME)
    chief.role = Role.READER
    chief.save()
    with pytest.raises(LaunchRefusedError) as raised:
        inviting.accept(token=token, address=f"{registrar.address}/configuration", platform_token="", tool=tool())
    assert raised.value.code == "registration"
    assert registrar.asked == []


def test_an_invitation_is_taken_by_one_of_two(registrar, chief):
    """The other comes while the first is being registered."""
    token = inviting.invite(by=chief, name=NAME)
    told = {"address": f"{registrar.address}/configuration", "platform_token": "", "tool": tool()}
    taken = logins.take("invitation", token)
    with pytest.raises(LaunchRefusedError) as raised:
        inviting.accept(token=token, **told)
    assert raised.value.code == "invitation"
    logins.keep("invitation", taken, seconds=60, token=token)
    assert inviting.accept(token=token, **told).name == NAME


def test_without_valkey_it_is_said(client, monkeypatch):
    def away(*_, **__):
        raise RedisError

    monkeypatch.setattr(logins, "look", away)
    assert code(client.get("/lti/register/any/")) == "away"


def test_bad_names_come_back_in_the_form(client, chief):
    page = client.post("/desk/platforms/invite/", {"platform": " "}).content.decode()
    assert "Nobody was invited." in page
    assert "This field is required." in page
