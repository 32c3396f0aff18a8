"""Messages of webhooks reach a real server: signed, each once, and again after failures and killed senders."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from perspectives.actions.webhooks import delivering, webhooks
from perspectives.clients import http
from perspectives.clients import mail as mails
from perspectives.models import Edition, User, Webhook, WebhookDelivery
from perspectives.rules.webhooks import retries
from perspectives.vocab import DeliveryState
from tests import factories
from tests.actions.webhooks.conftest import deliver

pytestmark = pytest.mark.django_db


def told(receiver):
    """Give the type, number and sort of subject of what arrived."""
    bodies = [json.loads(one.body) for one in receiver.received]
    return [(body["type"], body["data"].get("edition")) for body in bodies]


def test_a_test_confirms_and_then_everything_since_is_told(world, receiver):
    _, secret = world.add()
    first = world.publish()
    assert receiver.received == []
    delivering.deliver_next()
    assert told(receiver) == [("webhook.test", None)]
    deliver()
    world.retract(first)
    second = world.publish()
    deliver()
    assert told(receiver)[1:] == [
        ("edition.published", first.number),
        ("edition.published", second.number),
        ("edition.retracted", first.number),
    ]
    for one in receiver.received:
        assert Verifier(secret).verify(one.body, dict(one.headers)) == json.loads(one.body)
        assert one.headers["Content-Type"] == "application/json"
        assert len(one.body) < 300
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 4
    url = json.loads(receiver.received[1].body)["data"]["url"]
    assert url.endswith(f"/api/v1/topics/{factories.TOPIC}/editions/{first.number}/")
    assert set(WebhookDelivery.objects.values_list("state", "status")) == {("delivered", 200)}
    deliver()
    assert len(receiver.received) == 4


def test_an_article_guide_is_told_of_as_one(world, receiver, settings):
    webhook = world.confirmed()
    guide = Edition.objects.exclude(article=None).latest("pk")
    Webhook.objects.filter(pk=webhook.pk).update(told_edition=guide.pk - 1)
    deliver()
    assert json.loads(receiver.received[0].body)["data"] == {
        "article": factories.ARTICLE,
        "edition": 1,
        "url": f"{settings.SITE_URL}/api/v1/articles/{factories.ARTICLE}/editions/1/",
    }


def test_who_is_not_confirmed_gets_one_test_alone(world, receiver, later):
    receiver.statuses["/ok"] = 500
    webhook, _ = world.add()
    deliver()
    world.publish()
    later(days=2)
    deliver()
    assert told(receiver) == [("webhook.test", None)]
    test = WebhookDelivery.objects.get()
    assert (test.state, test.status, test.attempts) == ("failed", 500, 1)
    webhook.refresh_from_db()
    assert (webhook.state, bool(webhook.failing_since)) == ("unconfirmed", True)
    receiver.statuses.clear()
    webhooks.send_test(webhook_id=webhook.pk, by=world.reader)
    deliver()
    webhook.refresh_from_db()
    assert (webhook.state, webhook.failing_since) == ("active", None)
    assert told(receiver)[-1][0] == "edition.published", "nothing since it was added is missing"


def test_failures_are_retried_with_growing_waits_then_it_is_paused_and_its_owner_told(world, receiver, later):
    User.objects.filter(pk=world.reader.pk).update(email="reader@people.example")
    webhook = world.confirmed("/500")
    receiver.statuses["/500"] = 500
    world.publish()
    for wait in (*retries.WAITS, None):
        asked = timezone.now()
        deliver()
        one = WebhookDelivery.objects.get()
        if wait is not None:
            assert one.state == "waiting"
            assert one.error == "127.0.0.1 answered 500; a success is 200 to 299."
            assert timedelta(seconds=wait) <= one.due_at - asked < timedelta(seconds=wait + 20)
            assert not mail.outbox
            later(seconds=wait + 21)
    assert len(receiver.received) == retries.MOST_ATTEMPTS == one.attempts
    assert len({received.headers["webhook-id"] for received in receiver.received}) == 1
    assert len({received.body for received in receiver.received}) == 1
    webhook.refresh_from_db()
    assert (one.state, webhook.state, webhook.pause_reason) == ("failed", "paused", one.error)
    deliver()
    (sent,) = mail.outbox
    assert sent.to == ["reader@people.example"]
    assert f"/account/webhooks/{webhook.pk}/" in sent.body
    assert one.error in sent.body
    later(days=3)
    missed = world.publish()
    deliver()
    assert (len(receiver.received), len(mail.outbox)) == (retries.MOST_ATTEMPTS, 1)
    receiver.statuses.clear()
    webhooks.resume(webhook_id=webhook.pk, by=world.reader)
    deliver()
    assert [number for _, number in told(receiver)[-2:]] == [missed.number - 1, missed.number]
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_whom_no_mail_reaches_is_written_to_later(world, receiver, monkeypatch, log_of):
    User.objects.filter(pk=world.reader.pk).update(email="reader@people.example")
    world.confirmed("/gone")
    receiver.statuses["/gone"] = 410
    world.publish()

    def away(*_args, **_more):
        raise mails.NotSentError("no mail server")

    log = log_of(delivering)
    with monkeypatch.context() as patch:
        patch.setattr(delivering.mail, "send", away)
        deliver()
        deliver()
    assert Webhook.objects.get().owner_told_at is None
    assert "it is tried again: no mail server" in log.text
    deliver()
    deliver()
    assert len(mail.outbox) == 1
    assert Webhook.objects.get().owner_told_at


def test_410_pauses_at_once(world, receiver):
    webhook = world.confirmed("/gone")
    receiver.statuses["/gone"] = 410
    world.publish()
    deliver()
    webhook.refresh_from_db()
    assert (webhook.state, webhook.pause_reason) == ("paused", "127.0.0.1 answered 410: it wants no more messages.")
    assert len(receiver.received) == 1
    one = WebhookDelivery.objects.get()
    webhooks.send_test(webhook_id=webhook.pk, by=world.reader)
    deliver()
    webhook.refresh_from_db()
    one.refresh_from_db()
    assert (webhook.state, one.state, len(receiver.received)) == ("paused", "failed", 2), "a test goes out all the same"


def test_redirects_are_not_followed(world, receiver):
    world.confirmed("/there")
    receiver.statuses["/there"] = 302
    receiver.answer_headers["Location"] = f"{receiver.origin}/elsewhere"
    world.publish()
    deliver()
    assert receiver.paths() == ["/there"]
    assert "redirects are not followed" in WebhookDelivery.objects.get().error


def test_a_receiver_may_ask_for_time(world, receiver):
    world.confirmed("/busy")
    receiver.statuses["/busy"] = 503
    receiver.answer_headers["Retry-After"] = "900"
    world.publish()
    asked = timezone.now()
    deliver()
    assert WebhookDelivery.objects.get().due_at - asked > timedelta(seconds=899)


def test_a_server_that_hangs_or_is_away_is_given_up(world, receiver, monkeypatch, settings):
    monkeypatch.setattr(http, "DELIVERY_SECONDS", 1.0)
    world.confirmed("/hang")
    settings.WEBHOOK_INSIDE = [receiver.origin, "http://127.0.0.1:9"]
    away, _ = webhooks.add(by=world.proposer, address="http://127.0.0.1:9/")
    Webhook.objects.filter(pk=away.pk).update(state="active")
    world.publish()
    deliver()
    errors = WebhookDelivery.objects.exclude(type="webhook.test").values_list("error", "status")
    assert {(error.partition(" (")[0], status) for error, status in errors} == {
        ("127.0.0.1 took longer than 1 seconds.", None),
        ("127.0.0.1 could not be reached", None),
    }


def test_what_fails_comes_after_what_does_not(world, receiver):
    slow = world.confirmed("/slow")
    Webhook.objects.filter(pk=slow.pk).update(failing_since=timezone.now())
    world.confirmed("/quick", by=world.proposer)
    world.publish()
    world.publish()
    deliver()
    assert receiver.paths() == ["/quick", "/quick", "/slow", "/slow"]


def test_a_name_that_leads_inside_by_then_is_not_asked(world, receiver, settings):
    world.confirmed()
    settings.WEBHOOK_INSIDE = []
    world.publish()
    deliver()
    assert receiver.received == []
    assert "inside a private network" in WebhookDelivery.objects.get().error


def test_whoever_was_killed_while_sending_is_replaced_under_the_same_id(world, receiver, later, monkeypatch):
    world.confirmed()
    world.publish()

    class KilledError(BaseException):
        """Ends the job as SIGKILL does: nothing more is written."""

    def killed(delivery, _result):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_note", killed)
        with pytest.raises(KilledError):
            delivering.deliver_next()
    assert WebhookDelivery.objects.get().state == DeliveryState.SENDING
    delivering.deliver_next()
    assert len(receiver.received) == 1, "it may still be sent"
    later(seconds=31)
    deliver()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    one = WebhookDelivery.objects.get()
    assert (one.state, one.attempts, one.error) == ("delivered", 2, "")


def test_whoever_was_taken_for_lost_writes_nothing(world, receiver, later):
    world.confirmed()
    world.publish()
    delivering._make_messages()
    claimed = delivering._claim()
    later(seconds=31)
    deliver()
    delivered = WebhookDelivery.objects.get()
    delivering._note(claimed, delivering._Result(500, "Too late."))
    assert WebhookDelivery.objects.get().state == delivered.state == "delivered"
    assert Webhook.objects.get().failing_since is None


def test_what_was_removed_while_it_was_sent_is_forgotten(world, receiver):
    webhook = world.confirmed()
    world.publish()
    delivering._make_messages()
    claimed = delivering._claim()
    webhooks.remove(webhook_id=webhook.pk, by=world.reader)
    delivering._note(claimed, delivering._sent(claimed))
    assert not WebhookDelivery.objects.exists()


def test_an_account_that_is_closed_gets_nothing_until_it_is_opened(world, receiver):
    world.confirmed()
    User.objects.filter(pk=world.reader.pk).update(is_active=False)
    world.publish()
    deliver()
    assert receiver.received == []
    User.objects.filter(pk=world.reader.pk).update(is_active=True)
    deliver()
    assert len(receiver.received) == 1


def test_what_became_of_a_message_is_forgotten_after_a_month(world, receiver):
    world.confirmed()
    world.publish()
    deliver()
    WebhookDelivery.objects.update(made_at=timezone.now() - timedelta(days=29))
    deliver()
    assert WebhookDelivery.objects.count() == 1
    WebhookDelivery.objects.update(made_at=timezone.now() - timedelta(days=31))
    deliver()
    assert (WebhookDelivery.objects.count(), len(receiver.received)) == (0, 1)
