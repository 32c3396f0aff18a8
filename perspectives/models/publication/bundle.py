"""Bundles of proposals that carry one source's correction into editions."""

from django.db import models

from perspectives.models.accounts.people import person
from perspectives.models.source import Source


class Bundle(models.Model):
    """Proposals that differ from the editions readers see in one source's record alone; they are decided as one.

    Each `Proposal` of it has the status; all are open until the bundle is decided.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="bundles")
    note = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField()
    proposed_by = person("bundles")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"bundle {self.pk} of {self.source}"
