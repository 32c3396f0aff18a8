"""Changes that readers propose, and what is said about them until they are decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.accounts.api_key import ApiKey
from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.constraints import is_known, is_sha256, not_blank
from perspectives.models.documents.article import Article
from perspectives.models.documents.topic import Topic
from perspectives.models.source import Source
from perspectives.vocab import AcceptReason, DeclineReason, SuggestionKind, SuggestionStatus

WAITING = (SuggestionStatus.OPEN, SuggestionStatus.NEEDS_INFO)
"""Statuses of what is not decided."""
OF_A_TOPIC = (
    SuggestionKind.CITATION,
    SuggestionKind.QUOTATION,
    SuggestionKind.GAP_ANSWER,
    SuggestionKind.MISSING_VIEW,
)
"""Kinds that are about a topic or a part of one."""
OF_ANYTHING = (SuggestionKind.CORRECTION, SuggestionKind.BROKEN_LINK)
_UNDECIDED = Q(status__in=WAITING, decided_at=None, decided_by=None, reason="")
_BY_SOMEBODY = Q(decided_at__isnull=False, decided_by__isnull=False)


class Suggestion(models.Model):
    """One proposed change of a published text: of what, from which words, to which, why, and what became of it.

    `path` names the part as `rules.documents.parts` does; `seen` is the part as its author saw it. `payload` has the
    form that `rules.suggestions.suggestion_kinds` gives for the kind. `text` is all its words, to compare it with
    others, `fingerprint` their hash; `work` names the work that it describes. `token` is the form's, by which sending
    it twice makes one suggestion.
    """

    kind = models.CharField(max_length=20, choices=SuggestionKind.choices)
    status = models.CharField(max_length=20, choices=SuggestionStatus.choices, default=SuggestionStatus.OPEN)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="suggestions")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="suggestions")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="suggestions")
    path = models.CharField(max_length=250, blank=True, default="")
    seen = models.JSONField(default=dict)
    payload = models.JSONField()
    words = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    fingerprint = models.CharField(max_length=64)
    work = models.TextField(blank=True, default="")
    token = models.CharField(max_length=64, blank=True, default="")
    is_quarantined = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    by = person("suggestions")
    via = models.ForeignKey(ApiKey, null=True, on_delete=models.PROTECT, related_name="suggestions")
    decided_at = models.DateTimeField(null=True)
    decided_by = person_or_nobody("suggestions_decided")
    reason = models.CharField(max_length=20, blank=True, default="")
    answer = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(
                fields=["id"], name="suggestion_queue", condition=Q(status=SuggestionStatus.OPEN, is_quarantined=False)
            ),
            models.Index(fields=["status", "is_quarantined", "id"], name="suggestion_state"),
            models.Index(fields=["by", "id"], name="suggestion_own"),
            models.Index(fields=["fingerprint"], name="suggestion_fingerprint"),
            models.Index(fields=["work"], name="suggestion_work", condition=~Q(work="")),
        ]
        constraints: ClassVar = [
            is_known("suggestion", "kind", SuggestionKind),
            is_known("suggestion", "status", SuggestionStatus),
            models.CheckConstraint(
                condition=Q(topic=None, article=None) | Q(topic=None, source=None) | Q(article=None, source=None),
                name="perspectives_suggestion_is_about_one_thing",
                violation_error_message="A suggestion is about a topic, an article or a source, not several.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind__in=OF_A_TOPIC, topic__isnull=False)
                    | Q(kind=SuggestionKind.DISPUTE, article__isnull=False)
                    | Q(kind=SuggestionKind.NEW_SOURCE, article=None, source=None)
                    | (Q(kind__in=OF_ANYTHING) & ~Q(topic=None, article=None, source=None))
                ),
                name="perspectives_suggestion_has_a_target_of_its_kind",
                violation_error_message="This kind of suggestion is about something else.",
            ),
            models.CheckConstraint(
                condition=(
                    _UNDECIDED
                    | (Q(status=SuggestionStatus.WITHDRAWN, reason="") & _BY_SOMEBODY)
                    | (Q(status=SuggestionStatus.ACCEPTED, reason__in=AcceptReason.values) & _BY_SOMEBODY)
                    | (Q(status=SuggestionStatus.DECLINED, reason__in=DeclineReason.values) & _BY_SOMEBODY)
                ),
                name="perspectives_suggestion_decision_is_whole_or_not_there",
                violation_error_message="A decision has a time, a person and a reason of its kind, or there is none.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[SuggestionStatus.ACCEPTED, SuggestionStatus.DECLINED])
                | ~Q(decided_by=models.F("by")),
                name="perspectives_suggestion_is_decided_by_another",
                violation_error_message="Nobody decides on their own suggestion.",
            ),
            is_sha256("suggestion_fingerprint_is_a_hash", "fingerprint"),
            models.UniqueConstraint(
                fields=["by", "token"],
                condition=~Q(token=""),
                name="perspectives_suggestion_form_is_sent_once",
                violation_error_message="This form was sent already.",
            ),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class SuggestionMessage(models.Model):
    """A question about a suggestion, or its author's answer."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="messages")
    by = person("suggestion_messages")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [not_blank("suggestionmessage", "text")]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.text[:40]}"
