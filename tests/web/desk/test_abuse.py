"""What is done with the desk against its rules: forms from elsewhere, from before, twice, and far too many."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.errors import NotPossibleError
from perspectives.models import LogEntry, Suggestion, User
from perspectives.rules.suggestions import spam
from perspectives.vocab import Role
from tests import factories, people, suggesting
from tests.repo import desk_routes
from tests.repo.test_routes import ACCOUNT_ROUTES, ROUTES
from tests.web.desk import filling

HARMLESS = "10.1000/harmless"
TAKES_A_TOKEN = [name for name, row in desk_routes.DESK_ROUTES.items() if row.sends != desk_routes.NOT_TAKEN]
ONE_CLICK = "account-unsubscribe"
"""The one form that mailboxes send for people (RFC 8058); its address is signed, and it only stops mails."""
ARGUMENTS = {
    "lti-register": {"token": "unheard-of"},
    "account-class": {"number": 1},
    "class-join": {"code": "ABCDEFGH"},
    "account-class-activity": {"number": 1, "activity": 1},
    "account-class-delete": {"number": 1},
    "account-key-revoke": {"number": 1},
    "account-suggestion": {"number": 1},
    "account-webhook": {"number": 1},
    "account-webhook-remove": {"number": 1},
    "suggest-kind": {"kind": "new-source"},
    "account-join": {"token": "unheard-of"},
    "account_confirm_email": {"key": "unheard-of"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "unheard-of"},
}


def address(route, made):
    row = desk_routes.DESK_ROUTES[route]
    return reverse(route, kwargs={name: made.get(value, value) for name, value in row.arguments.items()})


def desk_forms(client, made):
    """Open every page of the desk and fill in its forms with harmless words."""
    for route, row in desk_routes.DESK_ROUTES.items():
        if row.reads[4] == 200 and route != "desk-intake-report":
            page = address(route, made)
            for filled in filling.forms(client.get(page).content, page, HARMLESS):
                if filled.address != reverse("tray"):  # the browser's own, in what readers see
                    yield route, filled


@pytest.fixture
def made(published):
    return desk_routes.world()


def test_no_form_from_elsewhere_is_taken(made, signed_in):
    _, person = signed_in("chief-editor")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    people.show_second_factor(client, person)
    taken = [route for route in TAKES_A_TOKEN if client.post(address(route, made)).status_code != 403]
    sent = [name for name, (_, sends, _) in ACCOUNT_ROUTES.items() if 405 not in sends and name != ONE_CLICK]
    taken += [name for name in sent if client.post(reverse(name, kwargs=ARGUMENTS.get(name, {}))).status_code != 403]
    assert not taken


def test_every_form_has_a_token_and_no_page_that_is_kept_has_one(made, signed_in, client):
    for route, (arguments, status, _) in ROUTES.items():
        if status == 200:
            assert b"csrfmiddlewaretoken" not in client.get(reverse(route, kwargs=arguments)).content, route
    client, _ = signed_in("chief-editor")
    found = list(desk_forms(client, made))
    assert len(found) > 30
    assert not [route for route, filled in found if "csrfmiddlewaretoken" not in filled.data]


@pytest.mark.parametrize(
    ("change", "statuses"), [({"role": Role.READER}, {404}), ({"is_active": False}, {302})], ids=["reader", "left"]
)
def test_an_open_form_of_who_may_no_longer_does_nothing(change, statuses, made, signed_in):
    """The session lives on here, as if the change came between the two requests: what counts is the row."""
    client, person = signed_in("chief-editor")
    opened = list(desk_forms(client, made))
    User.objects.filter(pk=person.pk).update(**change)
    before = LogEntry.objects.count()
    for route, filled in opened:
        answer = client.post(filled.address, filled.data)
        assert answer.status_code in statuses, (route, answer.status_code)
        assert answer.status_code == 404 or answer["Location"].startswith("/account/sign-in/"), route
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize(("change", "status"), [({"role": Role.READER}, 404), ({"is_active": False}, 401)])
def test_a_key_of_who_may_no_longer_does_nothing(change, status, published):
    person = User.objects.create_user("programs", role=Role.MODERATOR)
    people.protect(person)
    _, secret = api_keys.create(by=person, name="Mine", scopes=["curate"], expires_at=None)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    place = f"/api/v1/desk/topics/{factories.TOPIC}/"
    tag = client.get(place)["ETag"]
    User.objects.filter(pk=person.pk).update(**change)
    before = LogEntry.objects.count()
    answer = client.put(place, b"{}", content_type="application/json", headers={"if-match": tag})
    assert answer.status_code == status
    assert LogEntry.objects.count() == before


MAY_BE_DONE_AGAIN = {
    "desk-topic-move": "a second press is a second step, and a step back is one press away",
}
"""Routes whose form does its action again when it is sent again, and why that may be."""


def test_a_form_that_is_sent_twice_does_its_action_once(made, signed_in):
    client, _ = signed_in("chief-editor")
    again, done = [], 0
    for route, filled in list(desk_forms(client, made)):
        begin = transaction.savepoint()
        before = LogEntry.objects.count()
        client.post(filled.address, filled.data)
        once = LogEntry.objects.count()
        answer = client.post(filled.address, filled.data)
        assert answer.status_code < 500, route
        done += once > before
        if LogEntry.objects.count() > once and resolve(filled.address).url_name not in MAY_BE_DONE_AGAIN:
            again.append((resolve(filled.address).url_name, filled.address, LogEntry.objects.latest("pk").code))
        transaction.savepoint_rollback(begin)
    assert not again
    assert done > 10


def test_one_person_cannot_flood_the_queue(published, reader):
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - timedelta(days=400))
    refused = 0
    for _ in range(1000):
        try:
            suggesting.sent(reader)
        except NotPossibleError:
            refused += 1
    assert Suggestion.objects.count() == spam.MOST_A_DAY == 1000 - refused


def test_fifty_young_accounts_fill_the_quarantine_and_not_the_queue(published):
    """Each says the same: only the first of all reaches the queue."""
    for number in range(50):
        young = User.objects.create_user(f"young{number}")
        for _ in range(spam.MOST_OPEN_WHEN_NEW):
            suggesting.sent(young, words="Buy a bridge.")
        with pytest.raises(NotPossibleError):
            suggesting.sent(young)
    assert Suggestion.objects.count() == 50 * spam.MOST_OPEN_WHEN_NEW
    assert Suggestion.objects.filter(is_quarantined=False).count() == 1
