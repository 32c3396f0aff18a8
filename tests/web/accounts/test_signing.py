"""Signing up and in: confirmation, the second factor, lock-out, and when sessions end."""

import re
import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axes.models import AccessAttempt, AccessAttemptExpiration
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from perspectives import tasks
from perspectives.actions.accounts import members
from perspectives.models import LogEntry, User
from perspectives.vocab import Role
from perspectives.web.accounts import adapter
from tests import people
from tests.actions import at_once
from tests.people import PASSWORD

SIGN_IN = "/account/sign-in/"
NEW = {"display_name": "Ada Example", "email": "ada@university.example", "password1": PASSWORD, "password2": PASSWORD}

pytestmark = pytest.mark.django_db(transaction=True)


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def link_in(message):
    assert "testserver" not in message.body
    return re.search(rf"{settings.SITE_URL}(\S+)", message.body)[1]


def sign_in(client, login="moderator", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more.pop("form", {})}, **more)


@pytest.fixture
def moderator(db):
    return people.account("moderator", role=Role.MODERATOR)


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


# --- signing up ---------------------------------------------------------------------------------------------------


def test_who_signs_up_confirms_the_address_and_then_signs_in(client):
    response = client.post("/account/sign-up/", NEW)
    assert response["Location"] == "/account/email/sent/"
    assert "Look into your mail" in page(client.get(response["Location"]))
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Debate KB: Confirm your address", [NEW["email"]])
    assert "If it was not you, do nothing" in sent.body
    assert "Location" in sign_in(client, NEW["email"]).headers
    assert client.get("/account/").status_code == 302
    assert "Is this your address?" in page(client.get(link_in(sent)))
    client.post(link_in(sent))
    assert sign_in(client, NEW["email"])["Location"] == "/account/"
    assert "Ada Example" in page(client.get("/account/"))
    made = User.objects.get()
    assert (made.role, made.display_name) == (Role.READER, "Ada Example")
    assert LogEntry.objects.get().code == "account.created"


def test_what_the_account_is_made_for_is_kept_through_the_mail(client):
    task = "/suggest/new-source/?topic=x"
    sign_in_page = page(client.get(SIGN_IN, {"next": task}))
    assert 'href="/account/sign-up/?next=%2Fsuggest%2Fnew-source%2F%3Ftopic%3Dx"' in sign_in_page
    client.post(f"/account/sign-up/?{urlencode({'next': task})}", NEW)
    link = link_in(mail.outbox[0])
    assert "Is this your address?" in page(client.get(link))
    onward = client.post(link)["Location"]
    assert onward == f"{SIGN_IN}?{urlencode({'next': task})}"
    response = client.post(onward, {"login": NEW["email"], "password": PASSWORD})
    assert response["Location"] == task


def test_a_mail_leads_to_no_other_site(client):
    client.post("/account/sign-up/?next=https://elsewhere.example/", NEW)
    assert "elsewhere" not in mail.outbox[0].body


def test_signing_up_tells_nobody_who_has_an_account(client):
    people.account("ada", is_active=True)
    told = [client.post("/account/sign-up/", {**NEW, "email": email}) for email in ("ada@people.example", NEW["email"])]
    assert len({(answer.status_code, answer["Location"]) for answer in told}) == 1
    assert "there is one already" in mail.outbox[0].body
    assert User.objects.count() == 2


def test_a_form_that_is_sent_twice_at_once_makes_one_account(client):
    for number in range(at_once.ROUNDS):
        form = {**NEW, "email": f"ada-{number}@university.example"}
        answers = at_once.at_once(*[lambda form=form: Client().post("/account/sign-up/", form)] * 2)
        assert [answer["Location"] for answer in answers] == ["/account/email/sent/"] * 2
        assert User.objects.filter(email=form["email"]).count() == 1


