"""What links of a course open, for pupils and teachers, and how a teacher chooses it."""

import re

import jwt
import pytest
from django.test import Client
from jwt.algorithms import RSAAlgorithm

from perspectives.actions.classroom import classes
from perspectives.actions.lti import keys, registering
from perspectives.errors import BrokenRulesError
from perspectives.models import LogEntry, LtiAssignment, LtiKey, LtiLearner, Pupil
from perspectives.rules.classroom import codes
from perspectives.vocab import Role
from perspectives.web.classroom import link_keys, pupil_cookies
from tests import factories
from tests.lti.conftest import code
from tests.lti.platform import DL, LTI
from tests.lti.test_hostile_launches import SETTINGS

pytestmark = pytest.mark.measured
TEACHER = {f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]}
CHOICE = {
    **TEACHER,
    f"{LTI}message_type": "LtiDeepLinkingRequest",
    f"{LTI}resource_link": None,
    f"{DL}deep_linking_settings": {**SETTINGS, "data": "keep me"},
}


def custom(room):
    return {f"{LTI}custom": {"content": "class", "code": room.code}}


def address(answer):
    return re.search(r'href="([^"]+)" target="_blank"', answer.content.decode())[1]


def test_a_pupil_comes_into_the_class_once_by_a_ticket_that_works_once(lti, room, monkeypatch):
    first = address(lti.launch(custom(room), keeps_cookies=False))
    tab = Client()
    entered = tab.get(first)
    assert entered["Location"] == "/class/now/"
    assert set(entered.cookies) == {pupil_cookies.PUPIL, pupil_cookies.BALLOT}
    assert entered.cookies[pupil_cookies.PUPIL]["samesite"] == "Lax"
    assert tab.get("/class/now/", follow=True)["X-Frame-Options"] == "DENY"
    assert code(Client().get(first)) == "ticket"
    lti.launch(custom(room))
    assert Pupil.objects.count() == LtiLearner.objects.count() == 1
    lti.launch(custom(room), sub="user-2")
    assert Pupil.objects.count() == 2
    again = lti.launch(
        custom(room), **{f"{LTI}resource_link": {"id": "link-2"}}, headers={"sec-fetch-dest": "document"}
    )
    assert again["Location"].startswith("/class/from-course/")
    monkeypatch.setattr(codes, "MOST_PUPILS", 2)
    assert code(lti.launch(custom(room), sub="user-3")) == "content"
    classes.stop(classroom_id=room.pk, by=room.owner, is_stopped=True)
    assert code(lti.launch(custom(room), sub="user-3")) == "content"
    classes.delete(classroom_id=room.pk, by=room.owner)
    assert not LtiAssignment.objects.exists()
    assert not LtiLearner.objects.exists()


IN_FRAME = {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}


def come(lti, room, *, headers=IN_FRAME, **changes):
    """Launch as a pupil in a frame that keeps our cookies, and go in."""
    launched = lti.launch(custom(room), headers=headers, **changes)
    return lti.client.get(launched["Location"], headers=headers)


def test_a_pupil_stays_in_the_frame_where_the_browser_keeps_our_cookies(lti, room):
    entered = come(lti, room)
    assert entered["Location"] == "/class/now/"
    for name in pupil_cookies.COOKIES:
        assert "SameSite=None; Partitioned" in entered.cookies[name].OutputString(), name
        assert "Secure" in entered.cookies[name].OutputString(), name
    here = lti.client.get("/class/now/?at=none", headers=IN_FRAME)
    assert f"frame-ancestors {lti.platform.address}" in here["Content-Security-Policy"]
    assert "X-Frame-Options" not in here
    words = here.content.decode()
    assert "Wait for your teacher" in words
    assert '<nav aria-label="Site"' not in words
    assert "site-foot" not in words
    left = lti.client.post("/class/", {"action": "leave"}, headers={**IN_FRAME, "sec-fetch-site": "same-origin"})
    assert {name for name, one in left.cookies.items() if "Partitioned" in one.OutputString()} == {"pupil", "ballot"}
    refused = lti.client.get("/class/now/", headers=IN_FRAME)
    assert refused.status_code == 404
    assert f"frame-ancestors {lti.platform.address}" in refused["Content-Security-Policy"]
    assert 'href="/sources/"' not in refused.content.decode()
    free = codes.free_nicknames([Pupil.objects.get().nickname])[0]
    join = lti.client.post(f"/class/join/{room.code}/", {"nickname": free}, headers={"sec-fetch-site": "same-origin"})
    assert "Partitioned" in join.cookies["pupil"].OutputString()
    assert lti.client.get("/about/", headers=IN_FRAME)["X-Frame-Options"] == "DENY"


