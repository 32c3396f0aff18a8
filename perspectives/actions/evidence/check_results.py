"""Writing down what checks found: one final outcome each; the newest of a target that says something counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from perspectives.actions.evidence.check_outcomes import Found
from perspectives.clients import http
from perspectives.models import Check, CheckHost
from perspectives.rules.evidence.findings import Finding
from perspectives.rules.publication.transitions import require_transition
from perspectives.vocab import CheckKind, CheckOutcome, CheckState

MOST_TRIES: Final = 5
"""How often one check is tried: for about half a day."""
_AGAIN: Final = {
    CheckKind.QUOTATION: timedelta(days=90),
    CheckKind.LINK: timedelta(days=30),
    CheckKind.RETRACTION: timedelta(days=7),
    CheckKind.METADATA: timedelta(days=180),
    CheckKind.SNAPSHOT: timedelta(days=180),
}
"""When a target is due again."""
_AGAIN_IF_UNREACHABLE: Final = timedelta(days=7)
_SILENT: Final = (CheckOutcome.UNREACHABLE, CheckOutcome.NO_TEXT)
"""Outcomes that say nothing of the work, and so do not take the place of one that does."""
_LOST: Final = "The program that made this check was ended before it was done."


def finish(claimed: Sequence[Check], found: Found | http.FetchError, *, delay: timedelta) -> None:
    """Write what came of checks that are still ours, and leave their server alone for a while.

    An error that may get better sends them back to be tried again, `MOST_TRIES` times in all.
    """
    now = timezone.now()
    with transaction.atomic():
        for check in _still_ours(claimed):
            if isinstance(found, http.FetchError):
                give_back(check, str(found), now, _rest(check.attempts, found))
            else:
                end(check, found[check.pk], now)
        wait = _rest(0, found) if isinstance(found, http.UnreachableError) and found.is_whole_host else None
        CheckHost.objects.filter(checks=claimed[0].pk).update(free_at=now + (wait or delay))


def give_back(check: Check, sentence: str, now: datetime, wait: timedelta | None) -> None:
    """Let a check be tried again after a while, or give it up: where `wait` is None, or it was tried too often."""
    if wait is None or check.attempts >= MOST_TRIES:
        end(check, Finding(CheckOutcome.UNREACHABLE, sentence), now)
        return
    require_transition(CheckState.of(check.state), CheckState.WAITING)
    check.state, check.lease_until = CheckState.WAITING, None
    check.due_at, check.sentence = now + wait, sentence
    check.save(update_fields=["state", "lease_until", "due_at", "sentence"])


def take_back(lost: Sequence[Check], now: datetime) -> None:
    """Let checks be tried again whose workers were ended."""
    for check in lost:
        give_back(check, _LOST, now, timedelta(0))


def end(check: Check, finding: Finding, now: datetime) -> None:
    """Write the final outcome of a check that runs."""
    state = CheckState.FAILED if finding.outcome is CheckOutcome.UNREACHABLE else CheckState.DONE
    require_transition(CheckState.of(check.state), state)
    check.state, check.lease_until, check.finished_at = state, None, now
    for name, value in _columns(check, finding, now).items():
        setattr(check, name, value)
    before = _current(check)
    check.is_current = before is None or _counts_more(check, before)
    if before:
        before.is_current = not check.is_current
        before.again_at = check.again_at
        before.save(update_fields=["is_current", "again_at"])
    check.save()


def _still_ours(claimed: Sequence[Check]) -> list[Check]:
    """Lock those checks that nobody took for lost since they were claimed."""
    leases = {one.pk: (one.attempts, one.lease_until) for one in claimed}
    rows = Check.objects.select_for_update(no_key=True).filter(pk__in=leases, state=CheckState.RUNNING).order_by("pk")
    return [one for one in rows if (one.attempts, one.lease_until) == leases[one.pk]]


def _current(check: Check) -> Check | None:
    found = Check.objects.select_for_update(no_key=True).filter(is_current=True)
    return found.filter(kind=check.kind, source=check.source_id, quote=check.quote).first()


def _counts_more(check: Check, before: Check) -> bool:
    is_silent = check.outcome in _SILENT and before.outcome not in _SILENT
    return check.kind == CheckKind.LINK or not is_silent


def _columns(check: Check, finding: Finding, now: datetime) -> dict[str, Any]:
    is_unreachable = finding.outcome is CheckOutcome.UNREACHABLE
    again = _AGAIN_IF_UNREACHABLE if is_unreachable else _AGAIN[CheckKind.of(check.kind)]
    columns: dict[str, Any] = {
        "outcome": finding.outcome,
        "sentence": finding.sentence,
        "again_at": now + again,
        "passage": finding.passage,
        "detail": dict(finding.detail),
    }
    if reading := finding.reading:
        columns |= {
            "origin": reading.origin,
            "address": reading.address,
            "text_sha256": reading.sha256,
            "fetched_at": reading.at,
        }
    return columns


def _rest(attempts: int, error: http.FetchError) -> timedelta | None:
    """Say how long to wait: as a server asked (a day at most), else ever longer; None where nothing will get better."""
    if not isinstance(error, http.UnreachableError):
        return None
    if error.retry_after is not None:
        return timedelta(seconds=min(max(error.retry_after, 60.0), 86_400.0))
    return timedelta(minutes=5 * 4.0 ** min(max(attempts - 1, 0), 4))
