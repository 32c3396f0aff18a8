"""The argument map of a topic: its page, and the drawing alone as SVG and as a picture."""

import hashlib
import logging
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from redis import RedisError

from perspectives.clients import pictures
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.valkey import cache
from perspectives.web.http.page_cache import cached_page
from perspectives.web.http.view_decorators import page
from perspectives.web.topics.argument_map import Map
from perspectives.web.topics.edition_citation import topic_frame

_LOG = logging.getLogger(__name__)
CACHE_SECONDS: Final = 30 * 24 * 3600
"""How long a picture is cached: it can never be wrong, since it is found by the hash of its drawing."""
_RETRY_SECONDS: Final = 5
_MAX_AGE: Final = 60
"""How many seconds a reader may keep a drawing: the next edition may change it."""


@cached_page()
def topic_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic's claims and responses as a drawing and as a list. Raises NotFoundError."""
    document, stored = published.topic_document(slug)
    context = {"map": Map(document, reverse("topic", args=[slug])), **topic_frame(request, document, stored)}
    return render(request, "perspectives/map.html", context)


@page
def topic_map_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the drawing alone. Raises NotFoundError."""
    _, svg, stored = _drawn(request, slug)
    response = HttpResponse(svg, content_type="image/svg+xml")
    return _conditional(request, response, f"{slug}-map-edition-{stored.number}.svg", _tag(svg), stored)


@page
def topic_map_png(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the drawing as a picture, which is made anew only if the reader and the cache have none.

    Where it cannot be made now, the answer is 503 and says when to ask again. Raises NotFoundError.
    """
    made, svg, stored = _drawn(request, slug)
    tag = _tag(f"png {svg}")
    name = f"{slug}-map-edition-{stored.number}.png"
    held = _conditional(request, HttpResponse(content_type="image/png"), name, tag, stored)
    if held.status_code == HTTPStatus.OK:
        try:
            held.content = _picture(svg, tag, made)
        except pictures.PictureError as error:
            return _not_now(error)
    return held


def _not_now(error: pictures.PictureError) -> HttpResponse:
    _LOG.warning("A map is not given as a picture: %s", error)
    words = "The picture cannot be made now; ask again in a moment, or take the drawing (map.svg)."
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(_RETRY_SECONDS)
    patch_cache_control(response, no_store=True)
    return response


def _drawn(request: HttpRequest, slug: str) -> tuple[Map, str, Stored]:
    document, stored = published.topic_document(slug)
    address = request.build_absolute_uri(reverse("topic", args=[slug]))
    made = Map(document, address)
    context = {"map": made, "document": document, "stored": stored, "address": address, "is_alone": True}
    return made, render_to_string("perspectives/map/drawing.html", context), stored


def _tag(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _conditional(request: HttpRequest, response: HttpResponse, name: str, tag: str, stored: Stored) -> HttpResponse:
    """Say what the answer is called and how long it holds; answer 304 where the reader holds it already."""
    moment = int(stored.published_at.timestamp())
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = f'"{tag}"'
    response["Last-Modified"] = http_date(moment)
    patch_cache_control(response, public=True, max_age=_MAX_AGE)
    held: HttpResponse | None = get_conditional_response(request, response["ETag"], moment, response)
    return held or response


def _picture(svg: str, tag: str, made: Map) -> bytes:
    """Fetch the picture from the cache, or make it; without the cache every reader's picture is made anew.

    Raises PictureError.
    """
    key = f"map-picture:{tag}"
    if cached := _cached(key):
        return cached
    with pictures.turn():
        if cached := _cached(key):  # made by who had the turn before
            return cached
        picture = pictures.png(svg, width=made.drawing.width, height=made.full_height)
        try:
            cache.set(key, picture, CACHE_SECONDS)
        except RedisError as error:
            _LOG.warning("The cache takes no pictures: %s", error)
    return picture


def _cached(key: str) -> bytes | None:
    try:
        cached = cache.get(key)
    except RedisError as error:
        _LOG.warning("The cache gives no pictures: %s", error)
        return None
    return cached if isinstance(cached, bytes) else None
