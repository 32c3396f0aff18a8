"""What a launch says, claim by claim."""

import pytest

from perspectives.rules.lti import launch_claims
from perspectives.rules.lti.launch_claims import DEEP_LINKING, DEEP_LINKING_SETTINGS, GRADES, LTI, RESOURCE, ROSTER

NOW, ISSUER, CLIENT, SITE = 1_700_000_000, "https://school.example", "client-1", "https://kb.example"
SOUND = {
    "iss": ISSUER, "aud": CLIENT, "sub": "user-1", "iat": NOW, "exp": NOW + 300,
    f"{LTI}version": "1.3.0", f"{LTI}message_type": RESOURCE, f"{LTI}deployment_id": "1",
    f"{LTI}target_link_uri": f"{SITE}/lti/launch/", f"{LTI}roles": [],
    f"{LTI}resource_link": {"id": "link-1"}, f"{LTI}context": {"id": "course-1"},
}  # fmt: skip
SETTINGS = {"deep_link_return_url": f"{ISSUER}/back", "accept_types": ["ltiResourceLink"], "data": "opaque"}
CHOICE = {f"{LTI}message_type": DEEP_LINKING, f"{LTI}target_link_uri": None}


def read(**changes):
    return launch_claims.read({**SOUND, **changes}, issuer=ISSUER, client_id=CLIENT, site=SITE, now=NOW)


def choice(**changes):
    return {**CHOICE, DEEP_LINKING_SETTINGS: {**SETTINGS, **changes}}


def test_a_sound_launch_is_read():
    teacher = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
    launch = read(
        **{f"{LTI}roles": [teacher], "aud": [CLIENT, "other"], "azp": CLIENT, GRADES: {"lineitem": f"{ISSUER}/i"}}
    )
    assert (launch.user_id, launch.is_teacher, launch.lineitem_url) == ("user-1", True, f"{ISSUER}/i")
    assert launch.deep_linking is None


def test_a_choice_keeps_what_goes_back_with_it():
    assert read(**choice()).deep_linking == launch_claims.DeepLinking(f"{ISSUER}/back", "opaque")


@pytest.mark.parametrize(
    ("told", "links"),
    [("a, b,,", ("a", "b")), ("$ResourceLink.id.history", ()), (7, ()), ("", ())],
)
def test_copies_are_known_by_their_history(told, links):
    assert read(**{f"{LTI}custom": {"resource_link_id_history": told}}).copied_from == links


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://other.example"}, "issuer"),
        ({"aud": "other"}, "audience"),
        ({"azp": "other"}, "authorised-party"),
        ({"exp": None}, "times"),
        ({"exp": NOW - 61, "iat": NOW - 90}, "expired"),
        ({"nbf": NOW + 61}, "future"),
        ({"exp": NOW + 3601}, "life"),
        ({f"{LTI}version": "1.1"}, "version"),
        ({f"{LTI}message_type": "other"}, "message-type"),
        ({f"{LTI}target_link_uri": "https://evil.example/"}, "target"),
        ({"sub": " "}, "user"),
        ({f"{LTI}roles": None}, "roles"),
        ({f"{LTI}roles": "Learner"}, "roles"),
        ({f"{LTI}custom": []}, "custom"),
        ({ROSTER: {"context_memberships_url": "gopher://x"}}, "services"),
        (CHOICE, "deep-linking"),
        (choice(deep_link_return_url="javascript:alert(1)"), "return-url"),
        (choice(deep_link_return_url="http://school.example/back"), "return-url"),
        (choice(accept_types=["file"]), "accept-types"),
        (choice(data={}), "deep-linking"),
    ],
)
def test_a_wrong_claim_is_refused_for_its_reason(changes, code):
    with pytest.raises(launch_claims.LaunchRefusedError) as refused:
        read(**changes)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://a.example:443/x", "https://a.example"),
        ("http://a.example:8000", "http://a.example:8000"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://a.example:port/", ""),
        ("https://user@a.example/", ""),
        ("https:///x", ""),
        ("ftp://a.example/", ""),
    ],
)
def test_origins_are_written_as_pages_write_them(address, origin):
    assert launch_claims.origin(address) == origin
