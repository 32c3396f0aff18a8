"""The page of the timeline: all topics' events on one axis, cut by period and by topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.queries import published
from perspectives.queries import timeline as queries
from perspectives.rules.source_record import SourceRecord
from perspectives.rules.timeline import span_of
from perspectives.web import axis, choices, reading
from perspectives.web.keeping import kept_page

PER_PAGE = 300
"""How many events a page shows; the axis counts all."""


@kept_page
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the events of a period, of all topics or of some."""
    titles = reading.topic_titles()
    topics = choices.topics(request, known=titles)
    counts = queries.counts(topics)
    whole = span_of(counts)
    context = {"titles": titles, "topics": topics, "is_filtered": bool(request.GET)}
    if whole is None:
        return render(request, "perspectives/timeline.html", context)
    span = choices.span(request, whole)
    shown = choices.numbered_page(request, queries.within(span, topics), of="events", per_page=PER_PAGE)
    records = [event.record for event in shown]
    keys = {cite["source"] for record in records for cite in record.get("cites", ())}
    sources = {key: SourceRecord.model_validate(record) for key, record in published.source_records(keys).items()}
    context |= {
        "axis": axis.Axis(counts, whole, span, topics),
        "shown": shown,
        "years": axis.years(records, titles, sources),
        "here": axis.address(span, topics),
    }
    return render(request, "perspectives/timeline.html", context)
