"""The one way into the event log."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from perspectives.actions import row_sets
from perspectives.errors import NotPossibleError
from perspectives.models import Article, LogEntry, Source, Suggestion, Topic, User
from perspectives.policy import Actor
from perspectives.rules.documents.fields import LONGEST_NOTE, invisible
from perspectives.rules.documents.parts import Change
from perspectives.vocab import EventCode

Subject = Topic | Article | Source | Suggestion | User
_COLUMNS = {Topic: "topic", Article: "article", Source: "source", User: "account", Suggestion: "suggestion"}


def record(
    code: EventCode,
    *,
    by: Actor,
    subject: Subject | None = None,
    note: str = "",
    changes: Iterable[Change] = (),
    **detail: Any,
) -> LogEntry:
    """Append an action to the log, in the transaction of the action itself.

    Raises NotPossibleError, which undoes the action, for a note that is too long or has characters that nobody sees:
    the log is for ever.
    """
    _require_note(note)
    return LogEntry.objects.create(
        code=code,
        at=timezone.now(),
        by=by if isinstance(by, User) else None,
        note=note,
        changes=[change.as_json() for change in changes],
        detail=detail,
        **{name: subject for model, name in _COLUMNS.items() if isinstance(subject, model)},
    )


def record_all(
    code: EventCode, *, by: Actor, subjects: Mapping[Topic | Article, Mapping[str, Any]], note: str = ""
) -> None:
    """Append the same action on each of many topics and articles, each with its detail, like `record`."""
    _require_note(note)
    common = {"code": code, "at": timezone.now(), "by_id": by.pk if isinstance(by, User) else None}
    records = [
        {
            **common,
            "topic_id": subject.pk if isinstance(subject, Topic) else None,
            "article_id": subject.pk if isinstance(subject, Article) else None,
            "note": note,
            "changes": [],
            "detail": detail,
        }
        for subject, detail in subjects.items()
    ]
    row_sets.insert(LogEntry, records)


def _require_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise NotPossibleError(f"The note has {len(note):,} characters; make it {LONGEST_NOTE:,} at most.")
    if found := invisible(note):
        raise NotPossibleError(f"The note contains the invisible character U+{ord(found):04X}; remove it.")
