"""The events of all current editions on one axis."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from perspectives.models import PublishedEvent
from perspectives.queries.publication import published
from perspectives.rules.topics.timeline import Span


def events(topics: Collection[str]) -> QuerySet[PublishedEvent]:
    """List the events of some topics by date, of all topics where none is named."""
    return published.events().filter(slug__in=topics) if topics else published.events()


def counts(topics: Collection[str]) -> dict[str, int]:
    """Count the events of each date."""
    found = events(topics).order_by("date").values_list("date").annotate(Count("pk"))
    return dict(found)


def within(span: Span, topics: Collection[str]) -> QuerySet[PublishedEvent]:
    """List the events of a span of years; those known only to the year stand before its months."""
    return events(topics).filter(date__range=span.dates)
