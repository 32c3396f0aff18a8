"""The argument map of a topic: its page, and the drawing alone as SVG and as a picture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.serving.lanes import Work
from perspectives.web.argument_map.drawing import Map
from perspectives.web.http.costly import costly
from perspectives.web.http.page_cache import cached_page, one_topic
from perspectives.web.http.view_decorators import page
from perspectives.web.topics import drawings
from perspectives.web.topics.edition_citation import topic_frame
from perspectives.web.topics.edition_pages import checked_of


@cached_page(about=one_topic)
def topic_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic's claims and responses as a drawing and as a list. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    made = Map(document, reverse("topic", args=[slug]))
    context = {"map": made, **checked_of(document.sources), **topic_frame(request, document, stored)}
    return render(request, "perspectives/map.html", context)


@page
@costly(Work.COSTLY)
def topic_map_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the drawing alone. Raises NotFoundError."""
    drawing, stored = _drawn(request, slug)
    return drawings.svg(request, drawing, f"{slug}-map-edition-{stored.number}", stored)


@page
@costly(Work.FILES)
def topic_map_png(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the drawing as a picture. Raises NotFoundError."""
    drawing, stored = _drawn(request, slug)
    return drawings.png(request, drawing, f"{slug}-map-edition-{stored.number}", stored)


def _drawn(request: HttpRequest, slug: str) -> tuple[drawings.Drawn, Stored]:
    document, stored = published.topic_document(slug)
    address = request.build_absolute_uri(reverse("topic", args=[slug]))
    made = Map(document, address)
    context = {"map": made, "document": document, "stored": stored, "address": address, "is_alone": True}
    svg = render_to_string("perspectives/map/drawing.html", context)
    return drawings.Drawn(svg, made.drawing.width, made.full_height), stored
