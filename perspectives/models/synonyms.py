"""Other words for the same thing, by which a question finds what is written differently; moderators keep them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class TermConditions(models.Func):
    """The condition by which each of several terms is found, written as a `tsquery`."""

    function = "perspectives_term_conditions"
    output_field = ArrayField(models.TextField())


class SynonymGroup(models.Model):
    """Terms of which one stands for another in a search, in any language; `крым*` stands for every ending."""

    name = models.SlugField(max_length=80, unique=True)
    terms = ArrayField(models.TextField())
    conditions = models.GeneratedField(
        expression=TermConditions("terms"), output_field=ArrayField(models.TextField()), db_persist=True
    )
    """Of each term, how the search finds it; kept by PostgreSQL."""

    class Meta:
        ordering = ("name",)
        indexes: ClassVar = [GinIndex(fields=["conditions"], name="synonymgroup_conditions", fastupdate=False)]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(terms__len__gt=1),
                name="perspectives_synonymgroup_has_two_terms",
                violation_error_message="A group has at least two terms: one is no other word for anything.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
