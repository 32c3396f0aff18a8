"""What is cut from a topic's edition: matrix, graph, timeline, and the difference of two editions."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from perspectives.api.http import caching, formats
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import extract_shapes
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import published
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.rules.publication import edition_form
from perspectives.rules.topics import extracts
from perspectives.serving.validators import tag


class ExtractView(ResourceView):
    """The base of what is cut from a topic's current edition; made once for each edition."""

    extract: ClassVar[Callable[..., dict[str, Any]]]

    def get(self, request: Request, slug: str, **_: Any) -> HttpResponse:
        """Give the extract. Raises NotFoundError."""
        stored = published.topic_bytes(slug)
        body = self.complete(
            CACHE.get_or_make(
                (stored.sha256, type(self).__name__),
                lambda: formats.json_bytes(self.extract(edition_form.topic(stored.body))),
            )
        )
        response = HttpResponse(body, content_type=self.form.content_type, headers={"ETag": tag(body)})
        response["Last-Modified"] = caching.modified_header(stored.published_at)
        caching.tell_of_edition(response, stored)
        return response

    def complete(self, body: bytes) -> bytes:
        """Add what depends on the request to the extract."""
        return body


class TopicMatrixView(ExtractView):
    """A topic's claims aligned: a row for each author claim, a cell for each stance, gaps said openly."""

    shape = extract_shapes.Matrix
    extract = staticmethod(extracts.matrix)


class TopicGraphView(ExtractView):
    """A topic's argument as a graph: claims are nodes, responses are typed edges."""

    shape = extract_shapes.Graph
    extract = staticmethod(extracts.graph)


class TopicBriefView(ExtractView):
    """A topic in short: what all sides accept, each perspective's answer with one quotation, where they part."""

    shape = extract_shapes.Brief
    extract = staticmethod(extracts.brief)

    def complete(self, body: bytes) -> bytes:
        """Add the address of the page, which depends on the host that was asked, and what was found of quotations."""
        made = json.loads(body)
        quotations = [one["quotation"] for one in made["answers"] if "quotation" in one]
        checked = check_reports.checked({one["source"] for one in quotations})
        for one in quotations:
            one.update(checked.beside(one["source"], one["quote"]))
        return formats.json_bytes({**made, "url": f"{self.base}{reverse('topic-brief', args=[made['topic']])}"})


class TopicTimelineView(ExtractView):
    """A topic's events by date, each with its citations."""

    shape = extract_shapes.Timeline
    extract = staticmethod(extracts.timeline)


class TopicDiffView(ResourceView):
    """What changed in a topic from one edition to another, by the ids of its parts."""

    shape = extract_shapes.Difference

    def get(self, request: Request, slug: str, before: int, after: int, **_: Any) -> HttpResponse:
        """Give the difference. Raises NotFoundError."""
        old, new = published.topic_bytes(slug, number=before), published.topic_bytes(slug, number=after)
        body = CACHE.get_or_make(
            (old.sha256, new.sha256, "difference"),
            lambda: formats.json_bytes(extracts.difference(old.body, new.body)),
        )
        response = HttpResponse(body, content_type=self.form.content_type, headers={"ETag": tag(body)})
        response["Cache-Control"] = caching.FIXED
        return response
