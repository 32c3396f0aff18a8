"""What readers are told of checks, and what they are to be told next."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from perspectives.models import Check, CheckReport
from perspectives.vocab import CheckKind, CheckOutcome, TextOrigin

GRAVE = (CheckOutcome.RETRACTED, CheckOutcome.CONCERN, CheckOutcome.CORRECTED)
"""Outcomes that readers are told of wherever a work is named."""
NOT_RELIED_ON = (CheckOutcome.RETRACTED, CheckOutcome.CONCERN)
"""Those of which whoever opens a page that cites the work is warned first."""


@dataclass(frozen=True)
class Told:
    """What a machine found, and on which day."""

    kind: CheckKind
    outcome: CheckOutcome
    sentence: str
    on: date
    origin: TextOrigin | None = None
    address: str = ""
    source: str = ""
    quote: str = ""

    @property
    def warning(self) -> str:
        """Write it as readers are warned, in words alone."""
        return f"{self.outcome.label}. {self.sentence} Looked up on {self.on.isoformat()}."

    @property
    def record(self) -> dict[str, Any]:
        """Write it as the API gives it out."""
        where = {"origin": self.origin.value} if self.origin else {}
        if self.origin and self.origin is not TextOrigin.FILE:  # the name of somebody's file is nobody's business
            where["address"] = self.address
        return {
            "kind": self.kind.value,
            "source": self.source,
            **({"quote": self.quote} if self.quote else {}),
            "outcome": self.outcome.value,
            "sentence": self.sentence,
            "on": self.on.isoformat(),
            **where,
        }


@dataclass(frozen=True)
class Checked:
    """What was found of some works, by citekey, and of the words that are quoted from them."""

    works: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    quotations: Mapping[tuple[str, str], Told] = field(default_factory=dict)

    @property
    def records(self) -> list[dict[str, Any]]:
        """Write all of it as the API gives it out: of each work, then of each quotation."""
        works = [one.record for found in self.works.values() for one in found]
        return [*works, *(one.record for one in self.quotations.values())]

    def notice(self, key: str) -> Told | None:
        """Give what readers are warned of: that a work was retracted, corrected, or raised concern."""
        return next((one for one in self.works.get(key, ()) if one.outcome in GRAVE), None)

    def quotation(self, key: str, quote: str | None) -> Told | None:
        """Give what came of looking for words in a work; None where that was not done."""
        return self.quotations.get((key, quote or ""))


NOTHING = Checked()


def checked(keys: Collection[str]) -> Checked:
    """Gather what was found of some works; one query."""
    works: dict[str, list[Told]] = {}
    quotations: dict[tuple[str, str], Told] = {}
    rows = Check.objects.filter(is_current=True, source__key__in=keys).order_by("source__key", "kind", "pk")
    columns = ("source__key", "quote", "kind", "outcome", "sentence", "finished_at", "origin", "address")
    for key, quote, *told in rows.values_list(*columns):
        one = replace(_told(*told), source=key, quote=quote)
        if one.kind is CheckKind.QUOTATION:
            quotations[key, quote] = one
        else:
            works.setdefault(key, []).append(one)
    return Checked({key: tuple(found) for key, found in works.items()}, quotations)


def by_outcome() -> dict[str, int]:
    """Count the newest outcomes of everything that was checked."""
    return dict(Check.objects.filter(is_current=True).order_by().values_list("outcome").annotate(Count("pk")))


def unreported() -> QuerySet[Check]:
    """List the current outcomes that readers were not told of, by id."""
    return Check.objects.filter(is_current=True, report=None).select_related("source").order_by("pk")


def is_due(last_before: datetime, *, at_once: bool) -> bool:
    """Whether there is something to report that is asked for, grave, or may follow a report of before then."""
    found = unreported()
    if not found.exists():
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


def _told(kind: str, outcome: str, sentence: str, at: datetime, origin: str, address: str) -> Told:
    where = TextOrigin.of(origin) if origin else None
    return Told(CheckKind.of(kind), CheckOutcome.of(outcome), sentence, at.date(), where, address)
