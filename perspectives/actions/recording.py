"""The one way into the event log."""

from typing import Any

from django.utils import timezone

from perspectives.models import Article, LogEntry, Topic, User
from perspectives.policy import Actor
from perspectives.vocab import EventCode


def record(
    code: EventCode,
    *,
    by: Actor,
    subject: Topic | Article | None = None,
    note: str = "",
    **detail: Any,
) -> LogEntry:
    """Append a deed to the log, in the transaction of the deed itself."""
    return LogEntry.objects.create(
        code=code,
        at=timezone.now(),
        by=by if isinstance(by, User) else None,
        topic=subject if isinstance(subject, Topic) else None,
        article=subject if isinstance(subject, Article) else None,
        note=note,
        detail=detail,
    )
