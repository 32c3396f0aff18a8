"""One's own webhooks over REST: add, look after, have a message sent, remove."""

import json
from typing import Any, ClassVar

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.webhooks import webhooks as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.shapes import Nothing
from perspectives.api.desk.views import DeskView, operation
from perspectives.api.desk.webhooks import webhook_shapes as shapes
from perspectives.api.http.permissions import HasScope, IsPermitted
from perspectives.models import WebhookDelivery
from perspectives.policy import Permission
from perspectives.queries.webhooks import webhooks
from perspectives.vocab import Scope


class OwnWebhookView(DeskView):
    """A resource of whoever has addresses told; what is not one's own is not there."""

    scope = Scope.SUBSCRIBE
    permission = Permission.WEBHOOK_ADD
    permission_classes = [HasScope, IsPermitted]
    orderings: ClassVar = {"-pk": {"-pk": int}}


class WebhookListView(OwnWebhookView):
    """One's own webhooks."""

    @operation(answer=shapes.Webhooks, queries=pagination.QUERY)
    def get(self, request: Request) -> Response:
        """List one's own webhooks, newest first."""
        return self.page(webhooks.own(self.person), shapes.WebhookRecord.of)

    @operation(answer=shapes.AddedWebhook, body=shapes.NewWebhook, status=201)
    def post(self, request: Request) -> Response:
        """Have an address told of new editions and retractions; the answer alone has the `secret`.

        A test is sent there at once; when one was answered with success, the webhook is active.
        """
        webhook, secret = actions.add(by=self.person, address=self.body.address)
        location = reverse("api:own-webhook", kwargs={"webhook": webhook.pk})
        return Response(shapes.AddedWebhook.of(webhook, secret=secret), status=201, headers={"Location": location})


class WebhookView(OwnWebhookView):
    """One of one's own webhooks."""

    @operation(answer=shapes.WebhookRecord)
    def get(self, request: Request, webhook: int) -> Response:
        """Give the webhook and whether its messages arrive."""
        return Response(shapes.WebhookRecord.of(webhooks.own_webhook(self.person, webhook)))

    @operation()
    def removed(self, request: Request, webhook: int) -> Response:
        """Remove the webhook, and forget what was sent."""
        actions.remove(webhook_id=webhooks.own_webhook(self.person, webhook).pk, by=self.person)
        return Response(status=204)

    delete = removed


class WebhookResumptionView(OwnWebhookView):
    """Resuming a webhook."""

    @operation(answer=shapes.WebhookRecord, body=Nothing)
    def post(self, request: Request, webhook: int) -> Response:
        """Let a paused webhook go on; everything that it missed is sent."""
        found = webhooks.own_webhook(self.person, webhook)
        return Response(shapes.WebhookRecord.of(actions.resume(webhook_id=found.pk, by=self.person)))


class WebhookTestView(OwnWebhookView):
    """Tests of a webhook."""

    @operation(answer=shapes.DeliveryRecord, body=Nothing, status=201)
    def post(self, request: Request, webhook: int) -> Response:
        """Send a test, once; `Location` leads to what comes of it."""
        found = webhooks.own_webhook(self.person, webhook)
        delivery = actions.send_test(webhook_id=found.pk, by=self.person)
        location = reverse("api:own-webhook-delivery", kwargs={"webhook": found.pk, "delivery": delivery.pk})
        return Response(_record(delivery), status=201, headers={"Location": location})


class DeliveryListView(OwnWebhookView):
    """What was sent to an address, and is to be sent."""

    @operation(answer=shapes.Deliveries, queries=pagination.QUERY)
    def get(self, request: Request, webhook: int) -> Response:
        """List the deliveries of the last 30 days, newest first."""
        return self.page(webhooks.deliveries(webhooks.own_webhook(self.person, webhook)), _record)


class DeliveryView(OwnWebhookView):
    """The delivery of one message."""

    @operation(answer=shapes.DeliveryRecord)
    def get(self, request: Request, webhook: int, delivery: int) -> Response:
        """Give the message, and how far its delivery has come."""
        return Response(_record(webhooks.own_delivery(self.person, webhook, delivery)))


class DeliveryRepetitionView(OwnWebhookView):
    """Sending a message again."""

    @operation(answer=shapes.DeliveryRecord, body=Nothing)
    def post(self, request: Request, webhook: int, delivery: int) -> Response:
        """Send a message again, under the id that it has; a test cannot be."""
        found = webhooks.own_delivery(self.person, webhook, delivery)
        return Response(_record(actions.send_again(delivery_id=found.pk, by=self.person)))


def _record(delivery: WebhookDelivery) -> dict[str, Any]:
    return shapes.DeliveryRecord.of(delivery, body=json.loads(delivery.body))
