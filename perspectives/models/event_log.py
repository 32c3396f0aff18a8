"""The record of actions; append-only by trigger."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from perspectives.models.accounts.people import person_or_nobody
from perspectives.models.constraints import is_known
from perspectives.models.documents.article import Article
from perspectives.models.documents.topic import Topic
from perspectives.models.source import Source
from perspectives.models.suggestion import Suggestion
from perspectives.vocab import EventCode


class LogEntry(models.Model):
    """One action: what, when, by whom (nobody: by the operator at the command line), on what, and why.

    `changes` holds what an action on a draft or a source changed: `{"path", "before", "after"}` for each part, as
    `rules.documents.parts` names them; what is missing before or after was added or removed.
    """

    code = models.CharField(max_length=40, choices=EventCode.choices)
    at = models.DateTimeField()
    by = person_or_nobody("log_entries")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="log_entries")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="log_entries")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="log_entries")
    account = person_or_nobody("log_entries_about")
    suggestion = models.ForeignKey(Suggestion, null=True, on_delete=models.PROTECT, related_name="log_entries")
    note = models.TextField(blank=True, default="")
    changes = models.JSONField(default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "log entries"
        constraints: ClassVar = [is_known("logentry", "code", EventCode)]
        # The history is read newest first by id; all of it, of one topic, or of one part (`changes @> [{"path": …}]`).
        indexes: ClassVar = [
            models.Index(fields=["topic", "-id"], name="logentry_topic_newest"),
            models.Index(fields=["code", "-id"], name="logentry_code_newest"),
            GinIndex(fields=["changes"], opclasses=["jsonb_path_ops"], name="logentry_changes_paths"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code}"


class LogLink(models.Model):
    """The place of an entry in the chain, made by a trigger at commit; append-only too.

    The hash is of the hash before it and of the whole entry, so that no entry can be changed, put in, moved or taken
    out without all later hashes telling (`queries.publication.verification`).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    """Counts from one, without holes, in the order of commits."""
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="link")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.sha256[:12]}"
