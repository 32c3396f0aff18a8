"""The record of actions, newest first, narrowed by who, what, when and which part."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from django.db.models import QuerySet

from perspectives.errors import require_found
from perspectives.models import LogEntry, Topic

PER_PAGE: Final = 50
_PEOPLE_AND_THINGS: Final = ("by", "topic", "article", "source", "account", "suggestion")


@dataclass(frozen=True)
class Question:
    """What is asked of the history; empty fields ask nothing. Dates count whole days, `until` included."""

    person: str = ""
    code: str = ""
    topic: str = ""
    part: str = ""
    article: str = ""
    source: str = ""
    account: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None

    def given(self) -> dict[str, str | date]:
        """Give the fields that ask something."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True)
class Stretch:
    """Up to 50 entries, newest first; `newer` and `older` are the ids beside which the next stretch begins."""

    entries: tuple[LogEntry, ...]
    newer: int | None
    older: int | None


_LOOKUPS: Final[Mapping[str, str]] = {
    "person": "by__username",
    "code": "code",
    "topic": "topic__slug",
    "article": "article__slug",
    "source": "source__key",
    "account": "account__username",
    "words": "note__icontains",
    "since": "at__date__gte",
    "until": "at__date__lte",
}


def matching(question: Question) -> QuerySet[LogEntry]:
    """Find the entries that a question asks for, each with the person and what it is about, in no order."""
    found = LogEntry.objects.select_related(*_PEOPLE_AND_THINGS)
    for name, value in question.given().items():
        # A part is found by its path in the changes; the index on them knows containment.
        found = (
            found.filter(changes__contains=[{"path": value}])
            if name == "part"
            else found.filter(**{_LOOKUPS[name]: value})
        )
    return found


def stretch(question: Question, *, before: int | None = None, after: int | None = None) -> Stretch:
    """Fetch the entries older than `before`, or the nearest ones newer than `after`, or the newest; one query."""
    found = matching(question)
    if after is not None:
        rows = list(found.filter(pk__gt=after).order_by("pk")[: PER_PAGE + 1])
        entries = tuple(reversed(rows[:PER_PAGE]))
        has_newer, has_older = len(rows) > PER_PAGE, True
    else:
        older = found if before is None else found.filter(pk__lt=before)
        rows = list(older.order_by("-pk")[: PER_PAGE + 1])
        entries = tuple(rows[:PER_PAGE])
        has_newer, has_older = before is not None, len(rows) > PER_PAGE
    if not entries:
        return Stretch((), None, None)
    return Stretch(entries, entries[0].pk if has_newer else None, entries[-1].pk if has_older else None)


def entry(number: int) -> LogEntry:
    """Fetch one entry with the person and what it is about. Raises NotFoundError."""
    found = LogEntry.objects.select_related(*_PEOPLE_AND_THINGS).filter(pk=number).first()
    return require_found(found, f"There is no entry {number} in the history.")


def topic_titles() -> dict[str, str]:
    """Map the slugs of all topics, published or not, to their titles."""
    return dict(Topic.objects.order_by("title").values_list("slug", "title"))