def test_a_frame_of_our_own_site_keeps_the_usual_cookies(lti, room):
    entered = come(lti, room, headers={**IN_FRAME, "sec-fetch-site": "same-site"})
    assert entered.cookies["pupil"]["samesite"] == "Lax"
    here = lti.client.get("/class/now/?at=none")
    assert f"frame-ancestors {lti.platform.address}" in here["Content-Security-Policy"]
    assert '<nav aria-label="Site"' in here.content.decode(), "opened in a tab it is a page like others"


def test_who_comes_again_votes_as_before_and_a_classmate_at_the_same_browser_for_themselves(lti, room):
    first, again = (come(lti, room) for _ in range(2))
    assert "ballot" in first.cookies
    assert "ballot" not in again.cookies
    assert "ballot" in come(lti, room, sub="user-2").cookies
    classes.delete(classroom_id=room.pk, by=room.owner)
    assert lti.client.get("/class/now/", headers=IN_FRAME).status_code == 404


def test_a_ticket_of_a_class_that_is_over_says_so_in_any_frame(lti, room):
    launched = lti.launch(custom(room), headers=IN_FRAME)
    classes.delete(classroom_id=room.pk, by=room.owner)
    refused = lti.client.get(launched["Location"], headers=IN_FRAME)
    assert code(refused) == "content"
    assert "frame-ancestors *" in refused["Content-Security-Policy"]


def test_a_teacher_is_led_to_the_class_and_a_copied_link_is_known_as_one(lti, room):
    services = {
        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
            "context_memberships_url": "https://school.example/members"
        },
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
            "lineitem": "https://school.example/item?type_id=1",
            "scope": ["score"],
        },
    }
    assert address(lti.launch({**custom(room), **TEACHER, **services})) == f"/account/classes/{room.pk}/"
    first = LtiAssignment.objects.get()
    assert (first.lineitem_url, first.scopes) == ("https://school.example/item?type_id=1", ["score"])
    assert first.course.memberships_url == "https://school.example/members"
    copied = {f"{LTI}custom": {**custom(room)[f"{LTI}custom"], "resource_link_id_history": "link-1,link-0"}}
    lti.launch({**copied, **TEACHER}, **{f"{LTI}resource_link": {"id": "link-2"}, f"{LTI}context": {"id": "course-2"}})
    assert LtiAssignment.objects.get(resource_link_id="link-2").copied_from == first
    assert not LtiLearner.objects.exists()
    other = classes.begin(by=room.owner, topics=[factories.TOPIC])
    LtiAssignment.objects.filter(resource_link_id="link-2").update(classroom=other)
    classes.delete(classroom_id=room.pk, by=room.owner)
    assert LtiAssignment.objects.get().copied_from is None


def test_pages_and_quizzes_open_and_nobody_is_kept(lti):
    framed = lti.launch({f"{LTI}custom": {"content": "material", "path": f"/topics/{factories.TOPIC}/"}})
    assert framed["Location"] == f"/embed/topics/{factories.TOPIC}/"
    assert lti.client.get(framed["Location"]).status_code == 200
    other = {f"{LTI}custom": {"content": "material", "path": f"/topics/{factories.TOPIC}/brief/"}}
    assert lti.launch(other)["Location"] == f"/embed/topics/{factories.TOPIC}/brief/"  # a page may be changed
    quiz = {"content": "quiz", "topic": factories.TOPIC, "sheet": "7"}
    opened = address(lti.launch({f"{LTI}custom": quiz}, **{f"{LTI}resource_link": {"id": "link-q"}}))
    assert lti.client.get(opened.replace("&amp;", "&")).status_code == 200
    none = {f"{LTI}custom": {**quiz, "sheet": "0"}}
    assert code(lti.launch(none, **{f"{LTI}resource_link": {"id": "link-r"}})) == "content"
    assert not LtiLearner.objects.exists()


def choose(client, offered, **sent):
    token = re.search(r'name="choice" value="([^"]+)"', offered.content.decode())[1]
    return client.post("/lti/choose/", {"choice": token, **sent}, headers={"sec-fetch-site": "same-origin"})


