"""Adding, resuming and removing webhooks, and messages sent by hand."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from perspectives.actions.webhooks import webhooks
from perspectives.errors import BrokenRulesError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Edition, LogEntry, User, Webhook, WebhookDelivery
from perspectives.policy import OPERATOR
from perspectives.queries.webhooks import webhooks as reading
from perspectives.rules.webhooks import signing
from tests.actions.at_once import at_once, one_winner
from tests.actions.webhooks.conftest import deliver

pytestmark = pytest.mark.django_db
PUBLIC = "https://93.184.215.14/hook"


def add(by, address=PUBLIC):
    return webhooks.add(by=by, address=address)


def test_a_webhook_is_added_and_its_secret_is_in_no_row(reader, settings):
    webhook, secret = add(reader, f" {PUBLIC} ")
    webhook.refresh_from_db()
    assert (webhook.owner, webhook.address, webhook.state) == (reader, PUBLIC, "unconfirmed")
    assert secret == signing.secret(settings.SECRET_KEY, webhook.salt)
    assert secret.startswith("whsec_")
    rows = [*Webhook.objects.values(), *WebhookDelivery.objects.values(), *LogEntry.objects.values()]
    assert secret.removeprefix("whsec_") not in str(rows)
    assert PUBLIC not in str(list(LogEntry.objects.values()))
    assert (LogEntry.objects.get().code, LogEntry.objects.get().detail) == ("webhook.added", {"webhook": webhook.pk})


def test_what_was_published_before_is_not_told(published, reader):
    webhook, _ = add(reader)
    assert webhook.told_edition == Edition.objects.latest("pk").pk


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "begins with https://"),
        ("ftp://kb.example/", "begins with https://"),
        ("http://93.184.215.14/", "begins with https://"),
        ("https://", "begin with http"),
        ("https://[::1/", "malformed"),
        ("http://[::1/", "no address of the web"),
        ("https://93.184.215.14:x/", "malformed"),
        ("https://93.184.215.14/a b", "without spaces"),
        ("https://93.184.215.14/\x00", "without spaces"),
        (f"https://93.184.215.14/{'x' * 500}", "at most 500"),
        ("https://reader:word@93.184.215.14/", "begin with http"),  # pragma: allowlist secret - an example
        ("https://127.0.0.1/", "inside a private network"),
        ("https://localhost/", "inside a private network"),
        ("https://[::1]/", "inside a private network"),
        ("https://169.254.169.254/latest/", "inside a private network"),
        ("https://0x7f.1/", "inside a private network"),
        ("https://nobody.invalid/", "no address that could be found"),
    ],
)
def test_nothing_is_sent_anywhere_but_to_public_addresses(reader, address, words):
    with pytest.raises(BrokenRulesError) as refusal:
        add(reader, address)
    assert words in str(refusal.value)
    assert not Webhook.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_server_inside_that_the_settings_name_is_taken_on_its_port_alone(reader, settings):
    settings.WEBHOOK_INSIDE = ["http://127.0.0.1:8099"]
    assert add(reader, "http://127.0.0.1:8099/hook")
    with pytest.raises(BrokenRulesError, match="begins with https"):
        add(reader, "http://127.0.0.1:8098/hook")
    with pytest.raises(BrokenRulesError, match="private network"):
        add(reader, "https://127.0.0.1:8099/hook")


def test_an_address_once_and_five_at_most(reader, proposer):
    add(reader)
    with pytest.raises(NotPossibleError, match="for this address already"):
        add(reader)
    add(proposer)
    for number in range(4):
        add(reader, f"{PUBLIC}/{number}")
    with pytest.raises(NotPossibleError, match="5 webhooks already"):
        add(reader, f"{PUBLIC}/4")


def test_twenty_messages_an_hour_by_hand_however_webhooks_come_and_go(reader, proposer):
    for _ in range(9):
        webhook, _secret = add(reader)
        webhooks.send_test(webhook_id=webhook.pk, by=reader)
        webhooks.remove(webhook_id=webhook.pk, by=reader)
    webhook, _secret = add(reader)
    webhooks.send_test(webhook_id=webhook.pk, by=reader)
    with pytest.raises(NotPossibleError, match="20 messages sent in an hour"):
        webhooks.send_test(webhook_id=webhook.pk, by=reader)
    with pytest.raises(NotPossibleError, match="20 messages sent in an hour"):
        add(reader, f"{PUBLIC}/another")
    add(proposer)
    assert reading.sent_by_hand(reader, timezone.now() - timedelta(hours=1)) == 20
    assert reading.sent_by_hand(reader, timezone.now()) == 0


def test_others_do_nothing_with_it(reader, proposer, published):
    webhook, _ = add(reader)
    delivery = WebhookDelivery.objects.get()
    deeds = [
        partial(webhooks.remove, webhook_id=webhook.pk),
        partial(webhooks.resume, webhook_id=webhook.pk),
        partial(webhooks.send_test, webhook_id=webhook.pk),
        partial(webhooks.send_again, delivery_id=delivery.pk),
    ]
    for deed in deeds:
        for actor in (None, OPERATOR, proposer, User(pk=0)):
            with pytest.raises(NotPermittedError):
                deed(by=actor)
    for actor in (None, OPERATOR):
        with pytest.raises(NotPermittedError):
            add(actor)
    with pytest.raises(NotFoundError):
        webhooks.remove(webhook_id=0, by=reader)
    with pytest.raises(NotFoundError):
        webhooks.send_again(delivery_id=0, by=reader)


def test_only_what_is_paused_is_resumed(reader):
    webhook, _ = add(reader)
    with pytest.raises(NotPossibleError, match="not paused"):
        webhooks.resume(webhook_id=webhook.pk, by=reader)


def test_a_message_is_sent_again_under_its_id(world, receiver):
    webhook = world.confirmed()
    world.publish()
    deliver()
    one = WebhookDelivery.objects.get()
    webhooks.send_again(delivery_id=one.pk, by=world.reader)
    with pytest.raises(NotPossibleError, match="yet to be sent"):
        webhooks.send_again(delivery_id=one.pk, by=world.reader)
    deliver()
    first, second = receiver.received
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert LogEntry.objects.filter(code="webhook.sent").get().detail == {"webhook": webhook.pk, "delivery": one.pk}
    pause = {"state": "paused", "paused_at": timezone.now(), "pause_reason": "It was away."}
    Webhook.objects.filter(pk=webhook.pk).update(**pause)
    with pytest.raises(NotPossibleError, match="resume it first"):
        webhooks.send_again(delivery_id=one.pk, by=world.reader)


def test_a_test_is_not_sent_again(reader):
    add(reader)
    with pytest.raises(NotPossibleError, match="send another"):
        webhooks.send_again(delivery_id=WebhookDelivery.objects.get().pk, by=reader)


def test_removing_forgets_all_of_it(reader, proposer):
    webhook, _ = add(reader)
    kept, _ = add(proposer)
    webhooks.remove(webhook_id=webhook.pk, by=reader)
    assert list(Webhook.objects.all()) == [kept]
    assert WebhookDelivery.objects.get().webhook == kept
    assert LogEntry.objects.latest("pk").code == "webhook.removed"


@pytest.mark.django_db(transaction=True)
def test_an_address_is_added_once_and_the_fifth_once(reader):
    assert one_winner(at_once(*[partial(add, reader)] * 2))
    for number in range(3):
        add(reader, f"{PUBLIC}/{number}")
    assert one_winner(at_once(*(partial(add, reader, f"{PUBLIC}/{side}") for side in ("left", "right"))))
    assert Webhook.objects.count() == 5