def test_an_account_is_made_with_its_address_or_not_at_all(client, monkeypatch):
    def breaks_off(*_):
        raise DatabaseError

    monkeypatch.setattr("allauth.account.forms.setup_user_email", breaks_off)
    with pytest.raises(DatabaseError):
        client.post("/account/sign-up/", NEW)
    assert not User.objects.exists()
    assert not LogEntry.objects.exists()
    monkeypatch.undo()
    client.post("/account/sign-up/", NEW)
    assert EmailAddress.objects.get().user == User.objects.get()


def test_a_mail_that_cannot_be_sent_is_for_the_log(client, settings, log_of):
    log = log_of(adapter)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post("/account/sign-up/", NEW)["Location"] == "/account/email/sent/"
    assert "A mail of accounts could not be sent" in log.text


def test_a_new_address_takes_the_place_of_the_old_once_it_is_confirmed(client, moderator):
    sign_in(client)
    client.post("/account/email/", {"email": NEW["email"], "action_add": ""})
    assert "To be confirmed" in page(client.get("/account/email/"))
    assert User.objects.get().email == "moderator@people.example"
    client.post(link_in(mail.outbox[0]))
    assert User.objects.get().email == NEW["email"]
    assert [sent.to for sent in mail.outbox][-1] == ["moderator@people.example"]


def test_what_matters_asks_for_the_password_again(client, moderator):
    sign_in(client)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    response = client.get("/account/second-factor/set-up/")
    assert response["Location"].startswith("/account/password/again/")
    assert "This is not your password" in page(client.post(response["Location"], {"password": "wrong"}))
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == "/account/second-factor/set-up/"
    assert client.get("/account/second-factor/set-up/").status_code == 200


