"""The retraction of an edition; append-only by trigger."""

from typing import ClassVar

from django.db import models

from perspectives.models.accounts.people import person
from perspectives.models.constraints import not_blank
from perspectives.models.publication.edition import Edition


class Retraction(models.Model):
    """A public note that an edition should no longer be relied on; the edition itself stays as it was."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="retraction")
    note = models.TextField()
    at = models.DateTimeField()
    by = person("retractions")

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [not_blank("retraction", "note")]

    def __str__(self) -> str:
        return f"{self.edition} retracted {self.at:%Y-%m-%d}"
