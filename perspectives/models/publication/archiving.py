"""That what an edition is of was archived, and brought back; append-only by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from perspectives.models.accounts.people import person
from perspectives.models.constraints import not_blank
from perspectives.models.publication.edition import Edition


class Archiving(models.Model):
    """A step of a topic or article guide into the archive, or out of it, with the reason that readers are told.

    Each is of the edition that is current then; nothing is published while a topic or guide is archived.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="archivings")
    number = models.PositiveIntegerField()
    """Counts the steps of an edition from 1: odd ones archive, even ones bring back."""
    is_archived = models.GeneratedField(
        expression=Exact(Mod(F("number"), 2), 1), output_field=models.BooleanField(), db_persist=True
    )
    """Whether it is archived from this step on."""
    note = models.TextField()
    at = models.DateTimeField()
    by = person("archivings")

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            not_blank("archiving", "note"),
            models.UniqueConstraint(fields=["edition", "number"], name="perspectives_archiving_steps_are_in_order"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="perspectives_archiving_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {'archived' if self.is_archived else 'brought back'} {self.at:%Y-%m-%d}"
