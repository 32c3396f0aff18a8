"""Suggestions as plain data: for their authors, and with more for those who decide."""

from typing import Any

from perspectives.api.desk.suggestions import suggestion_shapes as shapes
from perspectives.models import Suggestion
from perspectives.queries.suggestions import suggestion_queue

Plain = dict[str, Any]


def own(one: Suggestion) -> Plain:
    """Write a suggestion for its author: who decided is not told, nor that it is in quarantine."""
    return shapes.OwnSuggestion.of(one, messages=_said(one))


def queued(one: Suggestion) -> Plain:
    """Write a suggestion for the queue."""
    return shapes.QueuedSuggestion.of(one, by_key=one.via_id is not None)


def whole(one: Suggestion) -> Plain:
    """Write a suggestion for whoever decides on it."""
    signs = suggestion_queue.signs_of_spam(one) if one.is_quarantined else ()
    return shapes.SuggestionRecord.of(one, by_key=one.via_id is not None, messages=_said(one), signs=signs)


def _said(one: Suggestion) -> list[Plain]:
    return [
        {
            "by": "author" if message.by_id == one.by_id else "moderator",
            "at": message.at,
            "text": message.text,
        }
        for message in one.messages.all()
    ]
