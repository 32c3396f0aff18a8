"""What webhooks and their deliveries look like to their owner."""

from typing import Annotated, Any

from pydantic import Field

from perspectives.api.desk.shapes import Moment, Page, Record
from perspectives.models.webhook import LONGEST_ADDRESS
from perspectives.rules.documents.fields import Line, Part
from perspectives.vocab import DeliveryState, MessageType, WebhookState


class NewWebhook(Part):
    """An address that is to be told: `https://`, and in no private network."""

    address: Annotated[Line, Field(max_length=LONGEST_ADDRESS, description="Where messages are sent by POST.")]


class WebhookRecord(Record):
    """A webhook. `failing_since` is there while its last attempt was none that succeeded."""

    id: int
    address: str
    state: WebhookState
    added_at: Moment
    failing_since: Moment | None = None
    paused_at: Moment | None = None
    pause_reason: str | None = None


class AddedWebhook(WebhookRecord):
    """A webhook with its secret, which no other answer gives."""

    secret: str


class Webhooks(Page[WebhookRecord]):
    """One's own webhooks, newest first."""


class DeliveryRecord(Record):
    """The delivery of a message: its `message_id` is the header `webhook-id`, `body` what is sent.

    `status` is what the address answered last; while it waits after an attempt, `due_at` tells when the next may begin.
    """

    id: int
    message_id: str
    type: MessageType
    state: DeliveryState
    body: dict[str, Any]
    made_at: Moment
    attempts: int
    due_at: Moment
    begun_at: Moment | None = None
    status: int | None = None
    error: str | None = None
    delivered_at: Moment | None = None


class Deliveries(Page[DeliveryRecord]):
    """The deliveries of a webhook, newest first."""
