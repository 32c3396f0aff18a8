"""The home page: what this is, where to start, and every topic against the positions on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from perspectives.queries.publication import published
from perspectives.web.browse import matrix, statistics, topic_filters
from perspectives.web.http.page_cache import cached_page
from perspectives.web.http.view_decorators import whole_or_part


@cached_page("tag", "decade", uncached=["text"])
def home(request: HttpRequest) -> HttpResponse:
    """Show every published topic with the positions on it, or those that a tag, a decade or words leave."""
    articles = list(published.articles())
    topics = list(published.topics().select_related("edition__retraction"))
    summaries = [topic.summary for topic in topics]
    chosen = topic_filters.read(request, summaries)
    shown = [topic for topic in topics if chosen.keeps(topic.summary)]
    common, rare = matrix.tags(summaries)
    context = {
        "matrices": [
            matrix.matrix(article.summary, [topic for topic in shown if topic.article_id == article.pk])
            for article in articles
        ],
        "chosen": chosen,
        "shown": len(shown),
        "decades": topic_filters.decades(summaries),
        "longest": topic_filters.MAX_CHARACTERS,
        "common_tags": common,
        "rare_tags": rare,
        "counts": matrix.counts(summaries),
        "first": first_to_read(summaries),
        "figures": statistics.of(summaries),
    }
    return whole_or_part(request, "perspectives/home.html", "perspectives/home/part.html", context)


def first_to_read(summaries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Choose the topic that a newcomer reads first: the one with the most answers between its claims."""
    return max(summaries, key=lambda summary: summary["counts"]["responses"], default=None)
