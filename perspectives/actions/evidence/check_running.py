"""Making checks, one server at a time; run in the background, or for whoever waits at the command line.

The rows say what is to be done: whoever is killed leaves rows whose lease ends, and whoever was taken for lost writes
nothing.
"""

import time
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from perspectives.actions.evidence import check_outcomes, check_results
from perspectives.clients import http
from perspectives.models import Check
from perspectives.queries.evidence import checks
from perspectives.rules.publication.transitions import require_transition
from perspectives.vocab import CheckKind, CheckState

MOST_SECONDS: Final = 150
"""After this time a job is ended."""
TURN_SECONDS: Final = 15.0
"""For so long a job begins checks, so that other jobs come between."""
AT_ONCE: Final = 2
"""How many servers are asked at once by all workers."""
_LEASE: Final = timedelta(seconds=MOST_SECONDS + 20)
_LONGEST_SLEEP: Final = 2.0
_MOST_LOCKED: Final = 50
"""How many checks of a server are looked at for quotations of one work, which are planned side by side."""


def run_for(*, seconds: float) -> None:
    """Make checks that are due for some seconds, or until none is; returns early where enough servers are asked."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if run_next():
            continue
        wait = checks.seconds_to_next(timezone.now())
        if wait is None or time.monotonic() + wait >= end:
            return
        time.sleep(min(max(wait, 0.05), _LONGEST_SLEEP))


def run_next(*, only: Collection[int] | None = None) -> list[int]:
    """Make the checks of one source that are due, of these ids or of all, and give their ids; none where none is."""
    claimed = _claim(only)
    if not claimed:
        return []
    try:
        found: check_outcomes.Found | http.FetchError = check_outcomes.outcomes(claimed)
    except http.FetchError as error:
        found = error
    check_results.finish(claimed, found, delay=timedelta(seconds=settings.EVIDENCE_HOST_DELAY_SECONDS))
    return [one.pk for one in claimed]


@transaction.atomic
def _claim(only: Collection[int] | None) -> list[Check]:
    """Choose the server that rested longest and what is longest due there, and take a lease of both.

    All quotations of one work are looked for in one reading of it.
    """
    now = timezone.now()
    if checks.running(now) >= AT_ONCE:
        return []
    hosts = checks.free_hosts(now)
    if only is not None:
        hosts = hosts.filter(checks__in=checks.due(now).filter(pk__in=only))
    host = hosts.select_for_update(skip_locked=True, of=("self",)).first()
    due = checks.due(now).filter(host=host).select_related("source")
    if only is not None:
        due = due.filter(pk__in=only)
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[:_MOST_LOCKED])
    if host is None or not rows:
        return []
    chosen = [one for one in rows if one == rows[0] or _is_of_one_reading(one, rows[0])]
    for one in chosen:
        require_transition(CheckState.of(one.state), CheckState.RUNNING)
        one.state, one.lease_until, one.attempts = CheckState.RUNNING, now + _LEASE, one.attempts + 1
    Check.objects.filter(pk__in=[one.pk for one in chosen]).update(
        state=CheckState.RUNNING, lease_until=now + _LEASE, attempts=F("attempts") + 1
    )
    host.free_at = now + _LEASE
    host.save(update_fields=["free_at"])
    return chosen


def _is_of_one_reading(one: Check, other: Check) -> bool:
    """Whether two checks are of quotations that are looked for in the same text."""
    kinds = {one.kind, other.kind}
    return kinds == {CheckKind.QUOTATION} and (one.source_id, one.asked) == (other.source_id, other.asked)