def test_a_choice_goes_back_signed_with_what_the_platform_wants_back(lti, room):
    offered = lti.launch(CHOICE)
    assert "school.example" in offered["Content-Security-Policy"]
    assert "Nothing was chosen" in choose(lti.client, offered, what="quiz", topic="unknown").content.decode()
    wrong = choose(lti.client, offered, what="class", code=room.code, key="forged").content.decode()
    assert "link key" in wrong
    assert "no open class" in choose(lti.client, offered, what="class", code="x").content.decode()
    chosen = choose(lti.client, offered, what="class", code=room.code, key=link_keys.made(room.pk))
    assert "form-action 'self' https://school.example" in chosen["Content-Security-Policy"]
    assert code(choose(lti.client, offered, what="topic", topic=factories.TOPIC)) == "choice"
    token = re.search(r'name="JWT" value="([^"]+)"', chosen.content.decode())[1]
    published = lti.client.get("/lti/keys/").json()["keys"]
    key = RSAAlgorithm.from_jwk(published[0])
    claims = jwt.decode(token, key, algorithms=["RS256"], audience=lti.platform.address, issuer="client-1")
    assert claims[f"{DL}data"] == "keep me"
    (item,) = claims[f"{DL}content_items"]
    assert item["url"] == f"{lti.site}/lti/launch/"
    assert item["lineItem"]["scoreMaximum"] == 100
    new = {f"{LTI}resource_link": {"id": "new"}}
    assert address(lti.launch({f"{LTI}custom": item["custom"]}, keeps_cookies=False, **new))
    for what in ("topic", "brief", "teach", "quiz"):
        assert choose(lti.client, lti.launch(CHOICE), what=what, topic=factories.TOPIC).status_code == 200, what


def test_keys_are_changed_after_their_life_and_shown_a_while_longer(lti, settings):
    keys.signed(claims={})
    first = LtiKey.objects.get()
    assert "PRIVATE" not in first.private_pem
    assert keys.renew() == first
    LtiKey.objects.update(made_at=first.made_at - keys.LIFE)
    assert signer() == keys.renew().kid == first.kid, "the new one is shown first"
    second = LtiKey.objects.exclude(pk=first.pk).get()
    assert shown(lti) == {first.kid, second.kid}
    LtiKey.objects.filter(pk=second.pk).update(made_at=second.made_at - keys.SHOWN_BEFORE)
    assert signer() == keys.renew().kid == second.kid
    assert LtiKey.objects.get(pk=first.pk).retired_at
    assert shown(lti) == {first.kid, second.kid}
    LtiKey.objects.filter(pk=first.pk).update(retired_at=first.made_at - keys.PUBLISHED_AFTER)
    assert shown(lti) == {second.kid}
    keys.renew()
    assert LtiKey.objects.get() == second
    settings.SECRET_KEY = "another"
    assert signer() != second.kid
    assert second.kid in shown(lti)
    assert LtiKey.objects.filter(retired_at=None).get() != second


def signer():
    return jwt.get_unverified_header(keys.signed(claims={}))["kid"]


def shown(lti):
    return {one["kid"] for one in lti.client.get("/lti/keys/").json()["keys"]}


def test_a_chief_editor_registers_stops_and_resumes_a_platform(client, signed_in):
    _, chief = signed_in(Role.CHIEF_EDITOR)
    at = "https://moodle.school.example"
    told = {"name": "Moodle", "issuer": at, "client_id": "c", "deployment_id": "1", "login_url": f"{at}/a",
            "token_url": f"{at}/t", "jwks_url": f"{at}/j"}  # fmt: skip
    assert "begins with https://" in client.post("/desk/platforms/", {**told, "jwks_url": "file:///x"}).content.decode()
    made = client.post("/desk/platforms/", told)["Location"]
    assert "registered already" in client.post("/desk/platforms/", told).content.decode()
    assert "Moodle" in client.get("/desk/platforms/").content.decode()
    client.post(made, {"action": "deploy", "deployment_id": "2"})
    assert client.post(made, {"action": "deploy", "deployment_id": " "}).status_code == 409
    with pytest.raises(BrokenRulesError) as refused:
        registering.register(by=chief, told={**told, "client_id": "d", "token_audience": "x" * 2001})
    assert "at most 2000 characters" in str(refused.value.problems)
    for _ in range(2):
        client.post(made, {"action": "stop"})
        assert "Launches are refused" in client.get(made).content.decode()
    assert LogEntry.objects.filter(code="lti.stopped").count() == 1
    client.post(made, {"action": "resume"})
    assert "Launches are taken" in client.get(made).content.decode()
