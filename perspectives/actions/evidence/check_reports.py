"""Letting readers see what checks found: pages are cached, and made anew with each report."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.actions.publication import purging
from perspectives.models import Check, CheckReport, Handout
from perspectives.queries.evidence import check_reports
from perspectives.vocab import HandoutState

_INTERVAL: Final = timedelta(minutes=5)
"""While checks go on, so that caches are not emptied each minute."""


@transaction.atomic
def report(*, at_once: bool = False) -> CheckReport | None:
    """Report what was found or confirmed since the last report; not more often than each five minutes.

    At once where that is asked for, or where a retraction was found. Handouts that tell of it otherwise are made anew.
    """
    now = timezone.now()
    if not check_reports.is_due(now - _INTERVAL, at_once=at_once):
        return None
    wait_for_turn(Turn.PUBLISHING)
    found = list(check_reports.unreported().select_for_update(of=("self",)))
    made = CheckReport.objects.create(at=now)
    changed = check_reports.newly_retracted_or_not(found)
    Check.objects.filter(pk__in=[one.pk for one in found]).update(report=made)
    check_reports.unreported_confirmations().update(report=made)
    again = Handout.objects.filter(edition__uses__source__key__in=changed).exclude(state=HandoutState.MAKING)
    Handout.objects.filter(pk__in=again.values("pk")).update(
        state=HandoutState.WAITING, attempts=0, begun_at=None, error="", made_at=None, body=None, sha256=""
    )
    if changed:
        jobs.enqueue(jobs.Job.MAKE_HANDOUT)
    jobs.enqueue(jobs.Job.BUILD_DATASET)
    purging.ask()
    return made
