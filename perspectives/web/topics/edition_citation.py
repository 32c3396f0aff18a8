"""What frames a published document on its page: its edition, and how to cite it by number, date, hash and address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.linked_data.page_data import page_data
from perspectives.serving.frames import TOPIC_SIZE, frame
from perspectives.vocab import EditionOrigin
from perspectives.web.sources import bibliographies


@dataclass(frozen=True)
class Citation:
    """The parts of the sentence, and where the edition lies for people and for tools."""

    title: str
    stored: Stored
    origin: EditionOrigin
    url: str
    editions: str
    raw: str


def citation(request: HttpRequest, route: str, slug: str, title: str, stored: Stored) -> Citation:
    """Prepare the citation of an edition; `route` names the page of one edition."""
    place = reverse(route, args=[slug, stored.number])
    return Citation(
        title=title,
        stored=stored,
        origin=EditionOrigin.of(stored.origin),
        url=request.build_absolute_uri(place),
        editions=reverse(f"{route}s", args=[slug]),
        raw=f"/api/v1{place}",
    )


def topic_frame(request: HttpRequest, document: TopicEdition, stored: Stored) -> dict[str, Any]:
    """Give what the page of a topic's edition says about itself."""
    title = document.title
    made = citation(request, "topic-edition", document.topic, title, stored)
    oembed = f"{reverse('api:oembed')}?{urlencode({'url': request.build_absolute_uri(request.path)})}"
    return {
        "document": document,
        "stored": stored,
        "citation": made,
        "takeaway": bibliographies.of_edition(document.topic, stored.number),
        "frame": frame(request.build_absolute_uri(reverse("embed-topic", args=[document.topic])), title, TOPIC_SIZE),
        "oembed": request.build_absolute_uri(oembed),
        "page_address": request.build_absolute_uri(request.path),
        "page_data": SafeString(page_data(document, made.url, stored.published_at.isoformat())),
        "picture": request.build_absolute_uri(reverse("topic-brief-png", args=[document.topic])),
    }


def article_frame(request: HttpRequest, document: ArticleEdition, stored: Stored) -> dict[str, Any]:
    """Give what the page of an article guide's edition says about itself."""
    made = citation(request, "article-edition", document.article, document.title, stored)
    return {"document": document, "stored": stored, "citation": made}
