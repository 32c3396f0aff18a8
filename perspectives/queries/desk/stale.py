"""Topics whose readers wait: a draft changed long ago and not published since, or an old edition.

Whether a draft differs from its edition can only be told by reading it whole (`queries.documents.drafts.statuses`).
Here the log is asked: a draft counts from the first action on it after the current edition, or after it was begun.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from perspectives.models import Edition, LogEntry, Proposal, Topic
from perspectives.vocab import EventCode, ProposalStatus

LONG: Final = timedelta(days=30)
"""How long a change may lie before it counts as forgotten."""
OLD: Final = timedelta(days=365)
"""How old an edition may become before it is looked at again."""
_CHANGING: Final = (
    EventCode.PACK_LOADED,
    EventCode.TOPIC_CHANGED,
    EventCode.TOPIC_REVERTED,
    EventCode.EDITION_RESTORED,
    EventCode.ARGUMENT_IMPORTED,
)
"""Actions that change a draft."""
_NEVER: Final = Value(datetime(1, 1, 2, tzinfo=UTC))


def counts() -> dict[str, int | datetime | None]:
    """Count stale topics: `any`, `changed` and `old`, with the times of the oldest change and edition; one query."""
    changed, old = _conditions()
    return _topics().aggregate(
        any=Count("pk", filter=changed | old),
        changed=Count("pk", filter=changed),
        old=Count("pk", filter=old),
        changed_since=Min("changed_at", filter=changed),
        old_since=Min("published_at", filter=old),
    )


def listed(why: str = "") -> QuerySet[Topic]:
    """List stale topics, those changed longest ago first; `why` is `changed`, `old` or nothing for both.

    Each has `published_at` and `number` of its edition, `changed_at` and `is_proposed`.
    """
    changed, old = _conditions()
    wanted = {"changed": changed, "old": old}.get(why, changed | old)
    proposals = Proposal.objects.filter(topic=OuterRef("pk"), status=ProposalStatus.OPEN)
    found = _topics().filter(wanted).annotate(is_proposed=Exists(proposals))
    return found.order_by(Coalesce("changed_at", "published_at"), "pk")


def _topics() -> QuerySet[Topic]:
    editions = Edition.objects.filter(topic=OuterRef("pk")).order_by("-number")
    actions = LogEntry.objects.filter(
        topic=OuterRef("pk"), code__in=_CHANGING, at__gt=Coalesce(OuterRef("published_at"), _NEVER)
    )
    return Topic.objects.annotate(
        published_at=Subquery(editions.values("published_at")[:1]), number=Subquery(editions.values("number")[:1])
    ).annotate(changed_at=Subquery(actions.order_by("pk").values("at")[:1]))


def _conditions() -> tuple[Q, Q]:
    now = timezone.now()
    return Q(changed_at__lt=now - LONG), Q(published_at__lt=now - OLD)
