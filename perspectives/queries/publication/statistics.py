"""Counts over everything that is published."""

from django.db.models import Count
from django.db.models.fields.json import KT

from perspectives.models import PublishedUse
from perspectives.queries.publication import published


def sources_by_category() -> dict[str, int]:
    """Count the published sources of each category."""
    counted = published.sources().order_by("category").values_list("category").annotate(Count("pk"))
    return dict(counted)


def claims_by_stance() -> dict[str, int]:
    """Count the published claims of each stance."""
    return dict(published.claims().order_by("stance").values_list("stance").annotate(Count("pk")))


def quotations_by_status() -> dict[str, int]:
    """Count the quotations of all current editions by how their words were seen, each where it is used."""
    quoted = PublishedUse.objects.filter(record__cite__has_key="quote_status").order_by()
    counted = quoted.annotate(status=KT("record__cite__quote_status")).values_list("status").annotate(Count("pk"))
    return dict(counted)
