"""Drawings of published things as answers: SVG, and pictures, made anew only if reader and cache have none."""

import hashlib
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from redis import RedisError

from perspectives.clients import pictures
from perspectives.queries.publication.edition_cache import Stored
from perspectives.valkey import cache

_LOG = logging.getLogger(__name__)
CACHE_SECONDS: Final = 30 * 24 * 3600
"""How long a picture is cached: it can never be wrong, since it is found by the hash of its drawing."""
_RETRY_SECONDS: Final = 5
_MAX_AGE: Final = 60
"""How many seconds a reader may keep a drawing: the next edition may change it."""


@dataclass(frozen=True)
class Drawn:
    """A drawing as SVG, with its size in px; a picture of it has twice as many pixels each way."""

    svg: str
    width: int
    height: int


def svg(request: HttpRequest, drawing: Drawn, name: str, stored: Stored) -> HttpResponse:
    """Give a drawing of what is `stored`; `name` is that of the file, without its ending."""
    response = HttpResponse(drawing.svg, content_type="image/svg+xml")
    return _conditional(request, response, f"{name}.svg", _tag(drawing.svg), stored)


def png(request: HttpRequest, drawing: Drawn, name: str, stored: Stored) -> HttpResponse:
    """Give a drawing as a picture, like `svg`; where it cannot be made now, answer 503 and say when to ask again."""
    tag = _tag(f"png {drawing.svg}")
    held = _conditional(request, HttpResponse(content_type="image/png"), f"{name}.png", tag, stored)
    if held.status_code == HTTPStatus.OK:
        try:
            held.content = _picture(drawing, tag)
        except pictures.PictureError as error:
            return _not_now(error)
    return held


def _not_now(error: pictures.PictureError) -> HttpResponse:
    _LOG.warning("A drawing is not given as a picture: %s", error)
    words = "The picture cannot be made now; ask again in a moment, or take the drawing (SVG)."
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(_RETRY_SECONDS)
    patch_cache_control(response, no_store=True)
    return response


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


def _picture(drawing: Drawn, tag: str) -> bytes:
    """Fetch the picture from the cache, or make it; without the cache every reader's picture is made anew.

    Raises PictureError.
    """
    key = f"picture:{tag}"
    if cached := _cached(key):
        return cached
    picture = pictures.png(drawing.svg, width=drawing.width, height=drawing.height)
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
