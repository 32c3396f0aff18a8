"""Filters that put stored values into words."""

from django import template

from perspectives.rules.topics import dates

register = template.Library()

register.filter("partial_date", dates.partial_date)
register.filter("years_to", dates.years_to)


@register.filter
def tag_words(slug: str) -> str:
    """Write a tag as words."""
    return slug.replace("-", " ")
