"""Handouts of topics: the page that tells how far they are made, and the files. Nothing is made or written here."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from perspectives.errors import NotFoundError
from perspectives.models import Handout
from perspectives.queries.publication import published
from perspectives.queries.study import handouts
from perspectives.rules.study.handout import MEDIA_TYPES, MOST_ATTEMPTS, file_name
from perspectives.vocab import HandoutFormat, HandoutState
from perspectives.web.http.view_decorators import page, whole_or_part


@page
def handout(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the handouts of a topic's current edition; only the list to the script that asks until all are made.

    Of a retracted edition there are none, nor of an archived topic. Raises NotFoundError.
    """
    document, stored = published.topic_document(slug)
    offered = () if stored.retracted_at else handouts.of_topic(slug, most_attempts=MOST_ATTEMPTS)
    context = {
        "document": document,
        "stored": stored,
        "offered": offered,
        "ready": sum(one.state is HandoutState.READY for one in offered),
        "is_done": all(one.state is HandoutState.READY or one.is_final for one in offered),
    }
    return whole_or_part(request, "perspectives/handout.html", "perspectives/handout/list.html", context)


@page
def handout_file(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """Give the file of a handout; while it is being made, lead to the page that tells how far that is."""
    if suffix not in HandoutFormat:
        known = ", ".join(HandoutFormat.values)
        raise NotFoundError(f"There is no handout with the ending '{suffix}'; choose one of {known}.")
    found = handouts.ready(slug, HandoutFormat.of(suffix))
    if found is not None:
        return _file(request, slug, found)
    if not published.topics().filter(slug=slug).exists():
        raise NotFoundError(f"There is no published topic '{slug}'.")
    response = redirect("handout", slug)
    response["Cache-Control"] = "no-store"
    return response


def _file(request: HttpRequest, slug: str, found: Handout) -> HttpResponseBase:
    etag = quote_etag(found.sha256)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    wanted = HandoutFormat.of(found.format)
    name = file_name(slug, found.edition.number, wanted.value)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": etag,
        "Last-Modified": http_date(found.edition.published_at.timestamp()),
    }
    return HttpResponse(bytes(found.body or b""), content_type=MEDIA_TYPES[wanted], headers=headers)
