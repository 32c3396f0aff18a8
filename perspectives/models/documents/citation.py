"""Citations: what ties a statement to a source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.constraints import exactly_one, in_order, is_known
from perspectives.models.documents.article import Finding
from perspectives.models.documents.perspective import Claim
from perspectives.models.documents.topic import Agreement, Event
from perspectives.models.source import Source
from perspectives.vocab import QuoteStatus, Relation


class Citation(models.Model):
    """How a source bears on one claim, agreement, event or finding, where in it, and in what words."""

    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="citations")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="citations")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="citations")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="citations")
    order = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    locator = models.TextField(blank=True, default="")
    quote = models.TextField(blank=True, default="")
    quote_status = models.CharField(max_length=20, choices=QuoteStatus.choices, blank=True, default="")
    quote_seen_in = models.TextField(blank=True, default="")
    quote_seen_on = models.CharField(max_length=10, blank=True, default="")
    quote_language = models.CharField(max_length=35, blank=True, default="")
    translation = models.TextField(blank=True, default="")
    translator = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            exactly_one("citation", "claim", "agreement", "event", "finding"),
            in_order("citation", "claim", "agreement", "event", "finding"),
            is_known("citation", "relation", Relation),
            is_known("citation", "quote_status", QuoteStatus, may_be_blank=True),
            models.CheckConstraint(
                condition=Q(quote="", quote_status="", quote_language="", translation="")
                | (~Q(quote="") & ~Q(quote_status="")),
                name="perspectives_citation_quote_has_a_status",
                violation_error_message="A quotation needs its state, and a state or a translation needs a quotation.",
            ),
            models.CheckConstraint(
                condition=Q(quote_seen_in="", quote_seen_on="") | ~Q(quote_status__in=["", QuoteStatus.NOT_CHECKED]),
                name="perspectives_citation_quote_was_seen",
                violation_error_message="Words that nobody saw were seen nowhere; give another state or no place.",
            ),
            models.CheckConstraint(
                condition=~Q(quote_status=QuoteStatus.SECOND_HAND) | ~Q(quote_seen_in=""),
                name="perspectives_citation_second_hand_names_a_work",
                violation_error_message="Name the work that quotes these words.",
            ),
            models.CheckConstraint(
                condition=Q(translation="", translator="") & ~Q(quote_status=QuoteStatus.TRANSLATED)
                | (~Q(translation="") | Q(quote_status=QuoteStatus.TRANSLATED)) & ~Q(translator=""),
                name="perspectives_citation_translation_has_a_translator",
                violation_error_message="Words that are translated need their translator, and others have none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation}"
