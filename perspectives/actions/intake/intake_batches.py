"""Taking sources in: hand in, and decide entry by entry. Reading them is `intake_reading`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import TypeAdapter, ValidationError

from perspectives import jobs
from perspectives.actions.event_log import record as log
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError, require_found
from perspectives.models import IntakeBatch, IntakeEntry, Source, User
from perspectives.policy import Actor, Permission, require, require_person
from perspectives.queries.intake import intake_batches as queries
from perspectives.rules.documents.fields import CiteKey, Line
from perspectives.rules.documents.parts import Plain
from perspectives.rules.formats.bibliography.entry_pieces import Piece
from perspectives.rules.intake import intake_record
from perspectives.rules.intake import splitting as rules
from perspectives.rules.publication.transitions import require_transition
from perspectives.rules.sources import duplicates
from perspectives.vocab import EventCode, IntakeFormat, IntakeState

MOST_ADDED_AT_ONCE = 500
SENT_AGAIN = timedelta(minutes=5)
"""For how long the same text is taken for the same form, sent a second time."""
_NOTE = TypeAdapter(Line)
_KEY = TypeAdapter(CiteKey)


@transaction.atomic
def start(
    *,
    by: Actor | None,
    text: str = "",
    content: bytes | None = None,
    file_name: str = "",
    note: str = "",
    library: str = "",
    library_version: int | None = None,
) -> IntakeBatch:
    """Take a text, or the content of a file, in: split it, keep it, and have its entries read in the background.

    `library` is the one of Zotero that the text was read from, which then has a `library_version`. The same text handed
    in again by the same person within `SENT_AGAIN` is the batch that there is. Raises
    NotPermittedError, and BrokenRulesError where there is nothing in it or too much.
    """
    person = require_person(by, Permission.INTAKE_START)
    encoding = "utf-8"
    if content is not None:
        text, encoding = rules.decoded(content)
    found = rules.read(text)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    recent = IntakeBatch.objects.filter(by=person, at__gt=timezone.now() - SENT_AGAIN)
    if standing := recent.filter(text=text).defer("text").first():
        return standing
    batch = IntakeBatch.objects.create(
        by=person,
        at=timezone.now(),
        note=_checked(_NOTE, note, "note") if note else "",
        file_name="".join(one for one in file_name if one.isprintable())[:200],
        encoding=encoding,
        format=found.format,
        text=text,
        beside=[{"line": beside.line, "text": beside.text} for beside in found.beside],
        definitions=list(found.definitions),
        library=library,
        library_version=library_version,
    )
    _write_entries(batch, found.entries)
    log(EventCode.INTAKE_STARTED, by=person, note=batch.note, intake=batch.pk, entries=len(found.entries))
    jobs.enqueue(jobs.Job.READ_INTAKE, batch_id=batch.pk)
    return batch


def _write_entries(batch: IntakeBatch, pieces: Iterable[Piece]) -> None:
    IntakeEntry.objects.bulk_create(
        (
            IntakeEntry(
                batch=batch,
                number=number,
                raw=piece.raw,
                kind=piece.kind,
                key=piece.key,
                identifier=piece.identifier,
                state=IntakeState.FAILED if piece.problem else IntakeState.WAITING,
                last_error=piece.problem,
            )
            for number, piece in enumerate(pieces, start=1)
            if piece.kind
        ),
        batch_size=500,
    )


@transaction.atomic
def add(
    *, entry_id: int, by: Actor | None, record: Mapping[str, Any], key: str = "", is_another: bool = False
) -> Source:
    """Make a source of an entry: `record` is what the person says it is, without `checked`, which the intake tells.

    `is_another` says that it is not the work that it looks like. Raises NotFoundError, NotPermittedError,
    NotPossibleError where the entry was decided on or the key is taken, ConflictError where a source is here that has
    the same identifier, and BrokenRulesError with what is wrong.
    """
    entry, actor = _locked(entry_id, by, IntakeState.ADDED)
    record = {**record, "checked": _confirmation(entry)}
    if problems := intake_record.mistakes(record):
        raise BrokenRulesError("This is no whole record yet.", tuple(f"{name} {words}" for name, words in problems))
    wait_for_turn(Turn.SOURCES)
    match = queries.known_sources().match(record)
    if match and (match.is_certain or not is_another):
        now = Source.objects.get(pk=match.name)
        raise ConflictError(
            f"The source '{now.key}' looks the same. {match.reason} Merge the entry into it instead, or say that it is "
            "another work.",
            path=now.key,
            now=now.record,
        )
    taken = set(Source.objects.values_list("key", flat=True))
    if key in taken:
        raise NotPossibleError(f"Another source has the key '{key}'; choose another, or leave it empty.")
    return _add(entry, record, key, taken, actor)


def _add(entry: IntakeEntry, record: Plain, key: str, taken: Collection[str], by: User) -> Source:
    wanted = _checked(_KEY, key, "key") if key else intake_record.citekey(record, taken)
    source = source_records.write_new(key=wanted, record=record, by=by, note=f"{entry.batch}, entry {entry.number}")
    entry.record = entry.record or record
    entry.fetched_at = entry.fetched_at or timezone.now()
    _decide(entry, IntakeState.ADDED, by, source=source)
    return source


@transaction.atomic
def add_ready(
    *, batch_id: int, by: Actor | None, language: str = "", is_category_confirmed: bool = False
) -> tuple[int, list[tuple[int, str]]]:
    """Add the entries of a batch that are ready and whole, and look like nothing that is here; at most 500 at once.

    `language` is for those that do not say theirs; a confirmed category is the one that the type makes likely. Gives
    how many were added, and of each that was left its number and why. Raises NotFoundError and NotPermittedError.
    """
    batch = IntakeBatch.objects.select_for_update(no_key=True).defer("text").filter(pk=batch_id).first()
    actor = require_person(by, Permission.INTAKE_DECIDE)
    batch = require_found(batch, f"There is no intake {batch_id}.")
    wait_for_turn(Turn.SOURCES)
    known, taken = queries.known_sources(), set(Source.objects.values_list("key", flat=True))
    added, left = 0, []
    ready = batch.entries.filter(state=IntakeState.READY).select_for_update().order_by("number")
    for entry in ready:
        entry.batch = batch
        record = {**_filled(entry.record or {}, language, is_category_confirmed=is_category_confirmed)}
        record["checked"] = _confirmation(entry)
        match = known.match(record)
        problems = [f"{name} {words}" for name, words in intake_record.mistakes(record)]
        if match or problems:
            left.append((entry.number, match.reason if match else " ".join(problems)))
        elif added < MOST_ADDED_AT_ONCE:
            source = _add(entry, record, "", taken, actor)
            taken.add(source.key)
            known.add(source.pk, source.record)
            added += 1
        else:
            left.append((entry.number, f"Only {MOST_ADDED_AT_ONCE} are added at once; send it again."))
    return added, left


def _filled(record: Plain, language: str, *, is_category_confirmed: bool) -> Plain:
    filled = {"language": language, **record} if language else {**record}
    category = intake_record.likely_category(record)
    return {"category": category.value, **filled} if is_category_confirmed and category else filled


@transaction.atomic
def merge_into(*, entry_id: int, source_id: int, choices: Iterable[str], version: str, by: Actor | None) -> Source:
    """Put the chosen fields of an entry's record into a source that still has this version (`parts.version`).

    Without a choice the source stays as it is, and the entry is done with. Raises NotFoundError, NotPermittedError,
    NotPossibleError, ConflictError where somebody else changed the source since, and BrokenRulesError.
    """
    entry, actor = _locked(entry_id, by, IntakeState.MERGED)
    require(by, Permission.SOURCE_CHANGE)
    named = Source.objects.filter(pk=source_id).first()
    named = require_found(named, f"There is no source with the number {source_id}.")
    source = source_records.locked(named.key)
    source_records.require_version(source, version)
    if changes := source_records.write_record(source, duplicates.merged(source.record, entry.record or {}, choices)):
        note = f"{entry.batch}, entry {entry.number}"
        log(EventCode.SOURCE_CHANGED, by=actor, subject=source, note=note, changes=changes)
    _decide(entry, IntakeState.MERGED, actor, source=source)
    return source


@transaction.atomic
def dismiss(*, entry_id: int, by: Actor | None, note: str = "") -> IntakeEntry:
    """Put an entry aside; it can be taken up again. Raises NotFoundError, NotPermittedError and NotPossibleError."""
    entry, actor = _locked(entry_id, by, IntakeState.DISMISSED)
    _decide(entry, IntakeState.DISMISSED, actor, note=_checked(_NOTE, note, "note") if note else "")
    return entry


@transaction.atomic
def retry(*, entry_id: int, by: Actor | None) -> IntakeEntry:
    """Have an entry read again from its beginning. Raises NotFoundError, NotPermittedError and NotPossibleError."""
    entry, actor = _locked(entry_id, by, IntakeState.WAITING)
    entry.state, entry.attempts, entry.next_try_at, entry.last_error = IntakeState.WAITING, 0, None, ""
    entry.match = entry.twin = entry.likeness = entry.decided_by = entry.decided_at = None
    entry.record, entry.problems, entry.reason, entry.fetched_at = None, [], "", None
    entry.save()
    log(EventCode.INTAKE_DECIDED, by=actor, intake=entry.batch_id, entry=entry.number, decision="retry")
    jobs.enqueue(jobs.Job.READ_INTAKE, batch_id=entry.batch_id)
    return entry


def _locked(entry_id: int, by: Actor | None, after: IntakeState) -> tuple[IntakeEntry, User]:
    """Lock an entry for somebody who may decide on it, where it can come into that state."""
    rows = IntakeEntry.objects.select_for_update(of=("self",)).select_related("batch").defer("batch__text")
    entry = require_found(rows.filter(pk=entry_id).first(), f"There is no entry with the number {entry_id}.")
    person = require_person(by, Permission.INTAKE_DECIDE)
    require_transition(IntakeState.of(entry.state), after)
    return entry, person


def _decide(entry: IntakeEntry, state: IntakeState, by: User, *, source: Source | None = None, note: str = "") -> None:
    entry.state, entry.source, entry.decided_by, entry.decided_at = state, source, by, timezone.now()
    entry.save(update_fields=["state", "source", "decided_by", "decided_at", "record", "fetched_at"])
    log(
        EventCode.INTAKE_DECIDED,
        by=by,
        subject=source,
        note=note,
        intake=entry.batch_id,
        entry=entry.number,
        decision=state.value,
    )


def _confirmation(entry: IntakeEntry) -> dict[str, str]:
    """Say truthfully how far the record is confirmed: by the person who adds it, but not against the work."""
    label = IntakeFormat.of(entry.batch.format).label
    origin = f"Taken in from {label} as entry {entry.number} of intake {entry.batch_id}"
    return {"metadata": "partly", "note": f"{origin}; type, category and language confirmed, the rest not compared."}


def _checked(adapter: TypeAdapter[str], value: str, name: str) -> str:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        words = error.errors()[0]["msg"]
        raise BrokenRulesError("This cannot be taken in.", (f"{name} {words}",)) from None
