"""Sources: adding one, correcting its record, and saying that it is not to be cited any more. None is ever deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from perspectives.actions.event_log import record as record_event
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.notices.notifying import notify
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError, require_found
from perspectives.models import LogEntry, Source
from perspectives.policy import Actor, Permission, require
from perspectives.queries.documents import draft_documents
from perspectives.queries.notices import recipients
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.index_records import plain
from perspectives.rules.publication.transitions import require_transition
from perspectives.rules.sources import source_changes
from perspectives.rules.sources.source_changes import Record
from perspectives.vocab import EventCode, NoticeKind, SourceState


@transaction.atomic
def add(*, key: str, record: Record, by: Actor | None, note: str = "") -> Source:
    """Add a source under a new citekey.

    Raises NotPermittedError, and BrokenRulesError with every problem of the key and of the record, also where another
    source has the key or the DOI.
    """
    return write_new(key=key, record=record, by=require(by, Permission.SOURCE_CHANGE), note=note)


def write_new(*, key: str, record: Record, by: Actor, note: str = "", **detail: Any) -> Source:
    """Add a source in the transaction of another action, whose permission was asked for. Raises like `add`.

    Whoever locks topics or articles besides does so before.
    """
    wait_for_turn(Turn.SOURCES)
    taken = Source.objects.filter(key=key).exists()
    read = plain(source_changes.checked(record, key=key, dois=draft_documents.dois(), taken=taken))
    source = Source.objects.create(key=key, record=read)
    record_event(
        EventCode.SOURCE_ADDED, by=by, subject=source, note=note, changes=source_changes.compare({}, read), **detail
    )
    return source


@transaction.atomic
def change(*, key: str, record: Record, version: str, by: Actor | None, note: str = "") -> Source:
    """Put a corrected record in the place of one that still has this version (`rules.documents.parts.version`).

    Readers see it with the next edition of each topic that cites the source. What changes nothing leaves no trace.
    Raises NotFoundError, NotPermittedError, NotPossibleError for a superseded source, BrokenRulesError with every
    problem, and ConflictError, whose `now` is the record as it stands.
    """
    source = locked(key)
    actor = require(by, Permission.SOURCE_CHANGE)
    require_version(source, version)
    return _write(source, record, code=EventCode.SOURCE_CHANGED, by=actor, note=note)


@transaction.atomic
def change_all(
    *, records: Mapping[str, Record], versions: Mapping[str, str], by: Actor | None, note: str = ""
) -> list[Source]:
    """Correct many records at once, by citekey, or none; each still has the version that is named.

    Raises like `change`; BrokenRulesError names each problem's source as its file.
    """
    sources = locked_all(sorted(records))
    actor = require(by, Permission.SOURCE_CHANGE)
    problems: list[object] = []
    for source in sources:
        require_version(source, versions.get(source.key))
        try:
            _write(source, records[source.key], code=EventCode.SOURCE_CHANGED, by=actor, note=note)
        except BrokenRulesError as error:
            problems += [replace(one, file=source.key) if isinstance(one, Problem) else one for one in error.problems]
    if problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was changed.", tuple(problems))
    return sources


@transaction.atomic
def revert(*, entry_id: int, by: Actor | None, note: str = "") -> Source:
    """Undo what an entry of the log changed in a record, if those fields are still as it left them.

    Raises like `change`, and NotPossibleError for an action that changed no record.
    """
    entry = LogEntry.objects.filter(pk=entry_id).select_related("source").first()
    entry = require_found(entry, f"There is no entry {entry_id} in the log.")
    if entry.source is None or not entry.changes or entry.code == EventCode.SOURCE_ADDED:
        raise NotPossibleError("This action corrected no source's record, so it cannot be undone here.")
    source = locked(entry.source.key)
    actor = require(by, Permission.SOURCE_CHANGE)
    undone = [Change.from_json(item).turned_round() for item in entry.changes]
    record = source_changes.applied(source.record, undone)
    return _write(source, record, code=EventCode.SOURCE_REVERTED, by=actor, note=note, entry=entry.pk)


@transaction.atomic
def deprecate(*, key: str, reason: str, by: Actor | None) -> Source:
    """Let a source not be cited anew; where drafts cite it, it stays until somebody changes that.

    Raises NotFoundError, NotPermittedError, and NotPossibleError without a reason or in another state than current.
    """
    source = locked(key)
    actor = require(by, Permission.SOURCE_CHANGE)
    require_transition(SourceState.of(source.state), SourceState.DEPRECATED)
    put_in_state(source, SourceState.DEPRECATED, reason=reason)
    record_event(EventCode.SOURCE_DEPRECATED, by=actor, subject=source, note=reason.strip())
    return source


@transaction.atomic
def reinstate(*, key: str, by: Actor | None, note: str = "") -> Source:
    """Let a deprecated or superseded source be cited again, with the record that it has.

    What a merge changed in drafts stays; each of these changes can be undone in its topic's history. Raises
    NotFoundError, NotPermittedError, NotPossibleError where it is current, and BrokenRulesError where another source
    has its DOI now.
    """
    source = locked(key)
    actor = require(by, Permission.SOURCE_CHANGE)
    require_transition(SourceState.of(source.state), SourceState.CURRENT)
    source_changes.checked(source.record, key=key, dois=draft_documents.dois())
    put_in_state(source, SourceState.CURRENT)
    record_event(EventCode.SOURCE_REINSTATED, by=actor, subject=source, note=note)
    return source


def locked(key: str) -> Source:
    """Lock a source. Raises NotFoundError."""
    [source] = locked_all([key])
    return source


def locked_all(keys: Iterable[str]) -> list[Source]:
    """Lock sources, against those who begin to cite them too, and give them in the order of `keys`.

    Raises NotFoundError.
    """
    wait_for_turn(Turn.SOURCES)
    wanted = list(keys)
    # Not FOR NO KEY UPDATE as elsewhere: who begins to cite holds FOR KEY SHARE, and must wait.
    found = {one.key: one for one in Source.objects.select_for_update(of=("self",)).filter(key__in=wanted)}
    return [require_found(found.get(key), f"There is no source '{key}'.") for key in wanted]


def require_version(source: Source, version: str | None) -> None:
    """Raise ConflictError unless the source's record still has this version."""
    if parts.version(source.record) != version:
        raise ConflictError(
            f"The record of '{source.key}' was changed by somebody else in the meantime.",
            path=source.key,
            now=source.record,
        )


