"""Filters that put stored values into words."""

from collections.abc import Mapping
from typing import Any

from django import template

from perspectives.rules.sources import work_dates
from perspectives.rules.topics import dates
from perspectives.rules.topics.people import person_slug

register = template.Library()

register.filter("partial_date", dates.partial_date)
register.filter("work_date", work_dates.in_words)
register.filter("years_to", dates.years_to)
register.filter("person_slug", person_slug)


@register.filter
def tag_words(slug: str) -> str:
    """Write a tag as words."""
    return slug.replace("-", " ")


@register.filter
def holders(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give who holds the perspective of a claim (a record of the published index): names with their roles, or ''."""
    roles = record.get("roles", {})
    return [(name, roles.get(name, "")) for name in record["held_by"]]
