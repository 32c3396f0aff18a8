"""Taking sources in over REST: hand in, follow how far it is, decide entry by entry."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Final

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.actions.intake import handing_in
from perspectives.actions.intake import intake_batches as actions
from perspectives.api.desk import pagination
from perspectives.api.desk.intake import intake_shapes as shapes
from perspectives.api.desk.views import DeskView, operation, versioned
from perspectives.api.http.conventions import Parameter
from perspectives.models import IntakeBatch, IntakeEntry
from perspectives.policy import Permission
from perspectives.queries.intake import intake_batches
from perspectives.queries.sources import source_catalogue
from perspectives.rules.intake import intake_record
from perspectives.vocab import IntakeState

Plain = dict[str, Any]
_QUERIES: Final = {
    **pagination.QUERY,
    "state": Parameter("Entries in this state.", {"type": "string", "enum": IntakeState.values}),
}


def _merge(*, into: str, fields: Collection[str] = (), **how: Any) -> object:
    return actions.merge_into(source_id=source_catalogue.source(into).pk, choices=fields, **how)


_DECISIONS: Final[Mapping[str, Callable[..., object]]] = {
    "add": actions.add,
    "merge": _merge,
    "dismiss": actions.dismiss,
    "retry": actions.retry,
}


class IntakeView(DeskView):
    """A resource of those who may hand in."""

    permission = Permission.INTAKE_START


class IntakeListView(IntakeView):
    """Intakes."""

    orderings: ClassVar = {"-pk": {"-pk": int}}

    @operation(answer=shapes.ListedIntakes, queries=pagination.QUERY)
    def get(self, _request: Request) -> Response:
        """List what was handed in, newest first."""
        return self.page(intake_batches.batches(), shapes.ListedIntake.of)

    @operation(answer=shapes.IntakeRecord, body=shapes.HandIn, status=201)
    def post(self, request: Request) -> Response:
        """Hand a text or a library of Zotero in; the entries are read in the background."""
        given = self.body
        batch = handing_in.hand_in(
            by=self.person, text=given.text, note=given.note or "", zotero_key=given.zotero_key or ""
        )
        location = reverse("api:desk-intake", kwargs={"intake": batch.pk})
        return Response(_record(intake_batches.batch(batch.pk)), status=201, headers={"Location": location})


class IntakeBatchView(IntakeView):
    """One intake."""

    @operation(answer=shapes.IntakeRecord)
    def get(self, _request: Request, intake: int) -> Response:
        """Give the intake with the number of its entries in each state."""
        return Response(_record(_batch(intake)))


class IntakeAdditionView(IntakeView):
    """Adding all that is ready."""

    @operation(answer=shapes.Added, body=shapes.AddReady)
    def post(self, request: Request, intake: int) -> Response:
        """Add all entries that are ready and whole and look like nothing that is here, at most 500 at once."""
        added, left = actions.add_ready(
            batch_id=intake,
            by=self.person,
            language=self.body.language or "",
            is_category_confirmed=self.body.is_category_confirmed,
        )
        return Response({"added": added, "left": [{"number": number, "reason": why} for number, why in left]})


class IntakeEntryListView(IntakeView):
    """The entries of an intake."""

    orderings: ClassVar = {"number": {"number": int}}

    @operation(answer=shapes.IntakeEntries, queries=_QUERIES)
    def get(self, _request: Request, intake: int) -> Response:
        """List the entries in their order."""
        state = self.query.get("state")
        rows = _entries(_batch(intake).pk, IntakeState.of(state) if state else None)
        return self.page(rows, _entry)


class IntakeEntryView(IntakeView):
    """One entry of an intake."""

    @operation(answer=shapes.IntakeEntryRecord)
    def get(self, _request: Request, intake: int, entry: int) -> Response:
        """Give the entry as it was written, with what was read of it."""
        return versioned(_entry(_one(intake, entry)))

    @operation(answer=shapes.IntakeEntryRecord, body=shapes.IntakeDecision, is_versioned=True)
    def post(self, request: Request, intake: int, entry: int) -> Response:
        """Add the entry as a source, merge it into one, put it aside or have it read again.

        Where it looks like a source that is here, to add it is 412, and `now` is that source's record.
        """
        found = _one(intake, entry)
        self.require_version(_entry(found), "The entry was read or decided on in the meantime.")
        _DECISIONS[self.body.decision](entry_id=found.pk, by=self.person, **self.body.given())
        return versioned(_entry(_one(intake, entry)))


# The variables of the addresses are named like the module of the queries.
_batch, _entries, _one = intake_batches.batch, intake_batches.entries, intake_batches.entry


def _record(batch: IntakeBatch) -> Plain:
    now = intake_batches.progress(batch.pk)
    more = {"counts": now.counts, "is_done": now.is_done, "next_try_at": now.next_try_at, "left": batch.beside}
    return shapes.IntakeRecord.of(batch, **more)


def _entry(entry: IntakeEntry) -> Plain:
    missing = intake_record.missing(entry.record) if entry.record else ()
    return shapes.IntakeEntryRecord.of(entry, missing=missing)
