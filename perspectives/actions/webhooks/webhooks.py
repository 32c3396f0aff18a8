"""Webhooks: add, remove, resume, have a message sent by hand."""

import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.event_log import record
from perspectives.actions.locks import locked_actor
from perspectives.clients import http
from perspectives.errors import BrokenRulesError, NotPossibleError, require_found
from perspectives.models import User, Webhook, WebhookDelivery
from perspectives.models.webhook import LONGEST_ADDRESS
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.webhooks import webhooks
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.rules.webhooks import messages, signing
from perspectives.vocab import DeliveryState, EventCode, MessageType, WebhookState

MOST_WEBHOOKS: Final = 5
"""How many a person may have at once."""
MOST_BY_HAND: Final = 20
"""How many messages a person may have sent in an hour: the first to a new address, tests, and repetitions."""
_HOUR: Final = timedelta(hours=1)
_SALT_BYTES: Final = 16


def add(*, by: Actor | None, address: str) -> tuple[Webhook, str]:
    """Register an address, send it a test, and give the webhook with its secret, which is shown this once.

    It becomes active when the address answers a test with success; from now on it misses nothing. Raises
    NotPermittedError, BrokenRulesError where the address is none to which we send, and NotPossibleError where the
    person has it already, or too many, or had too much sent.
    """
    require_person(by, Permission.WEBHOOK_ADD)
    return _added(by=by, address=_checked(address))  # looked up before anything is locked


@transaction.atomic
def _added(*, by: Actor | None, address: str) -> tuple[Webhook, str]:
    person = require_person(locked_actor(by), Permission.WEBHOOK_ADD)
    _require_room(person, address)
    edition, retraction = webhooks.newest()
    webhook = Webhook.objects.create(
        owner=person,
        address=address,
        salt=secrets.token_hex(_SALT_BYTES),
        added_at=timezone.now(),
        told_edition=edition,
        told_retraction=retraction,
    )
    _make_test(webhook)
    record(EventCode.WEBHOOK_ADDED, by=person, webhook=webhook.pk)
    return webhook, signing.secret(settings.SECRET_KEY, webhook.salt)


@transaction.atomic
def remove(*, webhook_id: int, by: Actor | None) -> None:
    """Forget a webhook with its deliveries; what is being sent meanwhile may still arrive. Raises like `resume`."""
    webhook, person = _locked(webhook_id, by)
    _delete(webhook)
    record(EventCode.WEBHOOK_REMOVED, by=person, webhook=webhook_id)


def remove_all(person: User) -> None:
    """Forget all webhooks of somebody, since the account is erased."""
    for webhook in webhooks.own(person).select_for_update().order_by("pk"):
        _delete(webhook)


@transaction.atomic
def resume(*, webhook_id: int, by: Actor | None) -> Webhook:
    """Let a webhook that was paused go on: what waits, what failed and what it missed is sent.

    Raises NotFoundError, NotPermittedError, and NotPossibleError where it is not paused.
    """
    webhook, person = _locked(webhook_id, by)
    if webhook.state != WebhookState.PAUSED:
        raise NotPossibleError("This webhook is not paused.")
    webhook.state, webhook.pause_reason = WebhookState.ACTIVE, ""
    webhook.paused_at = webhook.owner_told_at = webhook.failing_since = None
    webhook.save(update_fields=["state", "pause_reason", "paused_at", "owner_told_at", "failing_since"])
    unsent = WebhookDelivery.objects.filter(webhook=webhook, state__in=[DeliveryState.WAITING, DeliveryState.FAILED])
    unsent.exclude(type=MessageType.TEST).update(state=DeliveryState.WAITING, attempts=0, due_at=timezone.now())
    record(EventCode.WEBHOOK_RESUMED, by=person, webhook=webhook.pk)
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)
    return webhook


