"""Changing the draft of a topic, part by part or as a whole. Whoever edits says what the edit started from."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction

from perspectives.actions.documents import draft_writing
from perspectives.actions.event_log import record
from perspectives.errors import ConflictError, NotPossibleError, require_found
from perspectives.models import Article, LogEntry, Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents, draft_rows
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.documents.rows import TOPIC, topics
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode

Edit = Callable[[Plain], Iterable[Change]]
"""Finds the changes that a draft, as plain data, is to get."""


def change(
    *, topic_id: int, changes: Iterable[Change], version: str | None = None, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Change parts of a draft; nothing is published by that. What changes nothing leaves no trace.

    Each change names the part as it was when the edit began, or `version` the draft as a whole. Raises NotFoundError,
    NotPermittedError, ConflictError where somebody else changed a part since, NotPossibleError, and BrokenRulesError
    with every problem of the document as it would be. In all of these cases nothing has changed.
    """
    wanted = tuple(changes)

    def found(draft: Plain) -> Iterable[Change]:
        if version is not None:
            _require_version(draft, version)
        return wanted

    return edit(topic_id=topic_id, edit=found, by=by, note=note)


def put(
    *, topic_id: int, path: str, value: Plain, version: str | None, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Change a part that still has this version, or add it where that is None. Raises like `change`."""

    def changes(draft: Plain) -> Iterable[Change]:
        before = None if version is None else _seen(draft, path, version)
        return [Change(path, before=before, after=value)]

    return edit(topic_id=topic_id, edit=changes, by=by, note=note)


def replace(
    *, topic_id: int, document: Mapping[str, Any], version: str, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Put another document in the place of a whole draft that still has this version. Raises like `change`."""

    def changes(draft: Plain) -> Iterable[Change]:
        _require_version(draft, version)
        if document.get("topic") != draft["topic"]:
            raise NotPossibleError(f"The document must be of the topic '{draft['topic']}'.")
        return parts.compare(draft, document)

    return edit(topic_id=topic_id, edit=changes, by=by, note=note)


def remove(*, topic_id: int, path: str, version: str, by: Actor | None, note: str = "") -> TopicDocument:
    """Remove a part that still has this version, with what cannot stand without it. Raises like `change`."""

    def changes(draft: Plain) -> Iterable[Change]:
        _seen(draft, path, version)
        return parts.removal(draft, path)

    return edit(topic_id=topic_id, edit=changes, by=by, note=note)


def move(*, topic_id: int, path: str, steps: int, version: str, by: Actor | None, note: str = "") -> TopicDocument:
    """Move a part that still has this version up (`steps` below 0) or down its list. Raises like `change`."""

    def changes(draft: Plain) -> Iterable[Change]:
        _seen(draft, path, version)
        return parts.movement(draft, path, steps)

    return edit(topic_id=topic_id, edit=changes, by=by, note=note)


@transaction.atomic
def begin(*, document: Mapping[str, Any], by: Actor | None, note: str = "") -> Topic:
    """Begin the draft of a new topic of an article from plain data. Raises NotPossibleError where the topic is there.

    Raises NotPermittedError, and BrokenRulesError with every problem of the document.
    """
    # Slugs are unique across articles, so that two who begin at once must meet whichever article they begin under.
    list(Article.objects.select_for_update(no_key=True).order_by("pk"))
    actor = require(by, Permission.TOPIC_CHANGE)
    slug = str(document.get("topic"))
    if Topic.objects.filter(slug=slug).exists():
        raise NotPossibleError(f"There is a topic '{slug}' already; choose another slug.")
    begun = draft_writing.write_topics([draft_documents.checked_topic(document)])
    topic = Topic.objects.get(pk=begun.ids[slug])
    record(EventCode.TOPIC_CHANGED, by=actor, subject=topic, note=note, begun=True)
    return topic


def revert(*, entry_id: int, by: Actor | None, note: str = "") -> TopicDocument:
    """Undo what an entry of the log changed in a draft if its parts are still as it left them. Raises like `change`."""
    entry = require_found(LogEntry.objects.filter(pk=entry_id).first(), f"There is no entry {entry_id} in the log.")
    if entry.topic_id is None or not entry.changes:
        raise NotPossibleError("This action changed no draft of a topic, so it cannot be undone here.")
    undone = [Change.from_json(item).turned_round() for item in reversed(entry.changes)]
    return edit(
        topic_id=entry.topic_id,
        edit=lambda _: undone,
        by=by,
        note=note,
        code=EventCode.TOPIC_REVERTED,
        detail={"entry": entry.pk},
    )


def _require_version(draft: Plain, version: str) -> None:
    if parts.version(draft) != version:
        raise ConflictError("The draft was changed by somebody else in the meantime.", now=draft)


def _seen(draft: Plain, path: str, version: str) -> Any:
    """Give a part that still has the version that somebody saw. Raises ConflictError, NotFoundError."""
    now = parts.find(draft, path)
    if parts.version(now) != version:
        raise ConflictError(f"'{path}' was changed by somebody else in the meantime.", path=path, now=now)
    return now


@transaction.atomic
def edit(
    *,
    topic_id: int,
    edit: Edit,
    by: Actor | None,
    note: str = "",
    code: EventCode = EventCode.TOPIC_CHANGED,
    detail: Mapping[str, Any] | None = None,
) -> TopicDocument:
    """Change a draft by what `edit` finds in it while it is locked; the other actions here are this one."""
    topic = Topic.objects.select_for_update(of=("self",), no_key=True).filter(pk=topic_id).first()
    actor = require(by, Permission.TOPIC_CHANGE)
    topic = require_found(topic, f"There is no topic with the id {topic_id}.")
    standing = draft_rows.read(TOPIC, [topic.pk])
    before = topics(standing.rows)[topic.slug]
    draft = plain(before)
    after = draft_documents.checked_topic(parts.applied(draft, edit(draft)))
    if after != before:
        draft_writing.write_topics([after], standing)
        changes = parts.compare(draft, plain(after))
        record(code, by=actor, subject=topic, note=note, changes=changes, **(detail or {}))
    return after
