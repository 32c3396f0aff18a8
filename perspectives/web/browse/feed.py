"""The Atom feeds: new editions and retractions, of everything and of one topic."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from perspectives.queries.publication import published
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.rules.publication.dataset_readme import LICENCE
from perspectives.serving.validators import validated
from perspectives.vocab import EditionOrigin
from perspectives.web.http.page_cache import LIFETIME
from perspectives.web.http.view_decorators import page
from perspectives.web.topics import edition_pages

ENTRIES = 50
"""How many editions and retractions a feed tells of."""
_CHANGES_TOLD: Final = 5
"""How many changes of an edition are told one by one."""


@dataclass(frozen=True)
class Entry:
    """Something that happened to an edition; `id` never changes."""

    id: str
    title: str
    words: str
    address: str
    at: datetime
    updated_at: datetime


@page
def feed(request: HttpRequest) -> HttpResponse:
    """Tell of the editions of topics and article guides published last, newest first; 304 to readers who hold it."""
    editions = published.newest_editions()[:ENTRIES]
    about = "Editions of topics and article guides, newest first."
    return _answer(request, "Debate KB: new editions", about, reverse("home"), _entries(editions, _note))


@page
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell of a topic's editions, with what each corrects, and of its retractions. Raises NotFoundError."""
    document, _ = published.topic_document(slug)
    editions = published.newest_editions().filter(topic__slug=slug)[:ENTRIES]
    about = f"{document.question} New editions, what they correct, and retractions, newest first."
    title = f"Debate KB: {document.title}"
    return _answer(request, title, about, reverse("topic", args=[slug]), _entries(editions, _corrections))


def _answer(request: HttpRequest, title: str, about: str, of_page: str, entries: Iterable[Entry]) -> HttpResponse:
    page_address = request.build_absolute_uri(of_page)
    made = Atom1Feed(
        title=title,
        link=page_address,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=page_address,
        description=about,
        subtitle=about,
        language="en",
        author_name="Debate KB",
        feed_copyright=LICENCE["name"],
    )
    for entry in sorted(entries, key=lambda one: one.at, reverse=True)[:ENTRIES]:
        made.add_item(
            title=entry.title,
            link=request.build_absolute_uri(entry.address),
            unique_id=entry.id,
            description=entry.words,
            pubdate=entry.at,
            updateddate=entry.updated_at,
        )
    headers = {"Vary": "Accept-Encoding", "Cache-Control": LIFETIME}
    response = HttpResponse(made.writeString("utf-8"), content_type=Atom1Feed.content_type, headers=headers)
    response["Last-Modified"] = http_date(made.latest_post_date().timestamp())
    return validated(request, response)


def _entries(editions: Iterable[Any], words_of: Callable[[Any], str]) -> Iterator[Entry]:
    """Give an entry for each edition, and another for a retraction, since readers have seen the first already."""
    for edition in editions:
        kind, owner = ("topic", edition.topic) if edition.topic else ("article", edition.article)
        address = reverse(f"{kind}-edition", args=[owner.slug, edition.number])
        name, sha = f"{edition.title}: edition {edition.number}", f"urn:sha256:{edition.sha256}"
        retraction = getattr(edition, "retraction", None)
        if retraction is None:
            yield Entry(sha, name, words_of(edition), address, edition.published_at, edition.published_at)
            continue
        words = f"This edition was retracted on {retraction.at:%Y-%m-%d}: {retraction.note}"
        yield Entry(sha, f"{name} (retracted)", words, address, edition.published_at, retraction.at)
        yield Entry(f"{sha}#retraction", f"{name} was retracted", words, address, retraction.at, retraction.at)


def _note(edition: Any) -> str:
    return edition.note or EditionOrigin.of(edition.origin).sentence


def _corrections(edition: Any) -> str:
    """Say why there is an edition of a topic, and what it changes; worked out once for each edition."""
    if edition.number == 1:
        return _note(edition)
    return CACHE.get_or_make((edition.sha256, "corrections"), lambda: _with_changes(edition))


def _with_changes(edition: Any) -> str:
    slug = edition.topic.slug
    found = edition_pages.changes_of_topic(slug, published.topic_bytes(slug, number=edition.number))
    told = "; ".join(f"{one.kind.lower()}: {' › '.join(one.place)}" for one in found[:_CHANGES_TOLD])
    more = f"; and {len(found) - _CHANGES_TOLD} more" if len(found) > _CHANGES_TOLD else ""
    return f"{_note(edition)} ({told}{more})" if found else _note(edition)
