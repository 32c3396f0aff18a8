"""The page of the timeline: all topics' events on one axis, cut by period and by topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.queries.publication import page_reads, published
from perspectives.queries.topics import timeline as queries
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.topics.timeline import span_of
from perspectives.web.browse import timeline_page
from perspectives.web.http import parameters
from perspectives.web.http.page_cache import cached_page

PER_PAGE = 300
"""How many events a page shows; the axis counts all."""


@cached_page("page", uncached=["topic", "from", "to"])
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the events of a period, of all topics or of some."""
    titles = page_reads.topic_titles()
    topics = parameters.topics(request, known=titles)
    counts = queries.counts(topics)
    whole = span_of(counts)
    context = {"titles": titles, "topics": topics, "is_filtered": bool(request.GET)}
    if whole is None:
        return render(request, "perspectives/timeline.html", context)
    span = parameters.span(request, whole)
    shown = parameters.numbered_page(request, queries.within(span, topics), of="events", per_page=PER_PAGE)
    records = [event.record for event in shown]
    keys = {cite["source"] for record in records for cite in record.get("cites", ())}
    sources = {key: SourceRecord.model_validate(record) for key, record in published.source_records(keys).items()}
    context |= {
        "axis": timeline_page.Axis(counts, whole, span, topics),
        "shown": shown,
        "years": timeline_page.years(records, titles, sources),
        "here": timeline_page.address(span, topics),
    }
    return render(request, "perspectives/timeline.html", context)
