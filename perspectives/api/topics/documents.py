"""Whole documents: the stored bytes of an edition as they are, and the same edition in other formats."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.request import Request

from perspectives.api.http import caching, formats, memento, sparse
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import writers
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.serving.validators import tag


class DocumentView(ResourceView):
    """The base of the views that give out an edition whole, or what is cut from it."""

    is_sparse = True
    fetch: ClassVar[Callable[..., Stored]]
    at: ClassVar[Callable[..., int]]

    def get(self, request: Request, slug: str, number: int | None = None, **_: Any) -> HttpResponse:
        """Fetch the edition and give it; another one if a moment is asked for. Raises NotFoundError, RefusedError."""
        document = f"{self.base}{self.document_path(request.path)}"
        moment = memento.asked_moment(request) if number is None else None
        if moment is not None:
            return memento.to_edition(document, self.at(slug, moment))
        stored = self.fetch(slug, number=number)
        response = self.given(stored)
        response.headers["Last-Modified"] = modified = caching.modified_header(stored.published_at)
        caching.tell_of_edition(response, stored)
        if number is None:
            self.add_current(document, stored, response)
        else:
            response.headers["Memento-Datetime"] = modified
            response.headers["Cache-Control"] = caching.FIXED
            latest = f'<{document}>; rel="latest-version", '
            response.headers["Link"] = latest + self.version_links(document, stored)
        return response

    def document_path(self, path: str) -> str:
        """Give the address of the current edition, whichever form of address was asked for."""
        return path.rsplit("editions/", 1)[0] if "/editions/" in path else f"{path.rsplit('.', 1)[0].rstrip('/')}/"

    def add_current(self, document: str, stored: Stored, response: HttpResponse) -> None:
        """Say which edition the current one is and where it stays."""
        response.headers["Vary"] = memento.VARY
        response.headers["Content-Location"] = f"{document}editions/{stored.number}/"
        response.headers["Link"] = self.version_links(document, stored)

    def version_links(self, document: str, stored: Stored) -> str:
        """Say where the other editions are (RFC 5829) and which there were when (RFC 7089)."""
        rows = f'<{document}editions/>; rel="version-history", '
        if stored.number > 1:
            rows += f'<{document}editions/{stored.number - 1}/>; rel="predecessor-version", '
        return rows + memento.links(document)

    def given(self, stored: Stored) -> HttpResponse:
        """Give the stored bytes, or what the chosen format makes of them."""
        if self.form is not formats.JSON:
            key = (stored.sha256, type(self).__name__, self.form.suffix, self.base)
            body = CACHE.get_or_make(key, lambda: self.renderer.write(self, stored))
            return HttpResponse(body, content_type=self.form.content_type, headers={"ETag": tag(body)})
        if self.fields:
            return self.respond(sparse.keep(json.loads(stored.body), self.fields))
        response = HttpResponse(stored.body, content_type=self.form.content_type)
        response.headers["ETag"] = f'"{stored.sha256}"'
        return response


class TopicView(DocumentView):
    """A topic's current edition, whole: the canonical JSON (RFC 8785) whose SHA-256 is the ETag.

    `Edition-Number` and `Content-Location` say which edition it is and where it stays. With `Accept-Datetime` the
    answer leads to the edition of that time (RFC 7089).
    """

    shape = TopicEdition
    renderer_classes = [
        formats.JsonRenderer,
        *writers.OF_TOPICS,
        formats.AIF.renderer(writers.topic_aif),
        formats.ARGDOWN.renderer(writers.topic_argdown),
        *writers.OF_EDITIONS,
    ]
    fetch = staticmethod(published.topic_bytes)
    at = staticmethod(published.topic_edition_at)


class TopicEditionView(TopicView):
    """A numbered edition of a topic, whole. It never changes."""


class ArticleView(DocumentView):
    """The current guide through an article, whole: outline, passages and findings, never the article's text."""

    shape = ArticleEdition
    renderer_classes = [
        formats.JsonRenderer,
        *writers.OF_ARTICLES,
        formats.ANNOTATIONS.renderer(writers.article_annotations),
    ]
    fetch = staticmethod(published.article_bytes)
    at = staticmethod(published.article_edition_at)


class ArticleEditionView(ArticleView):
    """A numbered edition of an article guide, whole. It never changes."""
