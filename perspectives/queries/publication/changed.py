"""What changed for readers since a version of what is published: the topics and articles, by key."""

from typing import Any

from django.db.models import Q, QuerySet

from perspectives.models import Check, FormattedBibliography
from perspectives.queries.publication import published
from perspectives.queries.publication.publication_version import PublicationVersion


def changed_since(version: PublicationVersion | None) -> list[str]:
    """Name what has an edition, a retraction, references or checks later than `version`; everything without one."""
    editions = published.editions().order_by()
    if version is not None:
        formatted = FormattedBibliography.objects.filter(pk__gt=version.bibliography or 0).values("sha256")
        editions = editions.filter(
            Q(pk__gt=version.edition or 0)
            | Q(retraction__pk__gt=version.retraction or 0)
            | Q(sha256__in=formatted)
            | Q(uses__source__key__in=_checked_since(version))
        )  # fmt: skip
    rows = editions.values_list("topic__slug", "article__slug").distinct()
    return sorted(f"topic:{topic}" if topic else f"article:{article}" for topic, article in rows)


def _checked_since(version: PublicationVersion) -> QuerySet[Check, Any]:
    """List the citekeys of the sources of which a later report tells something."""
    return Check.objects.filter(report__pk__gt=version.report or 0).values("source__key")
