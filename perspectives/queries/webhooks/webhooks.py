"""Webhooks and their deliveries: one's own, and what is to be sent."""

from datetime import datetime

from django.db.models import F, Max, Q, QuerySet

from perspectives.errors import require_found
from perspectives.models import Edition, LogEntry, Retraction, User, Webhook, WebhookDelivery
from perspectives.vocab import DeliveryState, EventCode, MessageType, WebhookState

SHOWN = 50
"""How many deliveries a page shows."""
_BY_HAND = (EventCode.WEBHOOK_ADDED, EventCode.WEBHOOK_SENT)
"""Each has a message sent."""


def own(person: User) -> QuerySet[Webhook]:
    """List a person's webhooks, newest first."""
    return Webhook.objects.filter(owner=person)


def own_webhook(person: User, number: int) -> Webhook:
    """Find one of a person's webhooks. Raises NotFoundError, also where it is somebody else's."""
    return require_found(own(person).filter(pk=number).first(), f"You have no webhook with the number {number}.")


def own_delivery(person: User, webhook: int, number: int) -> WebhookDelivery:
    """Find a delivery of one of a person's webhooks. Raises NotFoundError."""
    found = deliveries(own_webhook(person, webhook)).filter(pk=number).first()
    return require_found(found, f"This webhook has no delivery with the number {number}.")


def deliveries(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """List what was sent, and is to be sent, to an address, newest first; with the edition and its owner."""
    found = WebhookDelivery.objects.filter(webhook=webhook)
    return found.select_related("edition__topic", "edition__article").defer("edition__body")


def sent_by_hand(person: User, since: datetime) -> int:
    """Count the messages that a person had sent since then, by adding webhooks, as tests, or again."""
    return LogEntry.objects.filter(by=person, code__in=_BY_HAND, at__gt=since).count()


def newest() -> tuple[int, int]:
    """Give the ids of the last edition and the last retraction, 0 where there is none.

    They appear in the order of their ids (`actions.locks.Turn.PUBLISHING`), so whoever was told of all up to these has
    missed none.
    """
    edition = Edition.objects.aggregate(last=Max("pk"))["last"] or 0
    retraction = Retraction.objects.aggregate(last=Max("pk"))["last"] or 0
    return edition, retraction


def behind(edition: int, retraction: int) -> QuerySet[Webhook]:
    """Find the active webhooks of people who take part that are not told yet of all up to these ids."""
    is_behind = Q(told_edition__lt=edition) | Q(told_retraction__lt=retraction)
    return Webhook.objects.filter(is_behind, state=WebhookState.ACTIVE, owner__is_active=True).order_by("pk")


def waiting() -> QuerySet[WebhookDelivery]:
    """Find the deliveries that are to be tried at their time; to who is paused or not confirmed only tests go."""
    may_go = Q(webhook__state=WebhookState.ACTIVE) | Q(type=MessageType.TEST)
    return WebhookDelivery.objects.filter(may_go, state=DeliveryState.WAITING, webhook__owner__is_active=True)


def due(now: datetime) -> QuerySet[WebhookDelivery]:
    """Find the deliveries to be tried now; addresses that fail come after those that do not."""
    order = (F("webhook__failing_since").asc(nulls_first=True), "due_at", "pk")
    return waiting().filter(due_at__lte=now).order_by(*order)
