"""Changing the draft of a topic, part by part or as a whole. Whoever edits says what the edit started from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from perspectives.actions.documents import citing, draft_writing, edits
from perspectives.actions.documents.edits import Edit
from perspectives.actions.event_log import record
from perspectives.actions.publication.subjects import require_open
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Article, LogEntry, Topic
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents, draft_rows
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.documents.rows import TOPIC, topics
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode


def change(
    *, topic_id: int, changes: Iterable[Change], version: str | None = None, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Change parts of a draft; nothing is published by that. What changes nothing leaves no trace.

    Each change names the part as it was when the edit began, or `version` the draft as a whole. Raises NotFoundError,
    NotPermittedError, ConflictError where somebody else changed a part since, NotPossibleError, and BrokenRulesError
    with every problem of the document as it would be. In all of these cases nothing has changed.
    """
    return edit(topic_id=topic_id, edit=edits.changing(changes, version), by=by, note=note)


def put(
    *, topic_id: int, path: str, value: Plain, version: str | None, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Change a part that still has this version, or add it where that is None. Raises like `change`."""
    return edit(topic_id=topic_id, edit=edits.putting(path, value, version), by=by, note=note)


def replace(
    *, topic_id: int, document: Mapping[str, Any], version: str, by: Actor | None, note: str = ""
) -> TopicDocument:
    """Put another document in the place of a whole draft that still has this version. Raises like `change`."""
    found = edits.replacing(document, version, name="topic", check=draft_documents.checked_topic)
    return edit(topic_id=topic_id, edit=found, by=by, note=note)


def remove(*, topic_id: int, path: str, version: str, by: Actor | None, note: str = "") -> TopicDocument:
    """Remove a part that still has this version, with what cannot stand without it. Raises like `change`."""
    return edit(topic_id=topic_id, edit=edits.removing(path, version), by=by, note=note)


def move(*, topic_id: int, path: str, steps: int, version: str, by: Actor | None, note: str = "") -> TopicDocument:
    """Move a part that still has this version up (`steps` below 0) or down its list. Raises like `change`."""
    return edit(topic_id=topic_id, edit=edits.moving(path, steps, version), by=by, note=note)


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
    checked = draft_documents.checked_topic(document)
    require_open(Article.objects.get(slug=checked.article))
    begun = draft_writing.write_topics([checked])
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
    require_open(topic)
    standing = draft_rows.read(TOPIC, [topic.pk])
    before = topics(standing.rows)[topic.slug]
    draft = plain(before)
    wanted = parts.applied(draft, edit(draft))
    citing.hold_claims_that_go(draft, wanted)
    after = draft_documents.checked_topic(wanted)
    if after != before:
        draft_writing.write_topics([after], standing)
        changes = parts.compare(draft, plain(after))
        record(code, by=actor, subject=topic, note=note, changes=changes, **(detail or {}))
    return after
