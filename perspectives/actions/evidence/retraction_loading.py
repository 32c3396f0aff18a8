"""Loading the data set of retractions once a day, and having works checked of which it says something else now."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from perspectives import jobs
from perspectives.clients.evidence import retraction_watch
from perspectives.models import Check, RetractionNotice
from perspectives.rules.evidence.retractions import Listed
from perspectives.vocab import CheckKind

_AT_ONCE = 5000
_COLUMNS = ("doi", "outcome", "noticed_on", "notice_doi", "reasons")


def load() -> int:
    """Put the data set in the place of the one loaded before, and give how many notices it has.

    Does nothing unless EVIDENCE_CHECKS has retractions. Raises http.FetchError, and keeps what was there.
    """
    if CheckKind.RETRACTION not in settings.EVIDENCE_CHECKS:
        return 0
    found = {one.number: _columns(one) for one in retraction_watch.notices()}
    number = len(found)
    _replace(found)
    jobs.enqueue(jobs.Job.SWEEP_CHECKS)
    return number


@transaction.atomic
def _replace(found: dict[int, tuple[str, ...]]) -> None:
    """Write what is new or other than before, which is all that is left in `found` then, and delete what is gone."""
    gone, dois = list[int](), set[str]()
    for number, *columns in RetractionNotice.objects.values_list("number", *_COLUMNS).iterator():
        if found.get(number) == tuple(columns):
            del found[number]
            continue
        dois.add(columns[0])
        if number not in found:
            gone.append(number)
    RetractionNotice.objects.filter(pk__in=gone).delete()
    RetractionNotice.objects.bulk_create(
        (RetractionNotice(number=number, **dict(zip(_COLUMNS, row, strict=True))) for number, row in found.items()),
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=_COLUMNS,
    )
    _let_be_due(dois | {row[0] for row in found.values()})


def _let_be_due(dois: Iterable[str]) -> None:
    """Let the works with these DOIs be checked with the next sweep."""
    now = timezone.now()
    current = Check.objects.filter(kind=CheckKind.RETRACTION, is_current=True)
    current.filter(source__doi__in=list(dois)).update(again_at=now - timedelta(seconds=1))


def _columns(one: Listed) -> tuple[str, ...]:
    return one.doi, one.notice.outcome.value, one.notice.noticed_on, one.notice.notice_doi, one.notice.reasons
