"""Launches that are not sound, each refused for its reason."""

import threading
import time
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.db import connections
from django.test import Client

from perspectives.models import LtiAssignment, LtiDeployment, LtiLearner, LtiRegistration
from perspectives.valkey import cache
from tests.lti.conftest import code
from tests.lti.platform import CLIENT, DL, LTI, key

pytestmark = pytest.mark.measured
NOW = int(time.time())
LONG = "x" * 256
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP = {f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}resource_link": None}
SETTINGS = {"deep_link_return_url": "https://school.example/back", "accept_types": ["ltiResourceLink"]}


def deep(**changes):
    return {**DEEP, f"{DL}deep_linking_settings": {**SETTINGS, **changes}}


# what is wrong: the claims that are changed, the reason
CLAIMS = {
    "no nonce": ({"nonce": None}, "nonce"),
    "a nonce of another login": ({"nonce": "another"}, "nonce"),
    "a nonce that is no text": ({"nonce": 7}, "nonce"),
    "another issuer": ({"iss": "https://other.example"}, "issuer"),
    "no issuer": ({"iss": None}, "issuer"),
    "an issuer in a list": ({"iss": ["https://other.example"]}, "issuer"),
    "another audience": ({"aud": "client-2"}, "audience"),
    "no audience": ({"aud": None}, "audience"),
    "an audience that is an object": ({"aud": {"a": CLIENT}}, "audience"),
    "several audiences without ours": ({"aud": ["a", "b"], "azp": CLIENT}, "audience"),
    "several audiences, no party": ({"aud": [CLIENT, "other"]}, "authorised-party"),
    "several audiences, another party": ({"aud": [CLIENT, "other"], "azp": "other"}, "authorised-party"),
    "one audience, another party": ({"azp": "other"}, "authorised-party"),
    "over": ({"iat": NOW - 500, "exp": NOW - 120}, "expired"),
    "no end": ({"exp": None}, "times"),
    "no beginning": ({"iat": None}, "times"),
    "an end in words": ({"exp": "tomorrow"}, "times"),
    "an end that is true": ({"exp": True}, "times"),
    "made in the future": ({"iat": NOW + 9000, "exp": NOW + 9300}, "future"),
    "not yet": ({"nbf": NOW + 9000}, "future"),
    "nbf in words": ({"nbf": "soon"}, "times"),
    "for a year": ({"exp": NOW + 31_000_000}, "life"),
    "no version": ({f"{LTI}version": None}, "version"),
    "version 1.1": ({f"{LTI}version": "1.1"}, "version"),
    "no kind": ({f"{LTI}message_type": None}, "message-type"),
    "an unknown kind": ({f"{LTI}message_type": "LtiStartProctoring"}, "message-type"),
    "a target elsewhere": ({f"{LTI}target_link_uri": "https://evil.example/lti/launch/"}, "target"),
    "a target that begins like ours": ({f"{LTI}target_link_uri": "http://127.0.0.1:8000.evil.example/"}, "target"),
    "a target with a user": ({f"{LTI}target_link_uri": "http://127.0.0.1:8000@evil.example/"}, "target"),
    "a script as target": ({f"{LTI}target_link_uri": "javascript:alert(1)"}, "target"),
    "no target": ({f"{LTI}target_link_uri": None}, "target"),
    "a long target": ({f"{LTI}target_link_uri": "http://127.0.0.1:8000/" + "x" * 2000}, "target"),
    "no deployment": ({f"{LTI}deployment_id": None}, "deployment"),
    "an unknown deployment": ({f"{LTI}deployment_id": "deployment-9"}, "deployment"),
    "a foreign deployment": ({f"{LTI}deployment_id": "foreign"}, "deployment"),
    "a long deployment": ({f"{LTI}deployment_id": LONG}, "deployment"),
    "a deployment that is a number": ({f"{LTI}deployment_id": 1}, "deployment"),
    "nobody": ({"sub": None}, "user"),
    "a blank user": ({"sub": " "}, "user"),
    "a long user": ({"sub": LONG}, "user"),
    "a user with a zero byte": ({"sub": "a\0b"}, "user"),
    "a user that is a number": ({"sub": 5}, "user"),
    "no roles": ({f"{LTI}roles": None}, "roles"),
    "roles as a text": ({f"{LTI}roles": "Learner"}, "roles"),
    "roles of numbers": ({f"{LTI}roles": [1]}, "roles"),
    "too many roles": ({f"{LTI}roles": ["r"] * 51}, "roles"),
    "no link": ({f"{LTI}resource_link": None}, "resource-link"),
    "a link without an id": ({f"{LTI}resource_link": {}}, "resource-link"),
    "a link that is a text": ({f"{LTI}resource_link": "link-1"}, "resource-link"),
    "a long link": ({f"{LTI}resource_link": {"id": LONG}}, "resource-link"),
    "no course": ({f"{LTI}context": None}, "context"),
    "a course that is a list": ({f"{LTI}context": ["course-1"]}, "context"),
    "a long course": ({f"{LTI}context": {"id": LONG}}, "context"),
    "custom as a list": ({f"{LTI}custom": []}, "custom"),
    "grades at no address": ({AGS: {"lineitem": "file:///etc/passwd"}}, "services"),
    "scopes as a text": ({AGS: {"scope": "all"}}, "services"),
    "a roster at no address": ({NRPS: {"context_memberships_url": "gopher://x"}}, "services"),
    "a link to nothing": ({f"{LTI}custom": None}, "content"),
    "a link elsewhere": ({f"{LTI}custom": {"content": "material", "path": "//x.example"}}, "content"),
    "a link to the desk": ({f"{LTI}custom": {"content": "material", "path": "/desk/"}}, "content"),
    "a link to an unknown class": ({f"{LTI}custom": {"content": "class", "code": "ABCDEFGH"}}, "content"),
    "a choice without settings": (DEEP, "deep-linking"),
    "a choice without a return": (deep(deep_link_return_url=None), "return-url"),
    "a choice back to a script": (deep(deep_link_return_url="javascript:alert(1)"), "return-url"),
    "a choice back to a file": (deep(deep_link_return_url="file:///x"), "return-url"),
    "a choice that takes no links": (deep(accept_types=["file"]), "accept-types"),
    "a choice with data of another kind": (deep(data={"a": 1}), "deep-linking"),
    "a choice with too much data": (deep(data="x" * 10_001), "deep-linking"),
    "a choice by a learner": (deep(), "roles"),
}  # fmt: skip


