"""Telling people of what was done: part of the action that did it."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from perspectives import jobs
from perspectives.models import LogEntry, MailChoice, Notice, User
from perspectives.rules.notices import mail_times
from perspectives.vocab import MailFrequency, NoticeKind


def notify(kind: NoticeKind, entry: LogEntry, *, to: Iterable[int | None]) -> None:
    """Tell people, by the numbers of their accounts, of what an entry of the log records, in its transaction.

    Whoever did it, who is nobody and whose account is closed are left out, and whoever was told of this entry already
    is not told again. What is to be mailed at once is sent after the commit; what is lost then, the periodic job finds.
    """
    wanted = {one for one in to if one is not None} - {entry.by_id}
    if not wanted:
        return
    chosen = MailChoice.objects.filter(owner=OuterRef("pk"), kind=kind).values("frequency")
    people = User.objects.filter(pk__in=wanted, is_active=True).annotate(chosen=Subquery(chosen))
    now = timezone.now()
    notices = [
        Notice(recipient=one, kind=kind, entry=entry, mail_due_at=mail_times.due_at(_frequency(one, kind), now))
        for one in people.order_by("pk")
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if any(one.mail_due_at == now for one in notices):
        jobs.enqueue(jobs.Job.MAIL_NOTICES)


def _frequency(person: User, kind: NoticeKind) -> MailFrequency:
    chosen = getattr(person, "chosen", None)
    return MailFrequency.of(chosen) if chosen else mail_times.DEFAULTS[kind]
