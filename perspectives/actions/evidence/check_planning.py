"""Planning checks by kind and age, and taking up again what was lost; a periodic job sweeps."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.evidence import check_reports, check_results, check_running
from perspectives.models import Check, CheckHost
from perspectives.queries.evidence import check_targets, checks
from perspectives.queries.evidence.check_targets import Target
from perspectives.rules.evidence import links
from perspectives.vocab import CheckKind


def sweep() -> None:
    """Take lost checks up again, plan those that EVIDENCE_CHECKS asks for and that are due, and send jobs for all.

    What was found since the last report is reported to readers.
    """
    resume()
    plan(kinds=[CheckKind.of(code) for code in sorted(settings.EVIDENCE_CHECKS)])
    check_reports.report()
    if settings.EVIDENCE_CHECKS and checks.free_hosts(timezone.now()).exists():
        for _ in range(check_running.AT_ONCE):
            jobs.enqueue(jobs.Job.RUN_CHECKS)


@transaction.atomic
def resume() -> None:
    """Take back the checks whose workers were ended."""
    now = timezone.now()
    check_results.take_back(list(checks.lost(now).select_for_update(skip_locked=True).order_by("pk")), now)


@transaction.atomic
def plan(*, kinds: Iterable[CheckKind], topic: str = "", at_once: bool = False) -> list[int]:
    """Let a check wait for everything published of these kinds that is due, or with `at_once` for all of it.

    Gives the ids of the checks that wait for these targets.
    """
    now = timezone.now()
    known = check_targets.settled(datetime.max.replace(tzinfo=now.tzinfo) if at_once else now)
    targets = list(check_targets.targets(kinds, topic=topic))
    wanted = [one for one in targets if one.key not in known or known[one.key] not in {None, one.asked}]
    hosts = _hosts({links.host(one.asked) for one in wanted}, now)
    Check.objects.bulk_create((_check(one, hosts, now) for one in wanted), ignore_conflicts=True)
    if at_once:
        keys = {one.key for one in targets}
        rows = checks.live().values_list("pk", "kind", "source_id", "quote")
        return [pk for pk, *key in rows if tuple(key) in keys]
    return []


def _hosts(names: set[str], now: datetime) -> dict[str, int]:
    if not names:
        return {}
    CheckHost.objects.bulk_create((CheckHost(name=name, free_at=now) for name in sorted(names)), ignore_conflicts=True)
    return dict(CheckHost.objects.filter(name__in=names).values_list("name", "pk"))


def _check(target: Target, hosts: dict[str, int], now: datetime) -> Check:
    return Check(
        kind=target.kind,
        source_id=target.source_id,
        quote=target.quote,
        is_translated=target.is_translated,
        asked=target.asked,
        host_id=hosts[links.host(target.asked)],
        planned_at=now,
        due_at=now,
    )
