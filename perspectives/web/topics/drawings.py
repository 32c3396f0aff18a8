"""Drawings of published things as answers: SVG, and pictures, made anew only if reader and cache have none."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from perspectives.clients import pictures
from perspectives.queries.publication.edition_cache import Stored
from perspectives.web.http.cached_files import cached, conditional, tag_of

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS: Final = 5


@dataclass(frozen=True)
class Drawn:
    """A drawing as SVG, with its size in px; a picture of it has twice as many pixels each way."""

    svg: str
    width: int
    height: int


def svg(request: HttpRequest, drawing: Drawn, name: str, stored: Stored) -> HttpResponse:
    """Give a drawing of what is `stored`; `name` is that of the file, without its ending."""
    response = HttpResponse(drawing.svg, content_type="image/svg+xml")
    return conditional(request, response, f"{name}.svg", tag_of(drawing.svg), stored)


def png(request: HttpRequest, drawing: Drawn, name: str, stored: Stored) -> HttpResponse:
    """Give a drawing as a picture, like `svg`; where it cannot be made now, answer 503 and say when to ask again."""
    tag = tag_of(f"png {drawing.svg}")
    held = conditional(request, HttpResponse(content_type="image/png"), f"{name}.png", tag, stored)
    if held.status_code == HTTPStatus.OK:
        try:
            held.content = cached(
                f"picture:{tag}", lambda: pictures.png(drawing.svg, width=drawing.width, height=drawing.height)
            )
        except pictures.PictureError as error:
            _LOG.warning("A drawing is not given as a picture: %s", error)
            return not_now("The picture cannot be made now; ask again in a moment, or take the drawing (SVG).")
    return held


def not_now(words: str) -> HttpResponse:
    """Answer that a file cannot be made now, and when to ask again."""
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(_RETRY_SECONDS)
    patch_cache_control(response, no_store=True)
    return response
