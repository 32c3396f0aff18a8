"""Confirming that a work has the words quoted from it, as an editor who saw them, and taking that back."""

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.sources import source_records
from perspectives.errors import BrokenRulesError, NotFoundError, NotPossibleError
from perspectives.models import QuotationConfirmation
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.evidence import confirmations
from perspectives.rules.evidence import confirmations as rules
from perspectives.rules.evidence.confirmations import Seen
from perspectives.vocab import EventCode


@transaction.atomic
def confirm(*, key: str, quote: str, seen: Seen, by: Actor | None) -> QuotationConfirmation:
    """Confirm a quotation of a source; what was confirmed of it before counts no more.

    Readers see it with the next report of checks. Raises NotFoundError where nothing quotes these words from it,
    NotPermittedError, and BrokenRulesError with a problem for each field that cannot be kept so.
    """
    source = source_records.locked(key)
    editor = require_person(by, Permission.QUOTATION_CONFIRM)
    if not confirmations.is_quoted(source, quote):
        raise NotFoundError(f"Neither a draft nor an edition quotes these words from '{key}'.")
    now, tidied = timezone.now(), rules.tidy(seen)
    if found := list(rules.problems(tidied, today=now.date())):
        raise BrokenRulesError("The confirmation cannot be kept like this.", tuple(found))
    if before := confirmations.counting(source.pk, quote):
        _withdraw(before, editor.pk)
    made = QuotationConfirmation.objects.create(
        source=source,
        quote=quote,
        seen_in=tidied.seen_in,
        place=tidied.place,
        seen_on=tidied.seen_on,
        is_named=tidied.is_named,
        by=editor,
        at=now,
    )
    record(EventCode.QUOTATION_CONFIRMED, by=editor, subject=source, confirmation=made.pk)
    return made


@transaction.atomic
def withdraw(*, confirmation_id: int, by: Actor | None) -> QuotationConfirmation:
    """Take a confirmation back; its row stays, and readers do not see it any more after the next report.

    Raises NotFoundError, NotPermittedError, and NotPossibleError where it counts no more.
    """
    source = source_records.locked(confirmations.confirmation(confirmation_id).source.key)
    editor = require_person(by, Permission.QUOTATION_CONFIRM)
    found = confirmations.confirmation(confirmation_id)
    if found.withdrawn_at:
        raise NotPossibleError("This confirmation counts no more: it was withdrawn, or a later one took its place.")
    _withdraw(found, editor.pk)
    record(EventCode.CONFIRMATION_WITHDRAWN, by=editor, subject=source, confirmation=found.pk)
    return found


def _withdraw(one: QuotationConfirmation, editor_id: int) -> None:
    one.withdrawn_at, one.withdrawn_by_id, one.report = timezone.now(), editor_id, None
    one.save(update_fields=["withdrawn_at", "withdrawn_by", "report"])
