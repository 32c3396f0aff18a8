"""The home page: what this is, where to start, and every topic against the positions on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from perspectives.queries.publication import published
from perspectives.web.browse import matrix, statistics, topic_filters
from perspectives.web.http.page_cache import cached_page
from perspectives.web.http.view_decorators import whole_or_part

MOST_READY = 10
"""How many questions are ready to be asked by one tap."""


@cached_page("tag", "decade", uncached=["text"])
def home(request: HttpRequest) -> HttpResponse:
    """Show every published topic with the positions on it, or those that a tag, a decade or words leave."""
    articles = dict(published.articles().order_by("article_id").values_list("article_id", "summary"))
    topics = list(published.topics().select_related("edition__retraction"))
    summaries = [topic.summary for topic in topics]
    chosen = topic_filters.read(request, summaries)
    shown = [topic for topic in topics if chosen.keeps(topic.summary)]
    common, rare = matrix.tags(summaries)
    context = {
        "matrices": matrix.matrices(articles, topics, shown),
        "chosen": chosen,
        "shown": len(shown),
        "decades": topic_filters.decades(summaries),
        "longest": topic_filters.MAX_CHARACTERS,
        "common_tags": common,
        "rare_tags": rare,
        "counts": matrix.counts(summaries),
        "first": first_to_read(summaries),
        "figures": statistics.of(summaries),
        "ready": ready_questions(summaries),
    }
    return whole_or_part(request, "perspectives/home.html", "perspectives/home/part.html", context)


def ready_questions(summaries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Choose questions that a newcomer may ask, one a topic, in the editors' order.

    They are first phrasings that are written as questions; where these are too few, the topics' own questions follow.
    Where there are several articles, their topics take turns.
    """
    turns: Counter[str] = Counter()
    by_turn = [(turns.update([summary["article"]]), turns[summary["article"]], summary) for summary in summaries]
    firsts = [
        (summary, next(iter(summary["asked_as"]), "")) for _, _, summary in sorted(by_turn, key=lambda one: one[1])
    ]
    phrased = [first for _, first in firsts if first.endswith("?")]
    own = [summary["question"] for summary, first in firsts if not first.endswith("?")]
    return [*phrased, *own][:MOST_READY]


def first_to_read(summaries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Choose the topic that a newcomer reads first: the one with the most answers between its claims."""
    return max(summaries, key=lambda summary: summary["counts"]["responses"], default=None)
