"""What was handed in, how far it is, and what it looks like that is here already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from perspectives.errors import require_found
from perspectives.models import IntakeBatch, IntakeEntry, Source
from perspectives.rules.sources.duplicates import Known
from perspectives.vocab import IntakeState

IN_WORK = (IntakeState.WAITING, IntakeState.FETCHING)
_READ = (IntakeState.READY, IntakeState.DUPLICATE)


@dataclass(frozen=True)
class Progress:
    """How many entries of a batch stand where, and when one that waits will be tried again."""

    counts: dict[IntakeState, int]
    next_try_at: datetime | None

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many neither wait nor are being read."""
        return self.total - sum(self.counts[state] for state in IN_WORK)

    @property
    def is_done(self) -> bool:
        """Whether nothing waits any more."""
        return self.done == self.total


def newest_of_library(path: str) -> IntakeBatch | None:
    """Give what was last read from a library of Zotero; None if nothing was."""
    return IntakeBatch.objects.filter(library=path).defer("text").order_by("-at", "-pk").first()


def batches() -> QuerySet[IntakeBatch]:
    """List what was handed in, newest first, with the number of entries and of those that are not done."""
    open_states = (*IN_WORK, *_READ, IntakeState.FAILED)
    return (
        IntakeBatch.objects.select_related("by")
        .defer("text", "beside", "definitions")
        .annotate(
            total=Count("entries"),
            working=Count("entries", filter=Q(entries__state__in=IN_WORK)),
            undecided=Count("entries", filter=Q(entries__state__in=open_states)),
        )
        .order_by("-at", "-pk")
    )


def batch(number: int) -> IntakeBatch:
    """Fetch a batch without its text. Raises NotFoundError."""
    found = IntakeBatch.objects.select_related("by").defer("text", "definitions").filter(pk=number).first()
    return require_found(found, f"There is no intake {number}.")


def progress(number: int) -> Progress:
    """Count the entries of a batch by state, in one query."""
    rows = IntakeEntry.objects.filter(batch_id=number).values("state").annotate(n=Count("pk"), at=Max("next_try_at"))
    rows = rows.order_by()
    counts = dict.fromkeys(IntakeState, 0) | {IntakeState.of(row["state"]): row["n"] for row in rows}
    waiting = [row["at"] for row in rows if row["state"] == IntakeState.WAITING and row["at"]]
    return Progress(counts, waiting[0] if waiting else None)


def entries(number: int, state: IntakeState | None = None) -> QuerySet[IntakeEntry]:
    """List the entries of a batch in their order, with what they look like and became."""
    rows = IntakeEntry.objects.filter(batch_id=number).select_related("match", "twin", "source").order_by("number")
    return rows.filter(state=state) if state else rows


def entry(batch_number: int, number: int) -> IntakeEntry:
    """Fetch an entry of a batch by its number there. Raises NotFoundError."""
    found = entries(batch_number).select_related("batch", "decided_by").defer("batch__text").filter(number=number)
    return require_found(found.first(), f"Intake {batch_number} has no entry {number}.")


def failures(number: int) -> QuerySet[IntakeEntry]:
    """List the entries of a batch that failed or are not read without loss: what the report tells of."""
    is_told = Q(state=IntakeState.FAILED) | Q(state=IntakeState.WAITING, attempts__gte=1) | ~Q(problems=[])
    return IntakeEntry.objects.filter(is_told, batch_id=number).order_by("number")


def due(now: datetime, number: int) -> QuerySet[IntakeEntry]:
    """List the entries of a batch that wait and may be tried, those tried least often first."""
    is_time = Q(next_try_at=None) | Q(next_try_at__lte=now)
    waiting = IntakeEntry.objects.filter(is_time, batch_id=number, state=IntakeState.WAITING)
    return waiting.order_by("attempts", "number")


def lost(claimed_before: datetime) -> QuerySet[IntakeEntry]:
    """List the entries whose reader has said nothing for too long."""
    return IntakeEntry.objects.filter(state=IntakeState.FETCHING, claimed_at__lt=claimed_before)


def batches_due(now: datetime) -> list[int]:
    """List the batches that have entries to be tried."""
    is_time = Q(next_try_at=None) | Q(next_try_at__lte=now)
    waiting = IntakeEntry.objects.filter(is_time, state=IntakeState.WAITING)
    return list(waiting.order_by("batch_id").values_list("batch_id", flat=True).distinct())


def above(number: int, keys: Iterable[str]) -> dict[str, str]:
    """Fetch entries of a BibTeX file by their keys: key -> the entry as written."""
    wanted = set(keys)
    rows = IntakeEntry.objects.filter(batch_id=number, key__in=wanted) if wanted else IntakeEntry.objects.none()
    return dict(rows.order_by("-number").values_list("key", "raw"))


def known_sources() -> Known:
    """Gather all sources to compare with, by primary key."""
    return Known(Source.objects.order_by("pk").values_list("pk", "record"))


def known_entries(number: int) -> Known:
    """Gather the entries of a batch that were read and not decided on, by primary key."""
    rows = IntakeEntry.objects.filter(batch_id=number, state__in=_READ, twin=None)
    return Known((pk, record) for pk, record in rows.order_by("number").values_list("pk", "record") if record)
