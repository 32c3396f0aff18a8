"""Counts over everything that is published, and over rows that were chosen."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, F, Func, QuerySet
from django.db.models.fields.json import KT

from perspectives.models import PublishedUse
from perspectives.queries.publication import published

MOST_GROUPS: Final = 5000
"""How many groups an answer holds at most."""
_BY: Final = "by_{}"
"""What a property is called in the statement, where columns have the same names."""


class TooManyGroupsError(Exception):
    """The rows fall into more groups than an answer holds."""


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


def grouped(rows: QuerySet[Any], by: Mapping[str, F | Func]) -> list[dict[str, Any]]:
    """Count rows by one or several properties, in no order; a property that a row lacks is left out.

    A property that gives several values for a row puts the row into the group of each, once. One query. Raises
    TooManyGroupsError.
    """
    named = {_BY.format(name): expression for name, expression in by.items()}
    counted = rows.order_by().values(**named).annotate(count=Count("pk", distinct=True))
    found = list(counted[: MOST_GROUPS + 1])
    if len(found) > MOST_GROUPS:
        raise TooManyGroupsError
    return [
        {
            **{name: group[_BY.format(name)] for name in by if group[_BY.format(name)] is not None},
            "count": group["count"],
        }
        for group in found
    ]
