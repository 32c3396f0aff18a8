"""Publish one more edition of a topic by the real actions; the worker then makes what follows."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from perspectives.actions.documents import drafting
from perspectives.actions.publication import publishing
from perspectives.models import Topic, User
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change

_PEOPLE = ("demo-proposer", "demo-reviewer")
_NOTE = "A measurement."
_MARK = "\n\nMeasured "


class Command(BaseCommand):
    """Let two of the demo people change a draft, propose and approve it; print the seconds of the last two."""

    help = "Publish an edition in a system that is measured; never run it on another."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number that chooses the topic and stands in what is changed."""
        parser.add_argument("number", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Publish."""
        number = options["number"]
        proposer, reviewer = (User.objects.get(username=name) for name in _PEOPLE)
        topics = Topic.objects.order_by("order")
        topic = topics[number % topics.count()]

        def reworded(draft: dict[str, Any]) -> list[Change]:
            text = draft["background"].split(_MARK)[0]
            return list(parts.compare(draft, {**draft, "background": f"{text}{_MARK}{number} at {time.time():.0f}."}))

        drafting.edit(topic_id=topic.pk, edit=reworded, by=proposer, note=_NOTE)
        began = time.monotonic()
        proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note=_NOTE)
        publishing.approve(proposal_id=proposal.pk, by=reviewer, reason=_NOTE)
        self.stdout.write(f"{time.monotonic() - began:.3f}")
