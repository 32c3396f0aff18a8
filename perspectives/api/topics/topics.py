"""Lists of topics, article guides and editions, and the changes in the order of publication."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from perspectives.api.http import formats, pagination, sparse
from perspectives.api.http.pagination import Cursor
from perspectives.api.http.views import ListView
from perspectives.api.schema import shapes, writers
from perspectives.api.search.filters import TopicFilter
from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.functions import WithoutNulls
from perspectives.queries.publication import published

_ENTRY = {
    "topic": F("topic__slug"),
    "article": F("article__slug"),
    "edition": F("number"),
    **{name: F(name) for name in ("sha256", "origin", "note", "proposed_at", "published_at")},
    "retracted_at": F("retraction__at"),
    "retraction_note": F("retraction__note"),
}


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
    record = WithoutNulls(JSONObject(**_ENTRY))
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


class ChangePages(pagination.CursorPages):
    """Pages of changes: like others, with `since` to come back with, which is a cursor by another name."""

    def start(self) -> Cursor | None:
        """Start at the cursor, or else after `since`. Raises RefusedError."""
        if "cursor" not in self.query and (since := self.query.get("since")):
            return pagination.decode(since, self.name, list(self.keys.values()))
        return super().start()

    def envelope(self, records: Sequence[Any]) -> dict[str, Any]:
        """Wrap a page's records with `since`."""
        since = self.cursor_at(self.rows[-1]).encode() if self.rows else self.query.get("since", "")
        return {**super().envelope(records), "since": since}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        page = super().get_paginated_response_schema(schema)
        page["required"].append("since")
        words = "Give this as `since` next time: the answer then has only what was published after this page."
        page["properties"]["since"] = {"type": "string", "description": words}
        return page

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `since` beside the rest."""
        words = "Only editions published after those of an earlier answer: its `since`, never made up."
        return [
            *super().get_schema_operation_parameters(view),
            pagination.parameter("since", words, pagination.CURSOR),
        ]


class ChangeList(ListView):
    """All editions in the order of publication: what a client that keeps a copy has to fetch.

    Follow `next` to the end, keep `since` of the last page, and come back with it.
    """

    shape = shapes.ChangeEntry
    queryset = published.editions()
    record = WithoutNulls(JSONObject(**_ENTRY))
    orderings: ClassVar = {"published": {"pk": int}}
    pagination_class = ChangePages

    def parameters(self) -> Collection[str]:
        """Name the parameters."""
        return [*super().parameters(), "since"]

    def is_as_stored(self) -> bool:
        """Addresses have to be added."""
        return False

    def trimmed(self, records: Any) -> list[sparse.Record]:
        """Add the address where each edition stays."""
        for record in records:
            owner = "topic" if "topic" in record else "article"
            place = {"slug": record[owner], "number": record["edition"]}
            record["url"] = self.request.build_absolute_uri(reverse(f"api:{owner}-edition", kwargs=place))
        return super().trimmed(records)
