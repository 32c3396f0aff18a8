"""What people do with their own notices: read them, and choose which are mailed."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from perspectives.actions.locks import locked_actor
from perspectives.errors import BrokenRulesError
from perspectives.models import MailChoice, Notice
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.notices import notices
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.rules.notices import mail_times
from perspectives.vocab import MailFrequency, NoticeKind


@transaction.atomic
def mark_read(*, by: Actor | None, notice_ids: Collection[int] | None = None) -> int:
    """Mark one's own notices with these numbers as read, or all of them; give how many were not read before.

    Notices of others are left alone. What is read is not mailed any more. Raises NotPermittedError.
    """
    person = require_person(by, Permission.NOTICE_READ)
    unread = Notice.objects.filter(recipient=person, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=timezone.now(), mail_due_at=None)


@transaction.atomic
def choose_mails(*, by: Actor | None, choices: Mapping[str, str]) -> Mapping[NoticeKind, MailFrequency]:
    """Choose how often notices are mailed to oneself, by kind, and give all choices; kinds not named stay as they are.

    It holds for notices that wait to be mailed too. Raises NotPermittedError, and BrokenRulesError for a kind or a
    frequency that there is not.
    """
    person = require_person(locked_actor(by), Permission.NOTICE_CHOOSE)
    frequencies = [one.value for one in MailFrequency]
    problems = [
        FieldProblem(kind, f"Choose one of: {', '.join(frequencies)}.")
        for kind, frequency in choices.items()
        if kind not in NoticeKind.values or frequency not in frequencies
    ]
    if problems:
        raise BrokenRulesError("Mails cannot be chosen like this.", tuple(problems))
    now = timezone.now()
    rows = [MailChoice(owner=person, kind=kind, frequency=frequency) for kind, frequency in choices.items()]
    MailChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["owner", "kind"], update_fields=["frequency"]
    )
    waiting = Notice.objects.filter(recipient=person, read_at=None, mail=None, mail_due_at__isnull=False)
    for kind, frequency in choices.items():
        waiting.filter(kind=kind).update(mail_due_at=mail_times.due_at(MailFrequency.of(frequency), now))
    return notices.choices(person)
