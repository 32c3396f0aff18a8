"""The brief of a topic: its page, and the picture that chat programs show of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from perspectives.queries.publication import published
from perspectives.rules.topics.brief import brief
from perspectives.serving.frames import BRIEF_SIZE, frame
from perspectives.serving.lanes import Work
from perspectives.web.http.costly import costly
from perspectives.web.http.page_cache import cached_page, one_topic
from perspectives.web.http.view_decorators import page
from perspectives.web.topics import drawings
from perspectives.web.topics.edition_citation import topic_frame
from perspectives.web.topics.edition_pages import checked_of
from perspectives.web.topics.preview_drawing import Preview


@cached_page(about=one_topic)
def topic_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the current edition of a topic on a screen or two. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    framed = request.build_absolute_uri(reverse("embed-topic-brief", args=[slug]))
    found = checked_of(document.sources)
    context = {
        "brief": brief(document, found["checked"].notes),
        **found,
        **topic_frame(request, document, stored),
        "frame": frame(framed, document.title, BRIEF_SIZE),
        "unapi": request.build_absolute_uri(reverse("unapi")),
    }
    return render(request, "perspectives/brief.html", context)


@page
@costly(Work.FILES)
def topic_brief_png(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture of a topic: 1200 x 630 pixels. Raises NotFoundError, and PictureError if it cannot be made."""
    document, stored = published.topic_document(slug)
    preview = Preview(document)
    svg = render_to_string("perspectives/topic/preview.html", {"preview": preview})
    drawing = drawings.Drawn(svg, preview.width, preview.height)
    return drawings.png(request, drawing, f"{slug}-brief-edition-{stored.number}", stored)