def test_each_hostile_claim_is_refused_for_its_reason(lti):
    other = LtiRegistration.objects.create(
        issuer="https://other.example", client_id=CLIENT, name="Other", login_url="https://other.example/a",
        token_url="https://other.example/t", jwks_url="https://other.example/j", made_at=lti.registration.made_at,
    )  # fmt: skip
    LtiDeployment.objects.create(registration=other, deployment_id="foreign")
    found = {name: code(lti.launch(claims)) for name, (claims, _) in CLAIMS.items()}
    assert found == {name: reason for name, (_, reason) in CLAIMS.items()}
    assert not LtiAssignment.objects.exists()
    assert not LtiLearner.objects.exists()


def test_a_sound_launch_is_taken_and_no_name_is_kept(lti):
    answer = lti.launch()
    assert answer.status_code == 200
    assert "/topics/replace-or-repair/teach/" in answer.content.decode()
    assert f"frame-ancestors {lti.platform.address}" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Never Kept" not in answer.content.decode()


def forged(lti, claims):
    public = lti.platform.keys[0]
    private, _ = key("k1")
    header = jwt.utils.base64url_encode(b'{"alg":"none","kid":"k1"}').decode()
    body = lti.platform.token(claims).split(".")[1]
    parts = lti.platform.token(claims).split(".")
    return {
        "algorithm none": (f"{header}.{body}.", "algorithm"),
        "HS256 with the public key": (
            jwt.encode(claims, str(public["n"]), "HS256", headers={"kid": "k1"}), "algorithm"),
        "an unknown key": (lti.platform.token(claims, kid="k9"), "key"),
        "another's signature": (lti.platform.token(claims, private=private), "signature"),
        "a signature cut off": (f"{parts[0]}.{parts[1]}.", "signature"),
        "other claims under it": (f"{parts[0]}.{jwt.utils.base64url_encode(b'{}').decode()}.{parts[2]}", "signature"),
        "no token": (" ", "token"),
        "two parts": ("a.b", "token"),
        "too large a token": ("x" * 50_001, "token"),
    }  # fmt: skip


def test_each_forged_token_is_refused_for_its_reason(lti):
    lti.launch()  # the keys of the platform are known then, and it is not asked for each forged id
    asked, names = lti.platform.asked, list(forged(lti, {}))
    for name in names:
        login = lti.login()
        token, reason = forged(lti, lti.platform.claims(login["nonce"], lti.site))[name]
        assert (name, code(lti.client.post("/lti/launch/", {"state": login["state"], "id_token": token}))) == (
            name,
            reason,
        )
    assert lti.platform.asked == asked


