"""Editors' confirmations of quotations: who saw the words, in which copy of the work, where in it and when."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.check import CheckReport
from perspectives.models.constraints import not_blank
from perspectives.models.source import Source


class QuotationConfirmation(models.Model):
    """An editor's word that a work has the words that are quoted from it, wherever they are quoted.

    The words are what it is about, as with a check: rows of citations come and go. One counts at a time; a later one,
    or whoever takes it back, withdraws it, and it stays. Readers learn the name of the editor only with `is_named`.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="confirmations")
    quote = models.TextField()
    seen_in = models.CharField(max_length=300)
    """The copy: a printing, a file, a page of an archive."""
    place = models.CharField(max_length=100, blank=True, default="")
    """Where in that copy, such as a page."""
    seen_on = models.DateField()
    by = person("confirmations")
    is_named = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = person_or_nobody("confirmations_withdrawn")
    report = models.ForeignKey(CheckReport, null=True, on_delete=models.PROTECT, related_name="confirmations")
    """From when on readers see it, or see that it was withdrawn; nothing as long as they do not."""

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            not_blank("quotationconfirmation", "quote", "seen_in"),
            UniqueConstraint(
                fields=["source", "quote"],
                condition=Q(withdrawn_at=None),
                name="perspectives_quotationconfirmation_one_counts",
                violation_error_message="Somebody has confirmed this quotation just now.",
            ),
            CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="perspectives_quotationconfirmation_withdrawn_by_somebody",
                violation_error_message="Who withdrew it and when go together.",
            ),
        ]

    def __str__(self) -> str:
        return f"quotation of {self.source_id}, seen on {self.seen_on}"
