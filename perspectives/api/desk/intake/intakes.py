"""Taking sources in over REST: hand in, follow how far it is, decide entry by entry."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.urls import reverse

from perspectives.actions.intake import intake_batches as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.intake import intake_shapes as shapes
from perspectives.api.desk.views import Answer, Call, DeskView, operation
from perspectives.api.http.conventions import Parameter
from perspectives.errors import ConflictError
from perspectives.models import IntakeBatch, IntakeEntry
from perspectives.policy import Permission
from perspectives.queries.intake import intake_batches
from perspectives.queries.sources import source_catalogue
from perspectives.rules.documents import parts
from perspectives.rules.intake import intake_record
from perspectives.vocab import IntakeState

Plain = dict[str, Any]
_QUERIES: Final = {
    **pagination.QUERY,
    "state": Parameter("Entries in this state.", {"type": "string", "enum": IntakeState.values}),
}


def _add(entry: IntakeEntry, call: Call) -> object:
    said = call.body
    return actions.add(
        entry_id=entry.pk, by=call.person, record=said.record, key=said.key or "", is_another=said.is_another
    )


def _merge(entry: IntakeEntry, call: Call) -> object:
    said = call.body
    source = source_catalogue.source(said.into)
    return actions.merge_into(
        entry_id=entry.pk, source_id=source.pk, choices=said.fields, version=said.version, by=call.person
    )


def _dismiss(entry: IntakeEntry, call: Call) -> object:
    return actions.dismiss(entry_id=entry.pk, by=call.person, note=call.body.note or "")


def _retry(entry: IntakeEntry, call: Call) -> object:
    return actions.retry(entry_id=entry.pk, by=call.person)


_DECISIONS: Final[Mapping[str, Callable[[IntakeEntry, Call], object]]] = {
    "add": _add,
    "merge": _merge,
    "dismiss": _dismiss,
    "retry": _retry,
}


class IntakeView(DeskView):
    """A resource of those who may hand in."""

    permission = Permission.INTAKE_START


class IntakeListView(IntakeView):
    """Intakes."""

    @operation(answer=shapes.ListedIntakes, queries=pagination.QUERY)
    def get(self, call: Call) -> Answer:
        """List what was handed in, newest first."""
        return pagination.cut(call, intake_batches.batches(), "-pk", int, _listed)

    @operation(answer=shapes.IntakeRecord, body=shapes.HandIn, status=201)
    def post(self, call: Call) -> Answer:
        """Hand a text in; its entries are read in the background."""
        batch = actions.start(by=call.person, text=call.body.text, note=call.body.note or "")
        location = reverse("api:desk-intake", kwargs={"intake": batch.pk})
        return Answer(_record(intake_batches.batch(batch.pk)), status=201, location=location)


class IntakeBatchView(IntakeView):
    """One intake."""

    @operation(answer=shapes.IntakeRecord)
    def get(self, _call: Call, intake: int) -> Answer:
        """Give the intake with the number of its entries in each state."""
        return Answer(_record(_batch(intake)))


class IntakeAdditionView(IntakeView):
    """Adding all that is ready."""

    @operation(answer=shapes.Added, body=shapes.AddReady)
    def post(self, call: Call, intake: int) -> Answer:
        """Add all entries that are ready and whole and look like nothing that is here, at most 500 at once."""
        added, left = actions.add_ready(
            batch_id=intake,
            by=call.person,
            language=call.body.language or "",
            is_category_confirmed=call.body.is_category_confirmed,
        )
        return Answer({"added": added, "left": [{"number": number, "reason": why} for number, why in left]})


class IntakeEntryListView(IntakeView):
    """The entries of an intake."""

    @operation(answer=shapes.IntakeEntries, queries=_QUERIES)
    def get(self, call: Call, intake: int) -> Answer:
        """List the entries in their order."""
        state = call.query.get("state")
        rows = _entries(_batch(intake).pk, IntakeState.of(state) if state else None)
        return pagination.cut(call, rows, "number", int, _entry)


class IntakeEntryView(IntakeView):
    """One entry of an intake."""

    @operation(answer=shapes.IntakeEntryRecord)
    def get(self, _call: Call, intake: int, entry: int) -> Answer:
        """Give the entry as it was written, with what was read of it."""
        return _given(_one(intake, entry))

    @operation(answer=shapes.IntakeEntryRecord, body=shapes.IntakeDecision, is_versioned=True)
    def post(self, call: Call, intake: int, entry: int) -> Answer:
        """Add the entry as a source, merge it into one, put it aside or have it read again.

        Where it looks like a source that is here, to add it is 412, and `now` is that source's record.
        """
        found = _one(intake, entry)
        seen = _given(found)
        if seen.version != call.version:
            raise ConflictError("The entry was read or decided on in the meantime.", now=seen.data)
        _DECISIONS[call.body.decision](found, call)
        return _given(_one(intake, entry))


# The variables of the addresses are named like the module of the queries.
_batch, _entries, _one = intake_batches.batch, intake_batches.entries, intake_batches.entry


def _listed(batch: Any) -> Plain:
    return {**_named(batch), "total": batch.total, "working": batch.working, "undecided": batch.undecided}


def _record(batch: IntakeBatch) -> Plain:
    progress = intake_batches.progress(batch.pk)
    next_try = {"next_try_at": progress.next_try_at.isoformat()} if progress.next_try_at else {}
    return {
        **_named(batch),
        "counts": {state.value: count for state, count in progress.counts.items()},
        "is_done": progress.is_done,
        **next_try,
        "left": batch.beside,
    }


def _named(batch: IntakeBatch) -> Plain:
    found = {"note": batch.note, "file_name": batch.file_name}
    return {
        "id": batch.pk,
        "by": batch.by.username,
        "at": batch.at.isoformat(),
        "format": batch.format,
        **{name: value for name, value in found.items() if value},
    }


def _given(entry: IntakeEntry) -> Answer:
    record = _entry(entry)
    return Answer(record, version=parts.version(record))


def _entry(entry: IntakeEntry) -> Plain:
    missing = intake_record.missing(entry.record) if entry.record else []
    found = {
        "identifier": entry.identifier,
        "record": entry.record,
        "missing": list(missing),
        "problems": entry.problems,
        "match": entry.match and entry.match.key,
        "twin": entry.twin and entry.twin.number,
        "likeness": entry.likeness,
        "reason": entry.reason,
        "source": entry.source and entry.source.key,
        "last_error": entry.last_error,
    }
    return {
        "number": entry.number,
        "kind": entry.kind,
        "state": entry.state,
        "raw": entry.raw,
        "attempts": entry.attempts,
        **{name: value for name, value in found.items() if value},
    }
