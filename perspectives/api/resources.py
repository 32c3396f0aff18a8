"""The resources that are cut from the published index: lists of everything, and single claims, passages, sources."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from perspectives.api import shapes
from perspectives.api.filters import ClaimFilter, PassageFilter, SourceFilter, TopicFilter
from perspectives.api.views import ListView, ResourceView
from perspectives.errors import NotFoundError
from perspectives.models import Edition, PublishedArticle, PublishedSource, PublishedTopic
from perspectives.queries import published


class TopicList(ListView):
    """The published topics, in the order that the editors chose, each summed up with its current edition's hash."""

    queryset = published.topics()
    filterset_class = TopicFilter
    keys = {"article__slug": str, "order": int, "slug": str}
    shape = shapes.TopicSummary

    def present(self, row: PublishedTopic) -> dict[str, Any]:
        """Give the stored summary with the current edition's hash and time."""
        return {**row.summary, "sha256": row.edition.sha256, "published_at": row.edition.published_at}


class ArticleList(ListView):
    """The published article guides, each summed up with its current edition's hash."""

    queryset = published.articles()
    keys = {"slug": str}
    shape = shapes.ArticleSummary

    def present(self, row: PublishedArticle) -> dict[str, Any]:
        """Give the stored summary with the current edition's hash and time."""
        return {**row.summary, "sha256": row.edition.sha256, "published_at": row.edition.published_at}


class EditionList(ListView):
    """The base of the lists of editions, newest first; a name without any edition is not found."""

    queryset = published.editions()
    keys = {"-number": int}
    shape = shapes.EditionEntry

    def paginate_queryset(self, queryset: QuerySet[Edition] | Any) -> list[Any] | None:
        """Fetch a page. Raises NotFoundError if it is empty: no edition ever goes away, so no cursor leads to none."""
        rows = super().paginate_queryset(queryset)
        if not rows:
            raise NotFoundError(f"There are no editions of '{self.kwargs['slug']}' here.")
        return list(rows)

    def present(self, row: Edition) -> dict[str, Any]:
        """Give what is told of an edition besides its content; people are named by their role only."""
        owner = {"topic": row.topic.slug} if row.topic else {"article": row.article.slug} if row.article else {}
        proposed = {"proposed_at": row.proposed_at} if row.proposed_at else {}
        return {
            **owner,
            "edition": row.number,
            "sha256": row.sha256,
            "origin": row.origin,
            "note": row.note,
            **proposed,
            "published_at": row.published_at,
        }


class TopicEditionList(EditionList):
    """The editions of a topic, newest first."""

    def get_queryset(self) -> QuerySet[Edition]:
        """Find the topic's editions."""
        return published.topic_editions(self.kwargs["slug"])


class ArticleEditionList(EditionList):
    """The editions of an article guide, newest first."""

    def get_queryset(self) -> QuerySet[Edition]:
        """Find the guide's editions."""
        return published.article_editions(self.kwargs["slug"])


class ClaimList(ListView):
    """The claims of all current editions, each with its citations, who answers it and whom it answers."""

    queryset = published.claims()
    filterset_class = ClaimFilter
    keys = {"public_id": str}
    shape = shapes.ClaimRecord


class ClaimView(ResourceView):
    """A claim of a current edition."""

    shape = shapes.ClaimRecord

    def get(self, request: Request, topic: str, claim: str) -> Response:
        """Give the record. Raises NotFoundError."""
        del request
        row = published.claims().filter(public_id=f"{topic}/{claim}").first()
        if row is None:
            raise NotFoundError(f"There is no published claim '{topic}/{claim}'.")
        return Response(row.record)


class PassageList(ListView):
    """The passages of the current article guides with their findings, article by article in the article's order."""

    queryset = published.passages()
    filterset_class = PassageFilter
    keys = {"published_article__slug": str, "order": int, "public_id": str}
    shape = shapes.PassageRecord


class PassageView(ResourceView):
    """A passage of a current article guide with its findings."""

    shape = shapes.PassageRecord

    def get(self, request: Request, article: str, passage: str) -> Response:
        """Give the record. Raises NotFoundError."""
        del request
        row = published.passages().filter(public_id=f"{article}/{passage}").first()
        if row is None:
            raise NotFoundError(f"There is no published passage '{article}/{passage}'.")
        return Response(row.record)


class SourceList(ListView):
    """The sources that current editions use, by citekey."""

    queryset = published.sources()
    filterset_class = SourceFilter
    keys = {"key": str}
    shape = shapes.SourceEntry

    def present(self, row: PublishedSource) -> dict[str, Any]:
        """Give the citekey and the record."""
        return {"key": row.key, "record": row.record}


class SourceView(ResourceView):
    """A source with each of its uses in current editions: where, for what, and in what words."""

    shape = shapes.SourceDetail

    def get(self, request: Request, key: str) -> Response:
        """Give the record and its uses. Raises NotFoundError."""
        del request
        row = published.source(key)
        return Response({"key": row.key, "record": row.record, "uses": [use.record for use in row.uses.all()]})
