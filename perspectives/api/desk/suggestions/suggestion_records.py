"""Suggestions as plain data: for their authors, and with more for those who decide."""

from typing import Any

from perspectives.api.desk.suggestions.suggestion_shapes import SuggestionSummary
from perspectives.models import Suggestion
from perspectives.queries.suggestions import suggestion_queue

Plain = dict[str, Any]


def own(one: Suggestion) -> Plain:
    """Write a suggestion for its author: who decided is not told, nor that it is in quarantine."""
    return {**SuggestionSummary.of(one), **_whole(one)}


def queued(one: Suggestion) -> Plain:
    """Write a suggestion for the queue."""
    decided = {"decided_by": one.decided_by.username} if one.decided_by else {}
    return {
        **SuggestionSummary.of(one),
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
