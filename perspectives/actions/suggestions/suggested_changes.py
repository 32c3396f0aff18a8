"""Making the change that an accepted suggestion asks for; part of the action that accepts it."""

from collections.abc import Callable, Iterable

from perspectives.actions.documents import drafting
from perspectives.actions.event_log import record
from perspectives.actions.publication import subjects
from perspectives.actions.sources import source_records
from perspectives.errors import ConflictError, NotFoundError
from perspectives.models import Source, Suggestion, Topic, User
from perspectives.policy import Permission, require_person
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.intake.intake_record import citekey
from perspectives.rules.publication.index_records import plain
from perspectives.rules.suggestions import suggested_changes
from perspectives.rules.suggestions.suggested_source import record_of
from perspectives.rules.suggestions.suggestion_kinds import (
    BrokenLink,
    Citation,
    Correction,
    GapAnswer,
    NewSource,
    Payload,
    Plain,
    Quotation,
    Work,
)
from perspectives.vocab import EventCode

Find = Callable[[Plain, Plain], Iterable[Change]]
"""Finds the changes from a draft and the part of it that the suggestion is about."""


def is_applicable(suggestion: Suggestion, payload: Payload) -> bool:
    """Whether a machine can make the change; otherwise a moderator does it by hand and says so."""
    if isinstance(payload, Correction):
        return bool(payload.wording) and suggestion.article_id is None
    if isinstance(payload, BrokenLink):
        return suggestion.source_id is not None and payload.replacement is not None
    return isinstance(payload, (Citation, Quotation, NewSource))


def apply(suggestion: Suggestion, payload: Payload, *, by: User, onto: str) -> Plain:
    """Make the change, and give what the log is to know of it. Raises like `suggestion_decisions.accept`."""
    if suggestion.source_id is not None:
        return _change_record(suggestion, payload, by=by, onto=onto)
    if isinstance(payload, NewSource):
        return {"source": _source(payload, by=by)}
    topic_id = suggestion.topic_id or 0
    subjects.locked(Topic, topic_id)  # topics are locked before sources, everywhere
    key = (payload.source or _source(payload, by=by)) if isinstance(payload, Citation) else ""
    path = suggestion.path or parts.HEAD

    def find(draft: Plain, seen: Plain) -> Iterable[Change]:
        if isinstance(payload, GapAnswer):
            return suggested_changes.answered(draft, path, seen, payload, key)
        if isinstance(payload, Citation):
            return suggested_changes.cited(path, seen, payload, key)
        if isinstance(payload, Quotation):
            return suggested_changes.requoted(path, seen, payload)
        return suggested_changes.reworded(path, seen, _correction(payload))

    drafting.edit(
        topic_id=topic_id,
        edit=lambda draft: find(draft, _part(draft, path, suggestion.seen, onto)),
        by=by,
        note=f"Suggestion {suggestion.pk}",
        detail={"suggestion": suggestion.pk},
    )
    return {"source": key} if key else {}


def _correction(payload: Payload) -> Correction:
    return payload if isinstance(payload, Correction) else Correction()


def _part(draft: Plain, path: str, seen: Plain, onto: str) -> Plain:
    """Give the part that is to be changed. Raises ConflictError where it is not as it was seen, nor as `onto` names it.

    A part without an id may have moved; then its content is looked for, by the change itself.
    """
    try:
        now: Plain | None = parts.find(draft, path)
    except NotFoundError:
        now = None
    if onto and now is not None and parts.version(now) == onto:
        return now
    has_moved = "id" not in seen and path != parts.HEAD and any(part == seen for _, part in parts.parts(draft))
    if now == seen or has_moved:
        return seen
    raise ConflictError("The draft was changed since this was suggested; compare both.", path=path, now=now)


def _change_record(suggestion: Suggestion, payload: Payload, *, by: User, onto: str) -> Plain:
    """Change the record of a source; whoever accepts must be allowed to."""
    require_person(by, Permission.SOURCE_CHANGE)
    source = source_records.locked(str(suggestion.source))
    before: Plain = source.record
    if before != suggestion.seen and parts.version(before) != onto:
        raise ConflictError("The record was changed since this was suggested; compare both.", path="record", now=before)
    if isinstance(payload, BrokenLink):
        after = suggested_changes.relinked(before, payload)
    else:
        after = suggested_changes.corrected(before, _correction(payload))
    changes = source_records.write_record(source, after)
    record(EventCode.SOURCE_CHANGED, by=by, subject=source, changes=changes, suggestion=suggestion.pk)
    return {}


def _source(work: Work, *, by: User) -> str:
    """Add the work that a suggestion describes to the sources and give its citekey."""
    require_person(by, Permission.SOURCE_CHANGE)
    made = record_of(work)
    if made.DOI and (known := Source.objects.filter(doi=made.DOI.lower()).first()):
        return known.key
    key = citekey(plain(made), set(Source.objects.values_list("key", flat=True)))
    source_records.write_new(key=key, record=made, by=by)
    return key
