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
                condition=Q(translation="", translator="") | (~Q(translation="") & ~Q(translator="")),
                name="perspectives_citation_translation_has_a_translator",
                violation_error_message="Give the translation and the translator together.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation}"
