"""The Atom feed of new editions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from perspectives.queries.publication import published
from perspectives.rules.publication.dataset_readme import LICENCE
from perspectives.serving.validators import validated
from perspectives.vocab import EditionOrigin
from perspectives.web.http.page_cache import LIFETIME
from perspectives.web.http.view_decorators import page

ENTRIES = 50
"""How many editions the feed tells of."""


@page
def feed(request: HttpRequest) -> HttpResponse:
    """Tell of the editions of topics and article guides published last, newest first; 304 to readers who hold it."""
    home = request.build_absolute_uri(reverse("home"))
    address = request.build_absolute_uri(request.path)
    made = Atom1Feed(
        title="Debate KB: new editions",
        link=home,
        feed_url=address,
        feed_guid=home,
        description="Editions of topics and article guides, newest first.",
        language="en",
        author_name="Debate KB",
        feed_copyright=LICENCE["name"],
    )
    for edition in published.newest_editions()[:ENTRIES]:
        _tell(made, edition, request)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": LIFETIME}
    response = HttpResponse(made.writeString("utf-8"), content_type=Atom1Feed.content_type, headers=headers)
    response["Last-Modified"] = http_date(made.latest_post_date().timestamp())
    return validated(request, response)


def _tell(made: Atom1Feed, edition: Any, request: HttpRequest) -> None:
    kind, owner = ("topic", edition.topic) if edition.topic else ("article", edition.article)
    retraction = getattr(edition, "retraction", None)
    words = edition.note or EditionOrigin.of(edition.origin).sentence
    if retraction:
        words = f"This edition was retracted on {retraction.at:%Y-%m-%d}: {retraction.note}"
    made.add_item(
        title=f"{edition.title}: edition {edition.number}{' (retracted)' if retraction else ''}",
        link=request.build_absolute_uri(reverse(f"{kind}-edition", args=[owner.slug, edition.number])),
        unique_id=f"urn:sha256:{edition.sha256}",
        description=words,
        pubdate=edition.published_at,
        updateddate=retraction.at if retraction else edition.published_at,
    )
