"""Strong ETags, conditional requests, and encodings with tags of their own (RFC 9110)."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from perspectives.serving import encoding

READS = ("GET", "HEAD")
_CONDITIONS = frozenset({"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
_ALSO_SHARED = ("Allow", "Link", "Edition-Retracted", "Edition-Archived")
"""Headers that a 304 answer repeats besides those that Django repeats."""


def tag(body: bytes) -> str:
    """Make the strong ETag of a body: its SHA-256."""
    return f'"{hashlib.sha256(body).hexdigest()}"'


def validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a whole answer its tag and the encoding that the reader takes, or 304 where the reader holds it already.

    An answer that has its tag already is one of few, which many readers ask for: its encodings are cached. Others, such
    as the answers to searches, would only crowd these out.
    """
    known = response.headers.get("ETag")
    etag = known or tag(response.content)
    chosen = None
    if encoding.is_worth_it(response):
        chosen = encoding.choose(request.headers.get("accept-encoding", ""))
    response["ETag"] = _held(request, etag) or encoding.tagged(etag, chosen)
    if (answer := _conditional(request, response)) is not response:
        return answer
    response["ETag"] = encoding.tagged(etag, chosen)
    if chosen and known:
        encoding.encode_cached(response, chosen, etag)
    elif chosen:
        encoding.encode(response, chosen)
    return response


def _held(request: HttpRequest, etag: str) -> str | None:
    """Give the tag that the reader holds, whichever coding the content had then: 304 says that this one still holds."""
    held = request.headers.get("if-none-match", "")
    return next((one for one in encoding.tags(etag) if one in held), None)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the response, or 304 or 412 as the conditions of the request say."""
    if request.method not in READS or _CONDITIONS.isdisjoint(request.META):
        return response
    modified = response.headers.get("Last-Modified")
    moment = parse_http_date_safe(modified) if modified else None
    answer = get_conditional_response(request, response["ETag"], moment, response)
    if answer is None or answer is response:
        return response
    for name in _ALSO_SHARED:
        if name in response.headers:
            answer[name] = response[name]
    return answer
