"""Sources: bibliographic records."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Lower, Substr

from perspectives.models.constraints import is_known
from perspectives.vocab import CslType, SourceCategory, SourceState


class Source(models.Model):
    """One work. `record` holds a whole `rules.sources.source_record.SourceRecord`; the columns are cut from it.

    A source is never deleted. One that was merged into another keeps its row, so that its key still leads somewhere,
    but gives its DOI up to the other.
    """

    key = models.CharField(max_length=80, unique=True)
    record = models.JSONField()
    state = models.CharField(max_length=20, choices=SourceState.choices, default=SourceState.CURRENT)
    state_reason = models.TextField(blank=True, default="")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes")
    csl_type = models.GeneratedField(expression=KT("record__type"), output_field=models.TextField(), db_persist=True)
    title = models.GeneratedField(expression=KT("record__title"), output_field=models.TextField(), db_persist=True)
    category = models.GeneratedField(
        expression=KT("record__category"), output_field=models.TextField(), db_persist=True
    )
    doi = models.GeneratedField(
        expression=Case(When(~Q(state=SourceState.SUPERSEDED), then=Lower(KT("record__DOI")))),
        output_field=models.TextField(null=True),
        db_persist=True,
    )
    year = models.GeneratedField(
        expression=Cast(Substr(KT("record__issued"), 1, 4), models.IntegerField()),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        ordering = ("key",)
        indexes: ClassVar = [GinIndex(fields=["title"], name="source_title_trigrams", opclasses=["gin_trgm_ops"])]
        constraints: ClassVar = [
            is_known("source", "csl_type", CslType),
            is_known("source", "category", SourceCategory),
            is_known("source", "state", SourceState),
            models.CheckConstraint(
                condition=Q(title__regex=r"\S", title__isnull=False),
                name="perspectives_source_has_a_title",
                violation_error_message="Give the source a title.",
            ),
            models.CheckConstraint(
                condition=Q(state=SourceState.CURRENT, state_reason="")
                | (~Q(state=SourceState.CURRENT) & Q(state_reason__regex=r"\S")),
                name="perspectives_source_state_has_a_reason",
                violation_error_message="Say why the source is not to be cited; one that may be cited needs no reason.",
            ),
            models.CheckConstraint(
                condition=Q(state=SourceState.SUPERSEDED, superseded_by__isnull=False)
                | (~Q(state=SourceState.SUPERSEDED) & Q(superseded_by__isnull=True)),
                name="perspectives_source_superseded_has_a_successor",
                violation_error_message="Say which source stands in the place of a superseded one, and of no other.",
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="perspectives_source_is_not_its_own_successor",
                violation_error_message="A source cannot stand in its own place.",
            ),
            models.UniqueConstraint(
                fields=["doi"],
                name="perspectives_source_doi_is_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Another source has this DOI.",
            ),
        ]

    def __str__(self) -> str:
        return self.key
