"""Lists of topics, article guides and editions."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

from perspectives.api.http import formats
from perspectives.api.http.views import ListView
from perspectives.api.schema import shapes, writers
from perspectives.api.search.filters import TopicFilter
from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.functions import WithoutNulls
from perspectives.queries.publication import published

EDITION_ENTRY = {
    "topic": "topic__slug",
    "article": "article__slug",
    "edition": "number",
    **{name: name for name in ("sha256", "origin", "note", "proposed_at", "published_at")},
    "retracted_at": "retraction__at",
    "retraction_note": "retraction__note",
}
"""Member of an entry in a list of editions -> where it is found, seen from the edition."""


class TopicList(ListView):
    """The published topics, in the order that the editors chose, each summed up with its current edition's hash."""

    shape = shapes.TopicSummary
    queryset = published.topics()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("topics"))]
    filterset_class = TopicFilter
    record = F("summary")
    orderings: ClassVar = {
        "order": {"article__slug": str, "order": int, "slug": str},
        "title": {"title": str, "slug": str},
        "-published_at": {"-edition__pk": int},
    }


class ArticleList(ListView):
    """The published article guides, each summed up with its current edition's hash."""

    shape = shapes.ArticleSummary
    queryset = published.articles()
    record = F("summary")
    orderings: ClassVar = {"slug": {"slug": str}}


class EditionList(ListView):
    """The base of the lists of editions, newest first; a name without any edition is not found."""

    shape = shapes.EditionEntry
    record = WithoutNulls(
        JSONObject(
            **{name: F(column) for name, column in EDITION_ENTRY.items()},
            **{name: F(name) for name in ("archived_at", "archive_note")},
        )
    )
    find: ClassVar[Callable[..., QuerySet[Edition]]]
    orderings: ClassVar = {"-number": {"-number": int}, "number": {"number": int}}

    def get_queryset(self) -> QuerySet[Edition]:
        """Find the editions of the topic or guide."""
        return self.find(self.kwargs.get("slug", ""))

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Fetch a page. Raises NotFoundError if it is empty: no edition ever goes away, so no cursor leads to none."""
        rows = list(super().paginate_queryset(queryset) or ())
        if not rows:
            raise NotFoundError(f"There are no editions of '{self.kwargs['slug']}' here.")
        return rows


class TopicEditionList(EditionList):
    """The editions of a topic, newest first; people are named by their role only."""

    find = staticmethod(published.topic_editions)


class ArticleEditionList(EditionList):
    """The editions of an article guide, newest first; people are named by their role only."""

    find = staticmethod(published.article_editions)