@transaction.atomic
def send_test(*, webhook_id: int, by: Actor | None) -> WebhookDelivery:
    """Send a test, once; a success confirms the address. Raises like `remove`, and NotPossibleError after too many."""
    webhook, person = _locked(webhook_id, by)
    _require_patience(person)
    delivery = _make_test(webhook)
    record(EventCode.WEBHOOK_SENT, by=person, webhook=webhook.pk, delivery=delivery.pk)
    return delivery


@transaction.atomic
def send_again(*, delivery_id: int, by: Actor | None) -> WebhookDelivery:
    """Send a message again under the id that it has, with as many attempts as a new one.

    Raises like `send_test`, and NotPossibleError for a test, for what has yet to be sent and while it is paused.
    """
    found = WebhookDelivery.objects.filter(pk=delivery_id).first()
    found = require_found(found, f"There is no delivery with the number {delivery_id}.")
    webhook, person = _locked(found.webhook_id, by)
    delivery = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if delivery.type == MessageType.TEST:
        raise NotPossibleError("A test is not sent again; send another.")
    if webhook.state != WebhookState.ACTIVE:
        raise NotPossibleError("This webhook is paused; resume it first.")
    if delivery.state in {DeliveryState.WAITING, DeliveryState.SENDING}:
        raise NotPossibleError("This message has yet to be sent; wait for that.")
    _require_patience(person)
    delivery.state, delivery.attempts, delivery.due_at = DeliveryState.WAITING, 0, timezone.now()
    delivery.delivered_at = None
    delivery.save(update_fields=["state", "attempts", "due_at", "delivered_at"])
    record(EventCode.WEBHOOK_SENT, by=person, webhook=webhook.pk, delivery=delivery.pk)
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)
    return delivery


def _locked(webhook_id: int, by: Actor | None) -> tuple[Webhook, User]:
    """Lock whoever acts, then a webhook. Raises NotFoundError and NotPermittedError."""
    actor = locked_actor(by)
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    webhook = require_found(webhook, f"There is no webhook with the number {webhook_id}.")
    return webhook, require_person(actor, Permission.WEBHOOK_CHANGE, begun_by=webhook.owner_id)


def _delete(webhook: Webhook) -> None:
    WebhookDelivery.objects.filter(webhook=webhook).delete()
    webhook.delete()


def _make_test(webhook: Webhook) -> WebhookDelivery:
    now = timezone.now()
    body = messages.of_test(now, base=settings.SITE_URL)
    jobs.enqueue(jobs.Job.DELIVER_WEBHOOKS)
    return WebhookDelivery.objects.create(webhook=webhook, type=MessageType.TEST, body=body, made_at=now, due_at=now)


def _checked(address: str) -> str:
    """Give the address in one form. Raises BrokenRulesError where nothing may be sent there."""
    address = address.strip()
    if problem := _problem(address):
        raise BrokenRulesError("Nothing can be sent to this address.", (FieldProblem("address", problem),))
    return address


def _problem(address: str) -> str:
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return f"Give an address of at most {LONGEST_ADDRESS} characters without spaces."
    try:
        if not address.startswith("https://") and not http.may_be_inside(address):
            return "Give an address that begins with https://."
        http.require_public(address)
    except ValueError:
        return "This is no address of the web."
    except http.FetchError as error:
        return str(error)
    return ""


def _require_room(person: User, address: str) -> None:
    own = webhooks.own(person)
    if own.filter(address=address).exists():
        raise NotPossibleError("You have a webhook for this address already; remove that first, or use it.")
    if own.count() >= MOST_WEBHOOKS:
        raise NotPossibleError(f"You have {MOST_WEBHOOKS} webhooks already; remove one that you do not use.")
    _require_patience(person)


def _require_patience(person: User) -> None:
    if webhooks.sent_by_hand(person, timezone.now() - _HOUR) >= MOST_BY_HAND:
        raise NotPossibleError(f"You had {MOST_BY_HAND} messages sent in an hour, the most; come back later.")
