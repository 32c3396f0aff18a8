"""The home page: what this is, where to start, and every topic against the positions on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from perspectives.queries import published
from perspectives.web import figures, matrix, narrowing
from perspectives.web.answering import whole_or_part
from perspectives.web.keeping import kept_page


@kept_page
def home(request: HttpRequest) -> HttpResponse:
    """Show every published topic with the positions on it, or those that a tag, a decade or words leave."""
    articles = list(published.articles())
    topics = list(published.topics().select_related("edition__retraction"))
    summaries = [topic.summary for topic in topics]
    chosen = narrowing.read(request, summaries)
    shown = [topic for topic in topics if chosen.keeps(topic.summary)]
    editions = frozenset({*(topic.edition_id for topic in topics), *(article.edition_id for article in articles)})
    common, rare = matrix.tags(summaries)
    context = {
        "matrices": [
            matrix.matrix(article.summary, [topic for topic in shown if topic.article_id == article.pk])
            for article in articles
        ],
        "chosen": chosen,
        "shown": len(shown),
        "decades": narrowing.decades(summaries),
        "longest": narrowing.MAX_CHARACTERS,
        "common_tags": common,
        "rare_tags": rare,
        "counts": matrix.counts(summaries),
        "first": first_to_read(summaries),
        "figures": figures.of(summaries, editions),
    }
    return whole_or_part(request, "perspectives/home.html", "perspectives/home/part.html", context)


def first_to_read(summaries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Choose the topic that a newcomer reads first: the one with the most answers between its claims."""
    return max(summaries, key=lambda summary: summary["counts"]["responses"], default=None)
