"""The citations of claims, one by one: which source each claim cites, how it bears on it, where, and in what words."""

from typing import ClassVar

from django.db.models import F
from django.db.models.functions import JSONObject

from perspectives.api.http import formats
from perspectives.api.schema import writers
from perspectives.api.schema.source_shapes import CitationRecord
from perspectives.api.search import grouping
from perspectives.api.search.filters import CitationFilter
from perspectives.api.search.grouping import GroupedListView
from perspectives.queries.functions import WithoutNulls
from perspectives.queries.publication import published


class CitationList(GroupedListView):
    """The citations of the claims of all current editions, topic by topic, claim by claim, each with its source.

    Citations of agreements, events and findings stand with their sources: `sources/{key}/`.
    """

    shape = CitationRecord
    queryset = published.citations()
    renderer_classes = [formats.JsonRenderer, formats.CSV.renderer(writers.csv("citations"))]
    filterset_class = CitationFilter
    groupings = grouping.OF_CITATIONS
    record = WithoutNulls(
        JSONObject(
            topic=F("record__topic"),
            topic_title=F("record__title"),
            stance=F("record__stance"),
            claim=F("record__claim"),
            text=F("record__text"),
            cite=F("record__cite"),
            year=F("source__year"),
            record=F("source__record"),
        )
    )
    orderings: ClassVar = {"claim": {"edition__current_for_topic__slug": str, "order": int}}
