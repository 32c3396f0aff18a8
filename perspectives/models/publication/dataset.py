"""The whole knowledge base as one file for download."""

from typing import ClassVar

from django.db import models
from django.db.models import F

from perspectives.models.check import CheckReport
from perspectives.models.constraints import is_sha256
from perspectives.models.publication.archiving import Archiving
from perspectives.models.publication.edition import Edition
from perspectives.models.publication.retraction import Retraction


class Dataset(models.Model):
    """A zip with everything that was published once; made by a background job. The database recomputes its hash."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="datasets")
    """The last one published of those it holds: a later dataset has a later one, or a later step of the archive."""
    retraction = models.ForeignKey(Retraction, on_delete=models.PROTECT, null=True, related_name="datasets")
    """The last retraction of those editions, if any was retracted."""
    archiving = models.ForeignKey(Archiving, on_delete=models.PROTECT, null=True, related_name="datasets")
    """The last step of anything into the archive or out of it, before it was made."""
    report = models.ForeignKey(CheckReport, on_delete=models.PROTECT, null=True, related_name="datasets")
    """The last report of checks before it was made, if there was any."""
    state = models.CharField(max_length=64)
    """See `rules.publication.dataset.state`."""
    form = models.CharField(max_length=20)
    """Which form the files have: see `rules.publication.dataset.FORM`."""
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    manifest = models.JSONField()
    """The zip's own `manifest.json`."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = (F("archiving").desc(nulls_last=True), "-edition_id", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state", "form", "archiving"], nulls_distinct=False, name="perspectives_dataset_is_made_once"
            ),
            is_sha256("dataset_hashes_are_such", "state", "sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.state[:12]} (form {self.form})"
