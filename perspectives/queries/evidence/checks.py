"""Checks: which are due, how far they are, and what was found."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from perspectives.models import Check, CheckHost
from perspectives.models.check import FINAL, LIVE
from perspectives.vocab import CheckKind, CheckOutcome, CheckState


def due(now: datetime) -> QuerySet[Check]:
    """List the checks that wait and may be made now, the longest waiting first."""
    return Check.objects.filter(state=CheckState.WAITING, due_at__lte=now).order_by("due_at", "pk")


def free_hosts(now: datetime) -> QuerySet[CheckHost]:
    """List the servers that may be asked now and for which something is due, the one that rested longest first."""
    is_asked_for = Exists(due(now).filter(host=OuterRef("pk")))
    return CheckHost.objects.filter(is_asked_for, free_at__lte=now).order_by("free_at", "pk")


def lost(now: datetime) -> QuerySet[Check]:
    """List the checks whose worker said nothing for too long."""
    return Check.objects.filter(state=CheckState.RUNNING, lease_until__lt=now)


def running(now: datetime) -> int:
    """Count the servers that are being asked."""
    found = Check.objects.filter(state=CheckState.RUNNING, lease_until__gte=now)
    return found.aggregate(n=Count("host", distinct=True))["n"] or 0


def seconds_to_next(now: datetime, *, only: Collection[int] | None = None) -> float | None:
    """Tell how long it is until the next check may be made, of these ids or of all; None where none waits."""
    waiting = Check.objects.filter(state=CheckState.WAITING)
    if only is not None:
        waiting = waiting.filter(pk__in=only)
    at: datetime | None = waiting.aggregate(at=Min(Greatest("due_at", "host__free_at")))["at"]
    return None if at is None else max(0.0, (at - now).total_seconds())


def live(*, kind: CheckKind | None = None) -> QuerySet[Check]:
    """List the checks that wait or run, in the order in which they are due."""
    found = Check.objects.filter(state__in=LIVE).select_related("source", "host").order_by("due_at", "pk")
    return found.filter(kind=kind) if kind else found


def current() -> QuerySet[Check]:
    """List the newest outcome of each target."""
    return Check.objects.filter(is_current=True).select_related("source")


def counts(checks: QuerySet[Check]) -> dict[tuple[CheckKind, CheckOutcome], int]:
    """Count checks by kind and outcome."""
    rows = checks.exclude(outcome="").order_by().values_list("kind", "outcome").annotate(Count("pk"))
    return {(CheckKind.of(kind), CheckOutcome.of(outcome)): number for kind, outcome, number in rows}


def over(ids: Collection[int]) -> QuerySet[Check]:
    """List those of some checks that are over."""
    return Check.objects.filter(pk__in=ids, state__in=FINAL).select_related("source").order_by("pk")


def tried(ids: Collection[int]) -> set[int]:
    """Name those of some checks that are over, or were tried and wait to be tried again."""
    is_tried = Q(state__in=FINAL) | Q(state=CheckState.WAITING, attempts__gte=1)
    return set(Check.objects.filter(is_tried, pk__in=ids).values_list("pk", flat=True))
