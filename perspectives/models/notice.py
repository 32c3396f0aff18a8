"""What people are told of, and the mails that tell them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from perspectives.models.accounts.people import person
from perspectives.models.constraints import is_known
from perspectives.models.event_log import LogEntry
from perspectives.vocab import MailFrequency, NoticeKind


class NoticeMail(models.Model):
    """A mail with some notices of one person: to be sent (again) at `next_try_at`, sent, or given up with an error.

    `next_try_at` is also the lease of whoever sends it: it is set before the attempt, so that nobody else tries
    meanwhile, and the mail of a worker that was killed is tried again.
    """

    recipient = person("notice_mails")
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    """Why the last attempt failed, in a sentence without the address."""

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [Index(fields=["next_try_at"], name="noticemail_waiting", condition=Q(sent_at=None))]
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(next_try_at__isnull=False, sent_at=None)
                | Q(next_try_at=None, sent_at__isnull=False, error="")
                | Q(next_try_at=None, sent_at=None, error__regex=r"\S"),
                name="perspectives_noticemail_waits_is_sent_or_failed",
                violation_error_message="A mail waits, was sent, or was given up for a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Notice(models.Model):
    """One event that one person is told of; what happened is the entry of the log."""

    recipient = person("notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="notices")
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    """From when on it is put into a mail; nothing where it is not to be mailed, or was read before."""
    mail = models.ForeignKey(NoticeMail, null=True, on_delete=models.PROTECT, related_name="notices")

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            Index(fields=["recipient", "-id"], name="notice_newest"),
            Index(fields=["recipient"], name="notice_unread", condition=Q(read_at=None)),
            Index(fields=["mail_due_at"], name="notice_due", condition=Q(mail=None, mail_due_at__isnull=False)),
        ]
        constraints: ClassVar = [
            is_known("notice", "kind", NoticeKind),
            UniqueConstraint(
                fields=["recipient", "entry"],
                name="perspectives_notice_tells_once",
                violation_error_message="The person was told of this already.",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}: {self.kind}"


class MailChoice(models.Model):
    """How often somebody wants notices of a kind mailed, where that is not as `rules.notices.mail_times` has it."""

    owner = person("mail_choices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    frequency = models.CharField(max_length=10, choices=MailFrequency.choices)

    class Meta:
        ordering = ("owner_id", "kind")
        constraints: ClassVar = [
            is_known("mailchoice", "kind", NoticeKind),
            is_known("mailchoice", "frequency", MailFrequency),
            UniqueConstraint(fields=["owner", "kind"], name="perspectives_mailchoice_is_one_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.frequency}"
