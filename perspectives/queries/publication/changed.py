"""What changed for readers since a version of what is published, and since which version each thing stays the same."""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from perspectives.models import Check, Edition, FormattedBibliography
from perspectives.queries.publication.publication_version import AWAY, PublicationVersion

ARTICLES: Final = "articles"
"""The subject of what shows something of any article guide."""


def subject(owner: str, slug: str) -> str:
    """Name a topic or an article (`owner`) as the subject of what shows it."""
    return f"{owner}:{slug}"


def changed_since(version: PublicationVersion | None) -> list[str]:
    """Name what has an edition, a retraction, references or checks later than `version`; everything without one.

    Checks count for what cites their sources in its current edition.
    """
    editions = Edition.objects.order_by()
    if version is not None:
        formatted = FormattedBibliography.objects.filter(pk__gt=version.bibliography or 0).values("sha256")
        editions = editions.filter(
            Q(pk__gt=version.edition or 0)
            | Q(retraction__pk__gt=version.retraction or 0)
            | Q(sha256__in=formatted)
            | Q(uses__source__key__in=_checked_since(version))
        )  # fmt: skip
    rows = editions.values_list("topic__slug", "article__slug").distinct()
    return sorted(subject("topic", topic) if topic else subject("article", article) for topic, article in rows)


def _checked_since(version: PublicationVersion) -> QuerySet[Check, Any]:
    """List the citekeys of the sources of which a later report tells something."""
    return Check.objects.filter(report__pk__gt=version.report or 0).values("source__key")


class LastChanges(NamedTuple):
    """A version of what is published, and the one in which each subject changed last, as far as this process saw."""

    version: PublicationVersion
    rest: PublicationVersion
    """That in which what has no entry may have changed."""
    changed: Mapping[str, PublicationVersion]

    def of(self, subjects: Collection[str]) -> PublicationVersion:
        """Tell since which version nothing changed of what shows these subjects; with none named, of anything."""
        if not subjects:
            return self.version
        return max((self.changed.get(one, self.rest) for one in subjects), key=PublicationVersion.age)

    def followed_by(self, version: PublicationVersion) -> "LastChanges":
        """Learn what a later version changed, in one query; everything, where that cannot be told.

        The names of erased accounts may stand anywhere.
        """
        if version.erasure != self.version.erasure:
            return LastChanges(version, version, {})
        try:
            names = changed_since(self.version)
        except AWAY:
            return LastChanges(version, version, {})
        if any(name.startswith(subject("article", "")) for name in names):
            names.append(ARTICLES)
        return LastChanges(version, self.rest, {**self.changed, **dict.fromkeys(names, version)})
