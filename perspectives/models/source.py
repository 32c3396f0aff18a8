"""Sources: bibliographic records."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Lower, Substr

from perspectives.models.constraints import is_known
from perspectives.vocab import CslType, SourceCategory


class Source(models.Model):
    """One work. `record` holds the whole record of `rules.source_record.SourceRecord`; the columns are cut from it."""

    key = models.CharField(max_length=80, unique=True)
    record = models.JSONField()
    csl_type = models.GeneratedField(expression=KT("record__type"), output_field=models.TextField(), db_persist=True)
    title = models.GeneratedField(expression=KT("record__title"), output_field=models.TextField(), db_persist=True)
    category = models.GeneratedField(
        expression=KT("record__category"), output_field=models.TextField(), db_persist=True
    )
    doi = models.GeneratedField(
        expression=Lower(KT("record__DOI")),
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
        constraints: ClassVar = [
            is_known("source", "csl_type", CslType),
            is_known("source", "category", SourceCategory),
            models.CheckConstraint(
                condition=models.Q(title__regex=r"\S", title__isnull=False),
                name="perspectives_source_has_a_title",
                violation_error_message="Give the source a title.",
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