def test_states_are_known_and_used_once_by_their_browser(lti):
    login = lti.login()
    token = lti.platform.token(lti.platform.claims(login["nonce"], lti.site))
    sent = {"state": login["state"], "id_token": token}
    stranger = Client()
    stranger.get("/lti/login/", {"iss": lti.platform.address, "login_hint": "h", "client_id": CLIENT})
    assert code(stranger.post("/lti/launch/", sent)) == "state-cookie"
    assert code(lti.client.post("/lti/launch/", sent)) == "state"  # used up
    assert code(lti.launch(state="")) == "state"
    assert code(lti.launch(state="unheard-of")) == "state"
    assert lti.launch(token=None).status_code == 200
    again = lti.login()
    assert code(lti.client.post("/lti/launch/", {**sent, "state": again["state"]})) == "nonce"  # a replayed token
    assert lti.client.get("/lti/launch/").status_code == 405
    assert code(lti.client.post("/lti/launch/", {"id_token": "x" * 100_001})) == "size"
    assert code(lti.client.post("/lti/launch/", {"error": "login_required"})) == "platform"


def test_logins_are_begun_for_known_platforms_alone(lti):
    assert lti.login(403, iss=None) == "registration"
    assert lti.login(403, iss="https://unknown.example") == "registration"
    assert lti.login(403, client_id="client-2") == "registration"
    assert lti.login(403, login_hint=None) == "login-hint"
    assert lti.login(403, target_link_uri="https://evil.example/") == "target"
    asked = lti.login()
    assert asked["redirect_uri"] == f"{lti.site}/lti/launch/"
    cookie = next(value for name, value in lti.client.cookies.items() if name.startswith("lti-"))
    assert "SameSite=None; Partitioned" in cookie.OutputString()
    assert "Secure" in cookie.OutputString()
    login = lti.login()
    LtiRegistration.objects.update(is_active=False)
    token = lti.platform.token(lti.platform.claims(login["nonce"], lti.site))
    assert code(lti.client.post("/lti/launch/", {"state": login["state"], "id_token": token})) == "registration"
    assert lti.login(403) == "registration"


def test_a_new_key_of_the_platform_is_fetched_once(lti, settings):
    lti.platform.rotate("k2")
    login = lti.login()
    token = lti.platform.token(lti.platform.claims(login["nonce"], lti.site), kid="k2")
    sent = {"state": login["state"], "id_token": token}
    assert lti.client.post("/lti/launch/", sent).status_code == 200
    lti.platform.rotate("k1")
    cache.clear()
    settings.LTI_INSIDE = []
    assert code(lti.launch()) == "keys"  # its keys lie in our own network


@pytest.mark.parametrize(
    "keys",
    [
        [{"kty": "RSA", "kid": "k1", "n": "x", "e": "y"}],
        [{"kty": "RSA", "kid": "k1", "n": 7, "e": None}],
        [{"kty": "RSA", "kid": ["k1"], "n": "AQAB", "e": "AQAB"}],
        ["k1"],
        {"k1": "RSA"},
        7,
    ],
)
def test_keys_of_a_platform_that_are_none_are_told(lti, monkeypatch, keys):
    monkeypatch.setattr(lti.platform, "keys", keys)
    assert code(lti.launch()) == "keys"


@pytest.mark.django_db(transaction=True)
def test_launches_that_come_at_once_with_a_new_key_are_all_taken_and_the_platform_is_asked_once(lti, monkeypatch):
    assert lti.launch().status_code == 200
    cache.delete(f"lti:asked:{lti.registration.pk}")  # as if it was asked a while ago
    lti.platform.rotate("k3")
    monkeypatch.setattr(lti.platform, "delay", 0.3)
    before, start, statuses = lti.platform.asked, threading.Barrier(4), []

    def launch(site):
        client = Client()
        told = {"iss": lti.platform.address, "login_hint": "h", "client_id": CLIENT}
        login = dict(parse_qsl(urlsplit(client.post("/lti/login/", told)["Location"]).query))
        token = lti.platform.token(lti.platform.claims(login["nonce"], site), kid="k3")
        start.wait()
        statuses.append(client.post("/lti/launch/", {"state": login["state"], "id_token": token}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=launch, args=[lti.site]) for _ in range(start.parties)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    lti.platform.rotate("k1")
    assert statuses == [200] * start.parties
    assert lti.platform.asked == before + 1


@pytest.mark.django_db(transaction=True)
def test_of_two_launches_at_once_with_one_nonce_one_is_taken(lti):
    login = lti.login()
    token = lti.platform.token(lti.platform.claims(login["nonce"], lti.site))
    statuses, start = [], threading.Barrier(2)

    def send():
        start.wait()
        statuses.append(Client().post("/lti/launch/", {"state": login["state"], "id_token": token}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(statuses) == [200, 403]
