"""What the tests of webhooks share: a server that receives, and time that passes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perspectives.actions.publication import publishing, retracting
from perspectives.actions.webhooks import delivering, webhooks
from perspectives.models import Crux, Edition, Topic, User, Webhook, WebhookDelivery
from perspectives.vocab import Role
from tests import factories
from tests.receiver import receiving


@pytest.fixture
def receiver(settings):
    with receiving() as server:
        settings.WEBHOOK_INSIDE = [server.origin]
        settings.INTAKE_HOST_DELAY_SECONDS = 0
        yield server


@pytest.fixture
def world(published, reader, proposer, reviewer, receiver):
    return World(reader, proposer, reviewer, receiver)


class World:
    """A published topic, a reader with a webhook, and what may happen."""

    def __init__(self, reader, proposer, reviewer, receiver):
        self.reader, self.proposer, self.reviewer, self.receiver = reader, proposer, reviewer, receiver
        self.chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)

    def add(self, path="/ok", by=None):
        return webhooks.add(by=by or self.reader, address=self.receiver.origin + path)

    def confirmed(self, path="/ok", by=None):
        """A webhook that has answered a test; what arrived by then is forgotten."""
        webhook, _ = self.add(path, by)
        Webhook.objects.filter(pk=webhook.pk).update(state="active")
        WebhookDelivery.objects.filter(webhook=webhook).delete()
        return Webhook.objects.get(pk=webhook.pk)

    def publish(self):
        topic = Topic.objects.get(slug=factories.TOPIC)
        Crux.objects.filter(topic=topic, order=0).update(would_settle=f"Survey {Edition.objects.count()}.")
        proposal = publishing.propose_topic(topic_id=topic.pk, by=self.proposer)
        return publishing.approve(proposal_id=proposal.pk, by=self.reviewer)

    def retract(self, edition):
        return retracting.retract(edition_id=edition.pk, note="A table was misread.", by=self.chief)


@pytest.fixture
def later():
    """Let time pass for what waits."""

    def pass_by(**time):
        for one in WebhookDelivery.objects.filter(state__in=["waiting", "sending"]):
            one.due_at -= timedelta(**time)
            one.begun_at = one.begun_at and one.begun_at - timedelta(**time)
            one.save()

    return pass_by


def deliver():
    """Run the job until nothing is due."""
    for _ in range(50):
        before = WebhookDelivery.objects.filter(state="waiting", due_at__lte=timezone.now()).count()
        delivering.deliver_next()
        after = WebhookDelivery.objects.filter(state="waiting", due_at__lte=timezone.now()).count()
        if not before and not after:
            return
