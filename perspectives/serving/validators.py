"""Strong ETags, If-None-Match, If-Modified-Since, and encodings with tags of their own (RFC 9110)."""

import hashlib
from collections.abc import Collection
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, parse_http_date_safe

from perspectives.serving import encoding

ANY = "*"
_SHARED = ("ETag", "Cache-Control", "Vary", "Last-Modified", "Content-Location", "Link", "Allow")
"""Headers that a 304 answer repeats."""


def known_tags(request: HttpRequest) -> Collection[str]:
    """List the tags of If-None-Match, weak ones as strong ones, since that header compares weakly; or `*`."""
    header = request.headers.get("if-none-match")
    return [tag.removeprefix("W/") for tag in parse_etags(header)] if header else []


def is_held(request: HttpRequest, etag: str, modified: str | None) -> bool:
    """Whether the reader holds the current content; If-Modified-Since counts only without If-None-Match.

    `modified` is the answer's Last-Modified, or None where it has none.
    """
    if "if-none-match" in request.headers:
        tags = known_tags(request)
        return ANY in tags or etag in tags
    if modified is None or "if-modified-since" not in request.headers:
        return False
    since, then = parse_http_date_safe(request.headers["if-modified-since"]), parse_http_date_safe(modified)
    return since is not None and then is not None and then <= since


def tag(body: bytes) -> str:
    """Make the strong ETag of a body: its SHA-256."""
    return f'"{hashlib.sha256(body).hexdigest()}"'


def validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a whole answer its tag and the encoding that the reader takes, or 304 where the reader holds it already."""
    etag = response.headers.get("ETag") or tag(response.content)
    chosen = None
    if encoding.is_worth_it(response):
        chosen = encoding.choose(request.headers.get("accept-encoding", ""))
    response["ETag"] = encoding.tagged(etag, chosen)
    if is_held(request, response["ETag"], response.headers.get("Last-Modified")):
        return not_modified(response)
    if chosen:
        encoding.encode(response, chosen, etag)
    return response


def not_modified(response: HttpResponse) -> HttpResponse:
    """Make an answer say 304 instead, with the headers of the whole answer that go with that."""
    response.status_code = HTTPStatus.NOT_MODIFIED
    response.content = b""
    for name in [name for name in response.headers if name not in _SHARED]:
        del response.headers[name]
    return response
