"""The pages of one's own webhooks."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from perspectives.actions.webhooks import delivering, webhooks
from perspectives.models import Edition, Webhook, WebhookDelivery
from perspectives.rules.webhooks import signing
from tests.people import account

pytestmark = pytest.mark.django_db
WEBHOOKS = "/account/webhooks/"
ADDRESS = "https://93.184.215.14/hook"


@pytest.fixture
def person():
    return account("reader")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def add(person, address=ADDRESS):
    return webhooks.add(by=person, address=address)[0]


def delivered(webhook, edition, state="delivered"):
    """Make the message about an edition that was delivered, or failed."""
    said = {"delivered_at": timezone.now(), "status": 200}
    if state == "failed":
        said = {"error": "kb.example answered 500; a success is 200 to 299.", "status": 500}
    message = delivering._message(webhook, edition, delivering.MessageType.EDITION_PUBLISHED)
    message.state, message.attempts = state, 1
    for name, value in said.items():
        setattr(message, name, value)
    message.save()
    return message


def test_the_secret_is_shown_once(signed_in, person, settings):
    assert "None yet." in page(signed_in.get(WEBHOOKS))
    response = signed_in.post(WEBHOOKS, {"address": ADDRESS})
    webhook = Webhook.objects.get()
    secret = signing.secret(settings.SECRET_KEY, webhook.salt)
    assert re.findall(r"whsec_[\w+/=]+", page(response)) == [secret]
    assert "no-store" in response["Cache-Control"]
    for address in (WEBHOOKS, f"{WEBHOOKS}{webhook.pk}/"):
        text = page(signed_in.get(address))
        assert "whsec_" not in text
        assert webhook.salt not in text
        assert ADDRESS in text
        assert "Not confirmed" in text
    assert secret not in str(dict(signed_in.session))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "This field is required."),
        ("http://93.184.215.14/", "begins with https://"),
        ("https://127.0.0.1/", "inside a private network"),
        ("https://93.184.215.14/" + "x" * 500, "at most 500 characters"),
        ("https://93.184.215.14/\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(signed_in, address, words):
    text = page(signed_in.post(WEBHOOKS, {"address": address}))
    assert words in text
    assert "<title>No webhook was added: " in text
    assert 'aria-invalid="true"' in text
    assert not Webhook.objects.exists()


def test_sending_the_form_again_adds_no_second_one(signed_in):
    signed_in.post(WEBHOOKS, {"address": ADDRESS})
    text = page(signed_in.post(WEBHOOKS, {"address": ADDRESS}))
    assert "for this address already" in text
    assert 'role="alert"' in text
    assert Webhook.objects.count() == 1


def test_messages_are_shown_and_sent_again(signed_in, person, published):
    webhook = add(person)
    Webhook.objects.update(state="active")
    good = delivered(webhook, published[0])
    bad = delivered(webhook, published[1], state="failed")
    text = page(signed_in.get(f"{WEBHOOKS}{webhook.pk}/"))
    assert f"{published[0].topic.slug}, edition 1" in text
    assert "Delivered (200)" in text
    assert "Failed: kb.example answered 500" in text
    assert text.count('value="again ') == 2
    for one in (good, bad):
        response = signed_in.post(f"{WEBHOOKS}{webhook.pk}/", {"action": f"again {one.pk}"})
        assert "sent again, under the same id" in page(signed_in.get(response["Location"]))
        one.refresh_from_db()
        assert one.state == "waiting"
    response = signed_in.post(f"{WEBHOOKS}{webhook.pk}/", {"action": f"again {good.pk}"})
    assert "yet to be sent" in page(signed_in.get(response["Location"]))


def test_a_test_is_sent_and_a_pause_ended(signed_in, person):
    webhook = add(person)
    place = f"{WEBHOOKS}{webhook.pk}/"
    assert "A test is on its way." in page(signed_in.post(place, {"action": "test"}, follow=True))
    assert WebhookDelivery.objects.count() == 2
    assert 'value="resume"' not in page(signed_in.get(place))
    Webhook.objects.update(state="paused", paused_at=timezone.now(), pause_reason="kb.example answered 500.")
    text = page(signed_in.get(place))
    assert "The last attempt: kb.example answered 500." in text
    assert 'value="resume"' in text
    assert "The webhook goes on" in page(signed_in.post(place, {"action": "resume"}, follow=True))
    assert Webhook.objects.get().state == "active"


@pytest.mark.parametrize("action", ["", "again", "again x", "again ²", "remove"])
def test_what_is_no_button_does_nothing(signed_in, person, action):
    webhook = add(person)
    text = page(signed_in.post(f"{WEBHOOKS}{webhook.pk}/", {"action": action}, follow=True))
    assert "Nothing was done" in text
    assert WebhookDelivery.objects.count() == 1


def test_removing_asks_first(signed_in, person):
    webhook = add(person)
    place = f"{WEBHOOKS}{webhook.pk}/remove/"
    assert "Remove this webhook?" in page(signed_in.get(place))
    assert Webhook.objects.exists()
    assert "The webhook is removed" in page(signed_in.post(place, follow=True))
    assert not Webhook.objects.exists()
    page(signed_in.post(place), 404)


def test_those_of_others_are_not_found(signed_in, proposer, published):
    webhook = add(proposer)
    one = delivered(webhook, published[0])
    own = add(account("own"))
    for number in (webhook.pk, own.pk, 0, 10**30):
        for rest in ("", "remove/"):
            page(signed_in.get(f"{WEBHOOKS}{number}/{rest}"), 404)
            page(signed_in.post(f"{WEBHOOKS}{number}/{rest}", {"action": "test"}), 404)
    mine = Client()
    mine.force_login(own.owner)
    page(mine.post(f"{WEBHOOKS}{own.pk}/", {"action": f"again {one.pk}"}), 404)
    one.refresh_from_db()
    assert one.state == "delivered"


def test_forms_of_others_are_not_taken(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    webhook = add(person)
    for address in (WEBHOOKS, f"{WEBHOOKS}{webhook.pk}/", f"{WEBHOOKS}{webhook.pk}/remove/"):
        page(client.post(address, {"address": f"{ADDRESS}2", "action": "test"}), 403)
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (1, 1)


def test_the_price_of_a_page_does_not_grow(signed_in, person, published, django_assert_num_queries):
    webhook = add(person)
    place = f"{WEBHOOKS}{webhook.pk}/"
    signed_in.get(place)
    for edition in Edition.objects.order_by("pk"):
        with django_assert_num_queries(4):
            signed_in.get(place)
        delivered(webhook, edition)
    with django_assert_num_queries(3):
        signed_in.get(WEBHOOKS)
