"""What the lists of documents consist of."""

from django.db import models


class Item(models.Model):
    """Something that has a place in a list of its owner, counted from 0."""

    order = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("order",)
