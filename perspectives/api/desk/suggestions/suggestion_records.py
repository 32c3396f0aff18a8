"""Suggestions as plain data: for their authors, and with more for those who decide."""

from typing import Any

from perspectives.models import Suggestion
from perspectives.queries.suggestions import suggestion_queue

Plain = dict[str, Any]


def summary(one: Suggestion) -> Plain:
    """Write what both sides know of a suggestion; what is unknown is left out."""
    found = {
        "topic": one.topic and one.topic.slug,
        "article": one.article and one.article.slug,
        "source": one.source and one.source.key,
        "path": one.path,
        "words": one.words,
        "decided_at": one.decided_at and one.decided_at.isoformat(),
        "reason": one.reason,
        "answer": one.answer,
    }
    return {
        "id": one.pk,
        "kind": one.kind,
        "status": one.status,
        "sent_at": one.sent_at.isoformat(),
        "payload": one.payload,
        **{name: value for name, value in found.items() if value},
    }


def own(one: Suggestion) -> Plain:
    """Write a suggestion for its author: who decided is not told, nor that it is in quarantine."""
    return {**summary(one), **_whole(one)}


def queued(one: Suggestion) -> Plain:
    """Write a suggestion for the queue."""
    decided = {"decided_by": one.decided_by.username} if one.decided_by else {}
    return {
        **summary(one),
        "by": one.by.username,
        "by_key": one.via_id is not None,
        "is_quarantined": one.is_quarantined,
        **decided,
    }


def whole(one: Suggestion) -> Plain:
    """Write a suggestion for whoever decides on it."""
    signs = {"signs": suggestion_queue.signs_of_spam(one)} if one.is_quarantined else {}
    return {**queued(one), **_whole(one), **signs}


def _whole(one: Suggestion) -> Plain:
    said = [
        {
            "by": "author" if message.by_id == one.by_id else "moderator",
            "at": message.at.isoformat(),
            "text": message.text,
        }
        for message in one.messages.all()
    ]
    return {"seen": one.seen, "messages": said}
