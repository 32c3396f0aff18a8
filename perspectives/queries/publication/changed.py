"""What changed for readers since a version of what is published: the topics and articles, by key."""

from django.db.models import Q

from perspectives.models import FormattedBibliography
from perspectives.queries.publication import published
from perspectives.queries.publication.publication_version import PublicationVersion


def changed_since(version: PublicationVersion | None) -> list[str]:
    """Name what has an edition, a retraction or references that came after `version`; everything without one."""
    editions = published.editions().order_by()
    if version is not None:
        formatted = FormattedBibliography.objects.filter(pk__gt=version.bibliography or 0).values("sha256")
        editions = editions.filter(
            Q(pk__gt=version.edition or 0)
            | Q(retraction__pk__gt=version.retraction or 0)
            | Q(sha256__in=formatted)
        )  # fmt: skip
    rows = editions.values_list("topic__slug", "article__slug").distinct()
    return sorted(f"topic:{topic}" if topic else f"article:{article}" for topic, article in rows)
