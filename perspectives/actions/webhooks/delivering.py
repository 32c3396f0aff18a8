"""Sending the messages of webhooks, one at a time; run in the background.

What is to be told follows from editions and retractions themselves, which nobody can take back, and from how far each
webhook was told; so a worker that is killed, or a broker that is away, loses nothing. A message may be sent twice, by
whoever is killed before it wrote down what came of it: under the same id, which its receiver compares.
"""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.encoding import force_str

from perspectives import jobs
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.clients import http, mail
from perspectives.models import Edition, Webhook, WebhookDelivery
from perspectives.queries.webhooks import webhooks
from perspectives.rules.webhooks import messages, retries, signing
from perspectives.vocab import DeliveryState, MessageType, WebhookState

_LEASE: Final = timedelta(seconds=http.DELIVERY_SECONDS + 20)
"""After this time an attempt of which nothing was heard is taken for lost."""
_KEPT_FOR: Final = timedelta(days=30)
"""How long it can be seen what became of a message."""
_LOST: Final = "The program that sent it was ended before it knew what came of it; it is sent again."
_log = logging.getLogger(__name__)


class _Result(NamedTuple):
    """What came of an attempt: the status, if there was an answer, why it failed, the seconds of Retry-After."""

    status: int | None
    error: str
    retry_after: float | None = None


def deliver_next() -> None:
    """Send one message that is due, and send the job again for the next; does nothing while another is sent.

    What was published or retracted since the last time becomes messages before. A failure is written down with its
    reason and tried again, `rules.webhooks.retries.MOST_ATTEMPTS` times in all; then the webhook is paused until its
    owner, who is written to, resumes it. An answer 410 pauses it at once.
    """
    _make_messages()
    _tell_owners()
    claimed = _claim()
    if claimed is None:
        return
    _note(claimed, _sent(claimed))
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)


@transaction.atomic
def _make_messages() -> None:
    """Make the messages that webhooks lack, and note that they have them; forget those of long ago."""
    edition, retraction = webhooks.newest()
    for webhook in webhooks.behind(edition, retraction).select_for_update(of=("self",), no_key=True):
        WebhookDelivery.objects.bulk_create(_messages(webhook, edition, retraction))
        webhook.told_edition, webhook.told_retraction = edition, retraction
        webhook.save(update_fields=["told_edition", "told_retraction"])
    done = WebhookDelivery.objects.filter(state__in=[DeliveryState.DELIVERED, DeliveryState.FAILED])
    done.filter(made_at__lt=timezone.now() - _KEPT_FOR).delete()


def _messages(webhook: Webhook, edition: int, retraction: int) -> Iterator[WebhookDelivery]:
    """Tell of what a webhook was not told yet, up to an edition and a retraction."""
    editions = Edition.objects.select_related("topic", "article", "retraction").defer("body").order_by("pk")
    for one in editions.filter(pk__gt=webhook.told_edition, pk__lte=edition):
        yield _message(webhook, one, MessageType.EDITION_PUBLISHED)
    retracted = editions.filter(retraction__pk__gt=webhook.told_retraction, retraction__pk__lte=retraction)
    for one in retracted.order_by("retraction__pk"):
        yield _message(webhook, one, MessageType.EDITION_RETRACTED)


def _message(webhook: Webhook, edition: Edition, kind: MessageType) -> WebhookDelivery:
    now = timezone.now()
    at = edition.published_at if kind is MessageType.EDITION_PUBLISHED else edition.retraction.at
    owner, slug = ("topic", edition.topic.slug) if edition.topic else ("article", str(edition.article))
    body = messages.of_edition(kind, at, base=settings.SITE_URL, owner=owner, slug=slug, number=edition.number)
    return WebhookDelivery(webhook=webhook, type=kind, edition=edition, body=body, made_at=now, due_at=now)


@transaction.atomic
def _claim() -> WebhookDelivery | None:
    """Choose a message and write down that it is being sent; None if there is nothing to do, or somebody is at it."""
    wait_for_turn(Turn.WEBHOOKS)
    now = timezone.now()
    being_sent = WebhookDelivery.objects.filter(state=DeliveryState.SENDING)
    being_sent.filter(begun_at__lt=now - _LEASE).update(state=DeliveryState.WAITING, error=_LOST, due_at=now)
    if being_sent.exists():
        return None
    due = webhooks.due(now).select_related("webhook")
    chosen = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if chosen:
        chosen.state, chosen.begun_at = DeliveryState.SENDING, now
        chosen.attempts += 1
        chosen.save(update_fields=["state", "begun_at", "attempts"])
    return chosen


