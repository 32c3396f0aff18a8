"""Webhooks: addresses that are told of new editions and retractions, and what was sent to them."""

from typing import ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q

from perspectives.models.accounts.people import person
from perspectives.models.constraints import is_known, not_blank
from perspectives.models.publication.edition import Edition
from perspectives.vocab import DeliveryState, MessageType, WebhookState

LONGEST_ADDRESS: Final = 500


class Webhook(models.Model):
    """An address that somebody registered, and how far it was told of what happens.

    Its secret is derived from `salt` and the installation's SECRET_KEY (`rules.webhooks.signing`), so no row holds it.
    """

    owner = person("webhooks")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    salt = models.CharField(max_length=32)
    state = models.CharField(max_length=20, choices=WebhookState.choices, default=WebhookState.UNCONFIRMED)
    added_at = models.DateTimeField()
    told_edition = models.PositiveBigIntegerField()
    """Of editions up to this id there are deliveries, or it was added later."""
    told_retraction = models.PositiveBigIntegerField()
    """The same of retractions."""
    failing_since = models.DateTimeField(null=True)
    """Of the attempts that failed since the last success, the time of the first."""
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.TextField(blank=True, default="")
    """Why it was paused, in a sentence."""
    owner_told_at = models.DateTimeField(null=True)
    """When the owner was written to about the pause."""

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            is_known("webhook", "state", WebhookState),
            not_blank("webhook", "salt"),
            models.UniqueConstraint(
                fields=["owner", "address"],
                name="perspectives_webhook_address_is_its_owners_only_one",
                violation_error_message="This person has a webhook for this address.",
            ),
            models.CheckConstraint(
                condition=Q(address__regex=r"^https?://[^\s@/]+"),
                name="perspectives_webhook_address_is_of_the_web",
                violation_error_message="Give an address that begins with https://.",
            ),
            models.CheckConstraint(
                condition=Q(state=WebhookState.PAUSED, paused_at__isnull=False, pause_reason__regex=r"\S")
                | (~Q(state=WebhookState.PAUSED) & Q(paused_at=None, pause_reason="", owner_told_at=None)),
                name="perspectives_webhook_pause_has_a_reason",
                violation_error_message="A pause has its time and reason, and nothing else has them.",
            ),
        ]

    def __str__(self) -> str:
        return f"webhook {self.pk}: {self.state}"


class WebhookDelivery(models.Model):
    """A message for an address, or how far its delivery has come; sent by a background job, one at a time."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    number = models.UUIDField(default=uuid4, unique=True)
    """Names the message in each of its attempts, so that its receiver can tell a repetition."""
    type = models.CharField(max_length=40, choices=MessageType.choices)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="webhook_deliveries")
    """The edition that was published or retracted; None for a test."""
    body = models.TextField()
    """What is sent, byte by byte the same in each attempt."""
    state = models.CharField(max_length=20, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When the next attempt may begin, while it waits."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it was tried since it was made, or since somebody had it sent again."""
    begun_at = models.DateTimeField(null=True)
    """When it was tried last."""
    status = models.PositiveSmallIntegerField(null=True)
    """What the address answered last; None where it gave no answer."""
    error = models.TextField(blank=True, default="")
    """Why the last attempt failed, in a sentence."""
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "webhook deliveries"
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state=DeliveryState.WAITING), name="webhookdelivery_waiting")
        ]
        constraints: ClassVar = [
            is_known("webhookdelivery", "type", MessageType),
            is_known("webhookdelivery", "state", DeliveryState),
            not_blank("webhookdelivery", "body"),
            models.UniqueConstraint(
                fields=["webhook", "edition", "type"], name="perspectives_webhookdelivery_is_made_once"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=DeliveryState.SENDING),
                name="perspectives_webhookdelivery_one_is_sent_at_a_time",
                violation_error_message="Another message is being sent.",
            ),
            models.CheckConstraint(
                condition=Q(type=MessageType.TEST, edition=None)
                | (~Q(type=MessageType.TEST) & Q(edition__isnull=False)),
                name="perspectives_webhookdelivery_is_of_an_edition_or_a_test",
                violation_error_message="A message is about an edition, unless it is a test.",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False, error="")
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at=None)),
                name="perspectives_webhookdelivery_success_has_a_time",
                violation_error_message="What was delivered has its time and no error; nothing else has a time.",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.FAILED) | Q(error__regex=r"\S"),
                name="perspectives_webhookdelivery_failure_has_a_reason",
                violation_error_message="A failure has its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.state}"

    @property
    def message_id(self) -> str:
        """The header `webhook-id` of each attempt."""
        return f"msg_{self.number.hex}"
