"""Lifetimes and what every answer of the API has: Cache-Control, Vary, a content policy (RFC 9111)."""

from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from debatekb.postgres import replicas
from perspectives.queries.publication.edition_cache import Stored
from perspectives.serving.validators import validated

MOVING = "public, max-age=60"
"""For what the next publication may change."""
FIXED = "public, max-age=31536000, immutable"
"""For numbered editions, which never change."""
VARY = "Accept, Accept-Encoding, Authorization"
INERT = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Frame-Options": "DENY"}
"""What an answer may load, or be framed by, if a browser shows it: nothing."""


@lru_cache(maxsize=2048)
def modified_header(moment: datetime) -> str:
    """Write a moment as an HTTP date."""
    return http_date(moment.timestamp())


def tell_of_edition(response: HttpResponse, stored: Stored) -> None:
    """Say in the headers which edition is given out, and when it was retracted or archived if it was."""
    response.headers["Edition-Number"] = str(stored.number)
    if stored.retracted_at:
        response.headers["Edition-Retracted"] = modified_header(stored.retracted_at)
    if stored.archived_at:
        response.headers["Edition-Archived"] = modified_header(stored.archived_at)


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add what every answer has; answer 304 where the reader holds the content already; give HEAD no body."""
    response.headers.setdefault("Vary", VARY)
    if response.status_code == HTTPStatus.OK:
        response.headers.setdefault("Cache-Control", "no-store" if replicas.is_alone() else MOVING)
        response = validated(request, response)
    if request.method == "HEAD" and response.status_code != HTTPStatus.NOT_MODIFIED:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