def _sent(delivery: WebhookDelivery) -> _Result:
    """Send a message once, signed with each key that the installation has."""
    body = delivery.body.encode()
    keys = [settings.SECRET_KEY, *map(force_str, settings.SECRET_KEY_FALLBACKS)]
    secrets = [signing.secret(key, delivery.webhook.salt) for key in keys]
    signed = signing.headers(secrets, message_id=delivery.message_id, timestamp=int(time.time()), body=body)
    address = delivery.webhook.address
    try:
        status, retry_after = http.deliver(address, body, {**signed, "Content-Type": "application/json"})
    except http.FetchError as error:
        return _Result(None, str(error))
    is_success = retries.is_success(status)
    host = urlsplit(address).hostname or ""
    return _Result(status, "" if is_success else retries.complaint(host, status), retry_after)


@transaction.atomic
def _note(delivery: WebhookDelivery, result: _Result) -> None:
    """Write down what came of an attempt, for the message and for its webhook."""
    webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
    # Whoever was taken for lost, or whose webhook was removed meanwhile, finds no such row and writes nothing.
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, begun_at=delivery.begun_at)
    outcome = _outcome(delivery, result)
    if webhook is None or not mine.update(status=result.status, error=result.error, **outcome):
        return
    if not result.error:
        _note_success(webhook, delivery)
    else:
        has_ended = outcome["state"] == DeliveryState.FAILED
        _note_failure(webhook, reason=result.error if has_ended and delivery.type != MessageType.TEST else "")


def _outcome(delivery: WebhookDelivery, result: _Result) -> dict[str, Any]:
    """Give the columns of a message after an attempt."""
    now = timezone.now()
    if not result.error:
        return {"state": DeliveryState.DELIVERED, "delivered_at": now}
    is_tried_once = delivery.type == MessageType.TEST or result.status == retries.GONE
    wait = None if is_tried_once else retries.wait(delivery.attempts, result.retry_after)
    if wait is None:
        return {"state": DeliveryState.FAILED}
    return {"state": DeliveryState.WAITING, "due_at": now + timedelta(seconds=wait)}


def _note_success(webhook: Webhook, delivery: WebhookDelivery) -> None:
    webhook.failing_since = None
    if delivery.type == MessageType.TEST and webhook.state == WebhookState.UNCONFIRMED:
        webhook.state = WebhookState.ACTIVE
    webhook.save(update_fields=["failing_since", "state"])


def _note_failure(webhook: Webhook, *, reason: str) -> None:
    """Note since when a webhook fails, and pause it for a `reason`, if there is one and it is not paused."""
    now = timezone.now()
    webhook.failing_since = webhook.failing_since or now
    if reason and webhook.state == WebhookState.ACTIVE:
        webhook.state, webhook.paused_at, webhook.pause_reason = WebhookState.PAUSED, now, reason
    webhook.save(update_fields=["failing_since", "state", "paused_at", "pause_reason"])


def _tell_owners() -> None:
    """Write to the owners of webhooks that were paused; to whom no mail can be sent now, the next run does."""
    untold = Webhook.objects.filter(state=WebhookState.PAUSED, owner_told_at=None, owner__is_active=True)
    for webhook in untold.exclude(owner__email="").select_related("owner"):
        context = {"webhook": webhook, "host": urlsplit(webhook.address).hostname, "site": settings.SITE_URL}
        try:
            mail.send(
                "perspectives/mail/webhook_paused.txt",
                to=webhook.owner.email,
                subject="A webhook is paused",
                context=context,
            )
        except mail.NotSentError as error:
            _log.warning("Nobody was told that webhook %s is paused; it is tried again: %s", webhook.pk, error)
            return
        mine = Webhook.objects.filter(pk=webhook.pk, state=WebhookState.PAUSED)
        mine.update(owner_told_at=Coalesce("owner_told_at", timezone.now()))