def test_a_second_factor_is_removed_and_codes_are_made_anew(client, signed_in):
    signed_in(Role.MODERATOR)
    text = page(client.get("/account/second-factor/"))
    assert "Remove it" in text
    assert client.post("/account/recovery-codes/new/")["Location"] == "/account/recovery-codes/"
    assert "shown this once" in page(client.get("/account/recovery-codes/"))
    assert "10 of 10 are left" in page(client.get("/account/recovery-codes/"))
    assert client.post("/account/second-factor/remove/")["Location"] == "/account/second-factor/"
    assert client.get("/desk/").status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"display_name": "a\u202eb"}, "invisible character"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password2": "another"}, "same password"),
        ({"email": "nobody"}, "valid email"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(client, change, words):
    text = page(client.post("/account/sign-up/", {**NEW, **change}))
    assert words in text
    assert "<title>No account was made: " in text
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_mail_alone(client, moderator):
    other = Client()
    sign_in(other)
    for email in ("moderator@people.example", "nobody@people.example"):
        assert client.post("/account/password/reset/", {"email": email})["Location"] == "/account/password/reset/sent/"
    known, unknown = mail.outbox
    assert "There is none." in unknown.body
    form = client.get(link_in(known))["Location"]
    client.post(form, {"password1": "another quiet river", "password2": "another quiet river"})
    assert other.get("/account/").status_code == 302
    assert "This link does not work" in page(Client().get(link_in(known)))
    assert sign_in(client, password="another quiet river")["Location"] == "/desk/"


# --- the second factor --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.CHIEF_EDITOR])
def test_the_desk_asks_for_a_second_factor_and_leads_to_it(client, role):
    people.account("curator", role=role)
    sign_in(client, "curator")
    response = client.get("/desk/")
    assert response["Location"] == "/account/second-factor/set-up/?next=%2Fdesk%2F"
    text = page(client.get(response["Location"]))
    assert "The desk asks moderators and chief editors for a second factor" in text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', text)[1]
    drawing = client.get("/account/second-factor/set-up/code.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "<script" not in drawing.content.decode()
    wrong = client.post("/account/second-factor/set-up/", {"code": "000000x"})
    assert "Incorrect code" in page(wrong)
    response = client.post("/account/second-factor/set-up/", {"code": people.code(secret)})
    assert response["Location"] == "/account/recovery-codes/"
    assert len(re.findall(r"<li><code>\d{8}</code>", page(client.get(response["Location"])))) == 10
    assert "****" not in page(client.get(response["Location"]))
    assert client.get("/desk/").status_code == 200
    assert "was set up" in mail.outbox[-1].body


def test_contributors_may_go_without(client):
    people.account("contributor", role=Role.CONTRIBUTOR)
    sign_in(client, "contributor")
    assert client.get("/desk/").status_code == 200


def test_who_has_a_second_factor_shows_it_after_the_password(client, moderator):
    people.protect(moderator)
    response = sign_in(client)
    assert response["Location"] == "/account/second-factor/code/"
    assert client.get("/desk/").status_code == 302
    assert "Incorrect code" in page(client.post(response["Location"], {"code": "000000x"}))
    code = people.code()
    assert client.post(response["Location"], {"code": code})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    again = Client()
    sign_in(again)
    assert "Incorrect code" in page(again.post(response["Location"], {"code": code}))


def test_a_recovery_code_signs_in_once(client, moderator):
    people.protect(moderator)
    code = RecoveryCodes.activate(moderator).get_unused_codes()[0]
    sign_in(client)
    assert client.post("/account/second-factor/code/", {"code": code})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    again = Client()
    sign_in(again)
    assert "Incorrect code" in page(again.post("/account/second-factor/code/", {"code": code}))


def test_a_session_from_before_is_asked_for_the_code(client, moderator):
    sign_in(client)
    people.protect(moderator)
    response = client.get("/desk/?page=1")
    assert response["Location"] == "/account/second-factor/code-again/?next=%2Fdesk%2F%3Fpage%3D1"
    assert client.post(response["Location"], {"code": people.code()})["Location"] == "/desk/?page=1"
    assert client.get("/desk/").status_code == 200


def test_a_factor_that_was_removed_counts_no_more(client, signed_in):
    _, moderator = signed_in(Role.MODERATOR)
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.all().delete()
    people.protect(moderator)
    assert client.get("/desk/").status_code == 302


def test_codes_cannot_be_tried_for_ever(client, moderator, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    people.protect(moderator)
    sign_in(client)
    answers = [page(client.post("/account/second-factor/code/", {"code": "000000x"})) for _ in range(6)]
    assert "Too many codes were wrong" in answers[-1]
    assert "Too many codes were wrong" in page(client.post("/account/second-factor/code/", {"code": people.code()}))


def test_people_sign_in_and_tries_are_counted_while_valkey_is_away(client, moderator, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    settings.CACHES = {**settings.CACHES, "valkey": {**settings.CACHES["valkey"], "LOCATION": "redis://127.0.0.1:1/0"}}
    people.protect(moderator)
    sign_in(client)
    answers = [page(client.post("/account/second-factor/code/", {"code": "000000x"})) for _ in range(6)]
    assert "Too many codes were wrong" in answers[-1]
    caches["default"].clear()
    assert client.post("/account/second-factor/code/", {"code": people.code()}).status_code == 302
    assert Client().post("/account/password/reset/", {"email": "ann@university.example"}).status_code == 302
    assert Client().post("/account/sign-up/", NEW).status_code == 302


# --- lock-out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["moderator", "nobody"])
def test_five_wrong_passwords_lock_the_name_at_this_address(client, moderator, name):
    other = people.account("other")
    for _ in range(4):
        assert "do not belong together" in page(sign_in(client, name, "wrong"))
    response = sign_in(client, name.upper(), "wrong")
    text = page(response, 429)
    until = timezone.now() + timedelta(minutes=1)
    assert "Too many passwords were wrong" in text
    assert any(f"{moment:%H:%M} UTC" in text for moment in (until, until - timedelta(minutes=1)))
    assert 0 < int(response["Retry-After"]) <= 60
    assert "no-store" in response["Cache-Control"]
    page(sign_in(client, name, PASSWORD), 429)
    assert sign_in(client, "other")["Location"] == "/account/"
    assert other.is_active
    assert "do not belong together" in page(sign_in(Client(REMOTE_ADDR="192.0.2.7"), name, "wrong"))
    assert PASSWORD not in str(list(AccessAttempt.objects.values()))
    wait(minutes=2)
    assert sign_in(Client(), name).status_code == (302 if name == "moderator" else 429)


def wait(**time):
    """Let time pass since the last try."""
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(**time))


def test_the_lock_grows_with_each_wrong_password_after_it_up_to_a_quarter_of_an_hour(client, moderator):
    for _ in range(4):
        sign_in(client, password="wrong")
    minutes = []
    for _ in range(7):
        response = sign_in(client, password="wrong")
        page(response, 429)
        minutes.append(round(int(response["Retry-After"]) / 60))
        wait(minutes=minutes[-1], seconds=-2)
        page(sign_in(client), 429)
        wait(minutes=minutes[-1], seconds=2)
    assert minutes == [1, 2, 4, 8, 15, 15, 15]
    assert sign_in(client).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_classmate_at_the_same_address_does_not_lock_out_who_signed_in_here_before(client, moderator):
    sign_in(client)
    client.post("/account/sign-out/")
    classmate = Client()
    for login in ("moderator", "moderator@people.example"):
        for _ in range(5):
            response = sign_in(classmate, login, "wrong")
        page(response, 429)
    assert sign_in(client).status_code == 302
    client.post("/account/sign-out/")
    assert sign_in(client, "Moderator@People.example").status_code == 302
    page(sign_in(classmate), 429)


def test_a_known_browser_is_locked_for_itself(client, moderator):
    other = people.account("other")
    sign_in(client)
    client.post("/account/sign-out/")
    for _ in range(5):
        response = sign_in(client, password="wrong")
    page(response, 429)
    assert sign_in(Client()).status_code == 302
    assert sign_in(client, other.username).status_code == 302


def test_a_device_cookie_that_was_tampered_with_is_none(client, moderator):
    sign_in(client)
    forged = Client()
    forged.cookies["device"] = client.cookies["device"].value[:-1] + "!"
    for _ in range(5):
        response = sign_in(forged, password="wrong")
    page(response, 429)
    assert AccessAttempt.objects.get().username == "moderator"
    assert (client.cookies["device"]["path"], client.cookies["device"]["httponly"]) == ("/account/", True)


def test_a_class_signs_in_and_up_from_one_address(client):
    for number in range(100):
        assert sign_in(client, f"pupil{number}", "wrong").status_code == 200
        new = {**NEW, "email": f"pupil{number}@school.example"}
        assert client.post("/account/sign-up/", new).status_code == 302
    assert len(mail.outbox) == 100


@pytest.mark.parametrize(
    ("limit", "address", "data"),
    [
        ("signup", "/account/sign-up/", NEW),
        ("login", SIGN_IN, {"login": "nobody", "password": "x"}),
        ("reset_password", "/account/password/reset/", {"email": "nobody@people.example"}),
    ],
)
def test_who_sends_too_often_is_told_when_to_come_back(client, settings, limit, address, data):
    settings.ACCOUNT_RATE_LIMITS = {limit: "1/h/ip"}
    client.post(address, data)
    response = client.post(address, data)
    assert "Wait a minute and send it again" in page(response, 429)
    assert response["Retry-After"] == "60"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/account/sign-up/", "/account/password/reset/"])
def test_mails_name_the_site_and_not_the_host_of_a_request(client, settings, address):
    settings.SITE_URL = "https://kb.example"
    settings.ALLOWED_HOSTS = ["*"]
    people.account("moderator", role=Role.MODERATOR)
    for email in ("moderator@people.example", "nobody@people.example"):
        client.post(address, {**NEW, "email": email}, headers={"host": "evil.example:8666"})
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        assert "evil" not in sent.body
        assert "8666" not in sent.body
        assert "https://kb.example/account/" in sent.body
        assert "https://kb.example/about/" in sent.body


def test_what_is_over_is_cleared_daily(client, moderator):
    sign_in(client)
    for name in ("now", "before"):
        sign_in(Client(), name, "wrong")
    AccessAttemptExpiration.objects.filter(access_attempt__username="before").update(expires_at=timezone.now())
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now())
    tasks.clear_sessions()
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["now"]
    assert [session.session_key for session in Session.objects.all()] == [client.session.session_key]


def test_trying_on_does_not_lengthen_the_lock(client, moderator):
    for _ in range(5):
        sign_in(client, password="wrong")
    before = AccessAttempt.objects.get().attempt_time
    page(sign_in(client), 429)
    assert AccessAttempt.objects.get().attempt_time == before


def test_behind_a_proxy_the_client_it_names_counts(client, moderator, settings):
    settings.TRUSTED_PROXIES = 1
    for _ in range(5):
        sign_in(client, password="wrong", headers={"x-forwarded-for": "6.6.6.6, 2001:db8::7"})
    assert AccessAttempt.objects.get().ip_address == "2001:db8::"
    assert sign_in(client, headers={"x-forwarded-for": "192.0.2.9"}).status_code == 302
    page(sign_in(Client(), headers={"x-forwarded-for": "2001:db8::8"}), 429)


@pytest.mark.parametrize("login", ["x" * 5000, "a\x00b", ""])
def test_names_that_are_none_are_refused(client, login):
    assert 'role="alert"' in page(sign_in(client, login))


# --- when sessions end --------------------------------------------------------------------------------------------


def test_a_change_of_role_ends_sessions_at_once(client, signed_in, chief):
    _, person = signed_in(Role.MODERATOR)
    assert client.get("/desk/").status_code == 200
    members.change_role(account_id=person.pk, role=Role.READER, by=chief, reason="Asked for it")
    assert client.get("/desk/")["Location"].startswith(SIGN_IN)


def test_even_a_session_that_lives_on_has_the_role_of_the_row(client, signed_in):
    _, person = signed_in(Role.MODERATOR)
    User.objects.filter(pk=person.pk).update(role=Role.READER)
    assert client.get("/desk/").status_code == 404


def test_closing_an_account_ends_sessions_and_opening_it_does_not_revive_them(client, signed_in, chief):
    _, person = signed_in(Role.MODERATOR)
    members.deactivate(account_id=person.pk, by=chief, reason="Left")
    assert client.get("/desk/").status_code == 302
    members.reactivate(account_id=person.pk, by=chief, reason="Came back")
    assert client.get("/desk/").status_code == 302


def test_a_new_password_ends_the_other_sessions(client, moderator):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = {"oldpassword": PASSWORD, "password1": "another quiet river", "password2": "another quiet river"}
    assert client.post("/account/password/", new)["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert "was changed" in mail.outbox[-1].body


@pytest.mark.parametrize(("mark", "setting"), [("used_at", "SESSION_COOKIE_AGE"), ("began_at", "SESSION_LONGEST")])
def test_a_session_ends_unused_and_at_last_in_any_case(client, signed_in, settings, mark, setting):
    signed_in(Role.READER)
    assert client.get("/account/").status_code == 200
    session = client.session
    session[mark] = time.time() - getattr(settings, setting) + 60
    session.save()
    assert client.get("/account/").status_code == 200
    session = client.session
    session[mark] = time.time() - getattr(settings, setting) - 1
    session.save()
    assert client.get("/account/").status_code == 302


def test_using_a_session_prolongs_it(client, signed_in):
    signed_in(Role.READER)
    client.get("/account/")
    session = client.session
    session["used_at"] = time.time() - 3600
    session.save()
    assert "session" in client.get("/account/").cookies
    assert time.time() - client.session["used_at"] < 60
    assert "session" not in client.get("/account/").cookies


def test_cookies_are_for_the_server_alone(client, moderator):
    client.get(SIGN_IN)
    sign_in(client)
    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
