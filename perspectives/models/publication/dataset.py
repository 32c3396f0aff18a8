"""The whole knowledge base as one file for download."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.publication.edition import Edition
from perspectives.models.publication.retraction import Retraction

_SHA256 = "^[0-9a-f]{64}$"


class Dataset(models.Model):
    """A zip with everything that was published once; made by a background job. The database recomputes its hash."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="datasets")
    """The last one published of those it holds: a later dataset has a later one."""
    retraction = models.ForeignKey(Retraction, on_delete=models.PROTECT, null=True, related_name="datasets")
    """The last retraction of those editions, if any was retracted."""
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
        ordering = ("-edition_id", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "form"], name="perspectives_dataset_is_made_once"),
            models.CheckConstraint(
                condition=Q(state__regex=_SHA256, sha256__regex=_SHA256),
                name="perspectives_dataset_hashes_are_such",
                violation_error_message="Give a SHA-256 in hexadecimal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state[:12]} (form {self.form})"
