"""What tests of bundles share: many topics that cite one source, and a correction of its record."""

from typing import Any

from perspectives.actions.documents import packs
from perspectives.actions.publication import bundles, publishing
from perspectives.actions.sources import source_records
from perspectives.models import Bundle, Source, Topic, User
from perspectives.policy import OPERATOR, Actor
from perspectives.rules.documents import parts
from tests import factories

KEY = "pratt2018timber"
MANY = 27
"""How many topics cite the source after `many_topics`."""


def many_topics() -> list[Topic]:
    """Add topics that cite the source to the small knowledge base, so that `MANY` do, and publish them."""
    files = {
        factories.topic_file(f"bridge-{number}"): factories.as_yaml(
            factories.topic_document(f"bridge-{number}", order=100 + number, title=f"Bridge number {number}")
        )
        for number in range(1, MANY - 1)
    }
    packs.load(files={**factories.packs(), **files}, by=OPERATOR, show=lambda _: None)
    topics = list(Topic.objects.order_by("order"))
    publishing.publish_first(subjects=topics, by=OPERATOR)
    return topics


def version(key: str = KEY) -> str:
    """Give the version of a source's record."""
    return parts.version(Source.objects.get(key=key).record)


def correct(by: User, key: str = KEY, **changes: Any) -> None:
    """Correct fields of a source's record."""
    record = {**Source.objects.get(key=key).record, **changes}
    source_records.change(key=key, record=record, version=version(key), by=by)


def propose(by: Actor | None, **given: Any) -> Bundle:
    """Propose that topics take the record over, both of the small knowledge base unless said."""
    wanted = {"key": KEY, "version": version(), "topics": [factories.TOPIC, factories.OTHER_TOPIC], **given}
    return bundles.propose(**wanted, by=by)
