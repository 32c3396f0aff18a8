"""Filters that put stored values into words."""

from django import template

from perspectives.rules.topics import dates
from perspectives.rules.topics.people import person_slug

register = template.Library()

register.filter("partial_date", dates.partial_date)
register.filter("years_to", dates.years_to)
register.filter("person_slug", person_slug)


@register.filter
def tag_words(slug: str) -> str:
    """Write a tag as words."""
    return slug.replace("-", " ")
