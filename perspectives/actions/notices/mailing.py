"""Mailing notices, and deleting old ones; run in the background.

A notice that is to be mailed says from when on. The job puts all that are due of one person into one mail, a row, and
sends rows. What is guaranteed: no mail is lost, however often broker, worker or mail server go away; and of two jobs at
once one sends it. A mail goes out twice only where the worker is ended between the server's word that it has the mail
and the commit that notes it, a moment later; the second has the same Message-ID, by which mailboxes tell copies.
"""

import logging
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from perspectives import jobs
from perspectives.clients import mail
from perspectives.models import Notice, NoticeMail
from perspectives.queries.notices import notices
from perspectives.rules.notices import mail_times

MOST_SECONDS: Final = 240
"""After this time a job is ended; shorter than `mail_times.LEASE`, so that nobody else sends the same meanwhile."""
_MOST_A_RUN: Final = 10
"""How many mails one job sends at most; each may wait for the server's `EMAIL_TIMEOUT`."""
_LONGEST_SUBJECT: Final = 150
_log = logging.getLogger(__name__)


def send_due() -> None:
    """Send the mails that are due, and the job again where more are; stop where the server cannot be reached."""
    _collect()
    for _ in range(_MOST_A_RUN):
        claimed = _claim()
        if claimed is None or not _send(claimed):
            return
    jobs.enqueue(jobs.Job.MAIL_NOTICES)


def clear() -> None:
    """Delete notices and mails whose time is over (`mail_times.KEPT`), read or not."""
    before = timezone.now() - mail_times.KEPT
    Notice.objects.filter(entry__at__lt=before).delete()
    NoticeMail.objects.filter(made_at__lt=before, notices=None).delete()


@transaction.atomic
def _collect() -> None:
    """Put due notices into mails, one a person; those that another job is at are left to it."""
    now = timezone.now()
    due = Notice.objects.select_for_update(skip_locked=True).filter(mail=None, mail_due_at__lte=now)
    found = list(due.order_by("recipient_id", "pk"))
    reached = EmailAddress.objects.filter(user__in={one.recipient_id for one in found}, user__is_active=True)
    has_address = set(reached.filter(verified=True, primary=True).values_list("user_id", flat=True))
    for person_id, own in groupby(found, key=lambda one: one.recipient_id):
        numbers = [one.pk for one in own]
        wanted = Notice.objects.filter(pk__in=numbers)
        if person_id in has_address:
            made = NoticeMail.objects.create(recipient_id=person_id, made_at=now, next_try_at=now)
            wanted.update(mail=made)
        else:
            wanted.update(mail_due_at=None)


@transaction.atomic
def _claim() -> NoticeMail | None:
    """Take the mail that has waited longest, for as long as the lease is; committed before it is sent."""
    now = timezone.now()
    waiting = NoticeMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("recipient")
    claimed = waiting.filter(next_try_at__lte=now).order_by("next_try_at", "pk").first()
    if claimed:
        claimed.attempts += 1
        claimed.next_try_at = now + mail_times.wait(claimed.attempts)
        claimed.save(update_fields=["attempts", "next_try_at"])
    return claimed


def _send(claimed: NoticeMail) -> bool:
    """Send a mail and write down what became of it; tell whether it makes sense to go on with others."""
    # Whoever was taken for lost, and whose account was erased meanwhile, finds no such row and writes nothing.
    mine = NoticeMail.objects.filter(pk=claimed.pk, attempts=claimed.attempts, sent_at=None)
    try:
        _deliver(claimed)
    except mail.NotSentError as error:
        is_over = error.is_final or timezone.now() - claimed.made_at > mail_times.GIVEN_UP_AFTER
        mine.update(error=str(error), **({"next_try_at": None} if is_over else {}))
        _log.warning("Mail %s of notices was not sent%s: %s", claimed.pk, " and is given up" if is_over else "", error)
        return error.is_final
    mine.update(sent_at=timezone.now(), next_try_at=None, error="")
    return True


def _deliver(claimed: NoticeMail) -> None:
    address = EmailAddress.objects.filter(user=claimed.recipient, verified=True, primary=True).first()
    if address is None or not claimed.recipient.is_active:
        raise mail.NotSentError("The account is closed or has no confirmed address.", is_final=True)
    told = [notices.told(one) for one in notices.in_mail(claimed)]
    stop = settings.SITE_URL + reverse("account-unsubscribe", args=[notices.token(claimed.recipient)])
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    subject = told[0].sentence if len(told) == 1 else f"{len(told)} notices"
    mail.send(
        "perspectives/mail/notices.txt",
        to=str(address.email),
        subject=subject if len(subject) <= _LONGEST_SUBJECT else f"{subject[: _LONGEST_SUBJECT - 1]}…",
        context={
            "told": told,
            "site": settings.SITE_URL,
            "choose": settings.SITE_URL + reverse("account-notices-mail"),
            "stop": stop,
        },
        headers={
            "Message-ID": f"<notices-{claimed.pk}-{claimed.made_at.timestamp():.0f}@{host}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
