"""What readers are told of checks, and what they are to be told next."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from perspectives.models import Check, CheckReport, QuotationConfirmation
from perspectives.queries.evidence.told import GRAVE, Checked, Confirmed, Told
from perspectives.vocab import CheckKind, CheckOutcome, TextOrigin


def checked(keys: Collection[str]) -> Checked:
    """Gather what was found of some works, and what editors confirmed; one query."""
    works: dict[str, list[Told]] = {}
    quotations: dict[tuple[str, str], Told] = {}
    confirmations: dict[tuple[str, str], Confirmed] = {}
    rows = _checks(keys).union(_confirmations(keys), all=True)
    for key, quote, kind, _, told in sorted(rows, key=lambda row: row[:4]):
        if not kind:
            confirmations[key, quote] = _confirmed(key, quote, told)
        elif kind == CheckKind.QUOTATION:
            quotations[key, quote] = _told(key, quote, told)
        else:
            works.setdefault(key, []).append(_told(key, quote, told))
    return Checked({key: tuple(found) for key, found in works.items()}, quotations, confirmations)


def _checks(keys: Collection[str]) -> QuerySet[Check, tuple[Any, ...]]:
    told = JSONObject(
        kind="kind",
        outcome="outcome",
        sentence="sentence",
        on="finished_at",
        origin="origin",
        address="address",
        archived_on=KT("detail__archived_on"),
        memento=KT("detail__memento"),
        original=KT("detail__original"),
    )
    found = Check.objects.filter(is_current=True, source__key__in=keys).order_by().annotate(told=told)
    return found.values_list("source__key", "quote", "kind", "pk", "told")


def _confirmations(keys: Collection[str]) -> QuerySet[QuotationConfirmation, tuple[Any, ...]]:
    name = Case(When(is_named=True, then=F("by__display_name")), default=Value(""))
    told = JSONObject(seen_in="seen_in", place="place", seen_on="seen_on", by=name)
    counting = QuotationConfirmation.objects.filter(withdrawn_at=None, source__key__in=keys).order_by()
    found = counting.annotate(told=told, kind=Value(""))
    return found.values_list("source__key", "quote", "kind", "pk", "told")


def by_outcome() -> dict[str, int]:
    """Count the newest outcomes of everything that was checked."""
    return dict(Check.objects.filter(is_current=True).order_by().values_list("outcome").annotate(Count("pk")))


def unreported() -> QuerySet[Check]:
    """List the current outcomes that readers were not told of, by id."""
    return Check.objects.filter(is_current=True, report=None).select_related("source").order_by("pk")


def unreported_confirmations() -> QuerySet[QuotationConfirmation]:
    """List the confirmations that readers do not see as they are: new ones, and those that were withdrawn."""
    return QuotationConfirmation.objects.filter(report=None)


def is_due(last_before: datetime, *, at_once: bool) -> bool:
    """Whether there is something to report that is asked for, grave, or may follow a report of before then."""
    found = unreported()
    if not found.exists() and not unreported_confirmations().exists():
        return False
    last = CheckReport.objects.order_by("-pk").values_list("at", flat=True).first()
    return at_once or last is None or last < last_before or found.filter(outcome__in=GRAVE).exists()


def newly_retracted_or_not(found: Iterable[Check]) -> set[str]:
    """Name the works, by citekey, of which something else than before is to be said in a warning."""
    of_works = [one for one in found if one.kind == CheckKind.RETRACTION]
    earlier = Check.objects.filter(kind=CheckKind.RETRACTION, source__in=[one.source_id for one in of_works])
    rows = earlier.filter(report__isnull=False).order_by("pk").values_list("source_id", "sentence", "outcome")
    before = {source: sentence if outcome in GRAVE else "" for source, sentence, outcome in rows}
    return {
        one.source.key
        for one in of_works
        if before.get(one.source_id, "") != (one.sentence if one.outcome in GRAVE else "")
    }


def _told(key: str, quote: str, found: Mapping[str, Any]) -> Told:
    return Told(
        CheckKind.of(found["kind"]),
        CheckOutcome.of(found["outcome"]),
        found["sentence"],
        date.fromisoformat(found["on"][:10]),
        TextOrigin.of(found["origin"]) if found["origin"] else None,
        found["memento"] or found["address"],
        key,
        quote,
        found["archived_on"] or "",
        found["original"] or "",
    )


def _confirmed(key: str, quote: str, found: Mapping[str, Any]) -> Confirmed:
    return Confirmed(key, quote, found["seen_in"], date.fromisoformat(found["seen_on"]), found["place"], found["by"])
