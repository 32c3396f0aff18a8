"""Reading what was handed in, some entries at a time; run in the background.

The rows say what is to be done: whoever is killed leaves rows that are taken up again, and whoever was taken for lost
writes nothing. A batch is read by one worker at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from perspectives import jobs
from perspectives.clients import bibliography, http
from perspectives.clients.intake import look_ups
from perspectives.models import IntakeBatch, IntakeEntry
from perspectives.queries.intake import intake_batches
from perspectives.rules.formats.bibliography import bibtex_reading, csl_reading, ris_reading
from perspectives.rules.intake import intake_record, kept_fields
from perspectives.rules.intake import splitting as intake_rules
from perspectives.rules.intake.kept_fields import RawField
from perspectives.rules.publication import transitions
from perspectives.vocab import IntakeKind, IntakeState

MOST_SECONDS = 240
"""After this time a job is ended."""
_LEASE = timedelta(seconds=MOST_SECONDS + 20)
"""After this time a reader that said nothing is taken for lost."""
MOST_TRIES = 30
"""How often a server is asked for one record: for about a week."""
_MOST_LOSSES = 3
_AT_ONCE = {0: 100, 1: 20}
"""How many entries are read at once, by how often they were tried: what killed a worker is found out that way."""
_ASKED_AT_ONCE = 10
_MOST_CHARACTERS = 150_000
_NO_ITEM = "It is no item of CSL-JSON."
_LOST = "The program that read it was ended before it was done."
_FIELDS = (
    "state", "claimed_at", "attempts", "next_try_at", "last_error", "fetched_at", "record", "problems", "match", "twin",
    "likeness", "reason",
)  # fmt: skip


@dataclass
class _Outcome:
    """What came of an entry: an item, or an error; where it is to be tried again, when."""

    item: dict[str, Any] | None = None
    problems: list[str] = field(default_factory=list)
    fields: list[RawField] = field(default_factory=list)
    """All that the entry says, so that what its record does not have can be told."""
    error: str = ""
    next_try_at: datetime | None = None
    was_tried: bool = True
    is_whole_host: bool = False


def read_next(*, batch_id: int) -> None:
    """Read some entries of a batch and send the job again for the next; does nothing while somebody else is at it."""
    claimed = _claim(batch_id)
    if not claimed:
        return
    outcomes = _outcomes(batch_id, claimed)
    read = _with_records(batch_id, claimed, outcomes)
    _write(batch_id, read, outcomes)
    jobs.enqueue(jobs.Job.READ_INTAKE, batch_id=batch_id)


@transaction.atomic
def resume() -> None:
    """Take up again what workers that were ended left behind, and send the job for each batch that waits."""
    now = timezone.now()
    _take_back(list(intake_batches.lost(now - _LEASE).select_for_update(skip_locked=True)))
    for batch_id in intake_batches.batches_due(now):
        jobs.enqueue(jobs.Job.READ_INTAKE, batch_id=batch_id)


def _take_back(lost: Sequence[IntakeEntry]) -> None:
    for entry in lost:
        is_hopeless = entry.attempts >= _MOST_LOSSES and entry.kind not in look_ups.LOOK_UPS
        after = IntakeState.FAILED if is_hopeless else IntakeState.WAITING
        entry.state, entry.claimed_at, entry.last_error = after, None, _LOST
    IntakeEntry.objects.bulk_update(lost, ["state", "claimed_at", "last_error"])


@transaction.atomic
def _claim(batch_id: int) -> list[IntakeEntry]:
    """Choose entries that are read in one go, and write down that they are being read."""
    batch = IntakeBatch.objects.select_for_update(no_key=True).only("pk").filter(pk=batch_id).first()
    now = timezone.now()
    if batch is None or batch.entries.filter(state=IntakeState.FETCHING, claimed_at__gte=now - _LEASE).exists():
        return []
    chosen = _chosen(list(intake_batches.due(now, batch_id).select_for_update()[: max(_AT_ONCE.values())]))
    for entry in chosen:
        transitions.require_transition(IntakeState.of(entry.state), IntakeState.FETCHING)
        entry.state, entry.claimed_at, entry.next_try_at = IntakeState.FETCHING, now, None
        entry.attempts += 1
    IntakeEntry.objects.filter(pk__in=[entry.pk for entry in chosen]).update(
        state=IntakeState.FETCHING, claimed_at=now, attempts=F("attempts") + 1, next_try_at=None
    )
    return chosen


def _chosen(due: Sequence[IntakeEntry]) -> list[IntakeEntry]:
    """Take from the front what can be read in one go: of one way of reading, tried equally often, not too long."""
    if not due:
        return []
    first = due[0]
    is_asked = first.kind in look_ups.LOOK_UPS
    size = _ASKED_AT_ONCE if is_asked else _AT_ONCE.get(first.attempts, 1)
    alike = takewhile(
        lambda entry: (entry.kind in look_ups.LOOK_UPS, entry.attempts) == (is_asked, first.attempts), due
    )
    chosen: list[IntakeEntry] = []
    length = 0
    for entry in alike:
        length += len(entry.raw)
        if len(chosen) == size or (chosen and length > _MOST_CHARACTERS):
            break
        chosen.append(entry)
    return chosen


def _outcomes(batch_id: int, claimed: Sequence[IntakeEntry]) -> dict[int, _Outcome]:
    """Read or ask for the records; by primary key of the entry."""
    if claimed[0].kind in look_ups.LOOK_UPS:
        return _asked(claimed)
    bibtex = {entry.pk: entry.raw for entry in claimed if entry.kind == IntakeKind.BIBTEX}
    found: dict[int, dict[str, Any] | str] = {}
    above: Mapping[str, str] = {}
    if bibtex:
        definitions = IntakeBatch.objects.values_list("definitions", flat=True).get(pk=batch_id)
        keys = set().union(*map(bibtex_reading.parents, bibtex.values()))
        above = intake_batches.above(batch_id, keys)
        found |= bibliography.bibtex_items(bibtex, definitions, above)
    return {entry.pk: _read(entry, found, above) for entry in claimed}


def _read(entry: IntakeEntry, bibtex: dict[int, dict[str, Any] | str], above: Collection[str]) -> _Outcome:
    if entry.kind == IntakeKind.RIS:
        return _Outcome(
            ris_reading.item(entry.raw), ris_reading.warnings(entry.raw), list(ris_reading.fields(entry.raw))
        )
    if entry.kind == IntakeKind.CSL_JSON:
        item = csl_reading.item(entry.raw)
        return _Outcome(item, fields=list(csl_reading.fields(item))) if item is not None else _Outcome(error=_NO_ITEM)
    found = bibtex.get(entry.pk, intake_rules.UNKNOWN_LINE)
    if isinstance(found, str):
        return _Outcome(error=found)
    return _Outcome(found, bibtex_reading.warnings(entry.raw, above), list(bibtex_reading.fields(entry.raw)))


def _asked(claimed: Sequence[IntakeEntry]) -> dict[int, _Outcome]:
    """Ask for records one after the other; where a host is away, the others are not asked of it in vain."""
    away: dict[str, _Outcome] = {}
    outcomes = {}
    for entry in claimed:
        if entry.kind in away:
            outcomes[entry.pk] = _Outcome(
                error=away[entry.kind].error, next_try_at=away[entry.kind].next_try_at, was_tried=False
            )
            continue
        outcome = outcomes[entry.pk] = _ask(entry)
        if outcome.is_whole_host and entry.kind != IntakeKind.URL:
            away[entry.kind] = outcome
    return outcomes


def _ask(entry: IntakeEntry) -> _Outcome:
    try:
        item = look_ups.looked_up(IntakeKind.of(entry.kind), entry.identifier)
    except http.UnreachableError as error:
        if entry.attempts >= MOST_TRIES:
            return _Outcome(error=f"{error} It was tried {entry.attempts} times.")
        at = timezone.now() + _rest(entry.attempts, error.retry_after)
        return _Outcome(error=str(error), next_try_at=at, is_whole_host=error.is_whole_host)
    except http.FetchError as error:
        return _Outcome(error=str(error))
    if entry.kind == IntakeKind.URL:
        item["accessed"] = {"raw": timezone.now().date().isoformat()}
    return _Outcome(item)


def _rest(attempts: int, wanted: float | None) -> timedelta:
    """Say how long to wait: as long as the server asked for (a day at most), else ever longer, up to six hours."""
    seconds = min(60.0 * 2 ** min(attempts - 1, 10), 6 * 3600.0) if wanted is None else min(max(wanted, 1.0), 86_400.0)
    return timedelta(seconds=seconds)


def _with_records(batch_id: int, claimed: Sequence[IntakeEntry], outcomes: dict[int, _Outcome]) -> list[IntakeEntry]:
    """Put what came of the entries into their fields, with what each looks like; nothing is written."""
    sources, entries = intake_batches.known_sources(), intake_batches.known_entries(batch_id)
    now = timezone.now()
    for entry in claimed:
        outcome = outcomes[entry.pk]
        entry.last_error, entry.next_try_at = outcome.error, outcome.next_try_at
        entry.attempts -= not outcome.was_tried
        if outcome.item is None:
            entry.state = IntakeState.WAITING if outcome.next_try_at else IntakeState.FAILED
            continue
        entry.record, problems = intake_record.record(outcome.item)
        said = [*outcome.problems, *problems]
        entry.problems = [*said, *kept_fields.left_out(outcome.fields, entry.record, said)]
        entry.fetched_at = now
        source, twin = sources.match(entry.record), entries.match(entry.record)
        match = source or twin
        entry.match_id, entry.twin_id = (source.name if source else None), (twin.name if twin and not source else None)
        entry.likeness, entry.reason = (match.likeness, match.reason) if match else (None, "")
        entry.state = IntakeState.DUPLICATE if match else IntakeState.READY
        if twin is None:
            entries.add(entry.pk, entry.record)
    return list(claimed)


@transaction.atomic
def _write(batch_id: int, read: Sequence[IntakeEntry], outcomes: dict[int, _Outcome]) -> None:
    """Write what came of the entries that are still ours to write."""
    IntakeBatch.objects.select_for_update(no_key=True).only("pk").get(pk=batch_id)
    claimed_at = read[0].claimed_at
    mine = IntakeEntry.objects.filter(batch_id=batch_id, state=IntakeState.FETCHING, claimed_at=claimed_at)
    ours = set(mine.select_for_update().values_list("pk", flat=True))
    written = [entry for entry in read if entry.pk in ours]
    for entry in written:
        transitions.require_transition(IntakeState.FETCHING, IntakeState.of(entry.state))
        entry.claimed_at = None
    # The rows are there, and locked: this updates them. `bulk_update` would say the same with a WHEN for each value of
    # each row, which takes longer than all the reading.
    IntakeEntry.objects.bulk_create(written, update_conflicts=True, unique_fields=["pk"], update_fields=_FIELDS)
    for entry in written:
        if outcomes[entry.pk].is_whole_host and entry.kind != IntakeKind.URL:
            same_host = IntakeEntry.objects.filter(batch_id=batch_id, kind=entry.kind, state=IntakeState.WAITING)
            same_host.filter(next_try_at=None).update(next_try_at=entry.next_try_at, last_error=entry.last_error)
