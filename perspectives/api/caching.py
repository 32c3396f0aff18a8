"""Validators and lifetimes: strong ETags, If-None-Match, If-Modified-Since, Cache-Control (RFC 9110 and 9111)."""

import hashlib
import re
from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

MOVING = "public, max-age=60"
"""For what the next publication may change."""
FIXED = "public, max-age=31536000, immutable"
"""For numbered editions, which never change."""
ANY = "*"
_HASH = re.compile(r'"([0-9a-f]{64})"')
_SHARED = ("ETag", "Cache-Control", "Vary", "Last-Modified", "Content-Location", "Link")
"""Headers that a 304 answer repeats."""


def known_tags(request: HttpRequest) -> Collection[str]:
    """List the tags of If-None-Match, weak ones as strong ones, since that header compares weakly; or `*`."""
    header = request.headers.get("if-none-match")
    return [tag.removeprefix("W/") for tag in parse_etags(header)] if header else []


def hashes(tags: Collection[str]) -> list[str]:
    """Pick the tags that can be a SHA-256, without their quotation marks."""
    return [match[1] for tag in tags if (match := _HASH.fullmatch(tag))]


def is_held(request: HttpRequest, tags: Collection[str], etag: str, modified_at: datetime | None = None) -> bool:
    """Whether the reader holds the current content; If-Modified-Since counts only without If-None-Match."""
    if tags or "if-none-match" in request.headers:
        return ANY in tags or etag in tags
    since = parse_http_date_safe(request.headers.get("if-modified-since", ""))
    return since is not None and modified_at is not None and int(modified_at.timestamp()) <= since


def modified_header(moment: datetime) -> str:
    """Write a moment as an HTTP date."""
    return http_date(moment.timestamp())


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add what every answer has; answer 304 where the reader holds the content already; give HEAD no body."""
    response["Vary"] = "Accept"
    if response.status_code == HTTPStatus.OK and request.method != "OPTIONS":
        response.headers.setdefault("Cache-Control", MOVING)
        if "ETag" not in response:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
            if is_held(request, known_tags(request), response["ETag"]):
                return not_modified(response)
    if request.method == "HEAD":
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def not_modified(response: HttpResponse) -> HttpResponse:
    """Answer 304 with the headers that the whole answer would have had."""
    return HttpResponseNotModified(headers={name: response[name] for name in _SHARED if name in response})