def put_in_state(source: Source, state: SourceState, *, reason: str = "", successor: Source | None = None) -> None:
    """Write the state of a locked source. Raises NotPossibleError where a reason is missing."""
    if state is not SourceState.CURRENT and not reason.strip():
        raise NotPossibleError("Say why the source is not to be cited any more; others will ask.")
    source.state, source.state_reason, source.superseded_by = state, reason.strip(), successor
    source.save(update_fields=["state", "state_reason", "superseded_by"])


def write_record(source: Source, record: Record) -> tuple[Change, ...]:
    """Write the record of a locked source and tell what that changes. Raises BrokenRulesError, NotPossibleError."""
    if source.superseded_by is not None:
        raise NotPossibleError(f"'{source}' was merged into '{source.superseded_by}'; correct that.")
    after = plain(source_changes.checked(record, key=source.key, dois=draft_documents.dois()))
    changes = source_changes.compare(source.record, after)
    source.record = after
    if changes:
        source.save(update_fields=["record"])
    return changes


def _write(source: Source, record: Record, *, code: EventCode, by: Actor, note: str, **detail: Any) -> Source:
    if changes := write_record(source, record):
        entry = record_event(code, by=by, subject=source, note=note, changes=changes, **detail)
        notify(NoticeKind.CORRECTION, entry, to=recipients.of_source(source.pk))
    return source
