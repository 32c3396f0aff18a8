"""Whole documents: the stored bytes of an edition, as they are, in one query."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel
from rest_framework.views import APIView

from perspectives.api import caching, conventions, keys, limits
from perspectives.api.errors import problem_response
from perspectives.queries import published
from perspectives.queries.published import Stored
from perspectives.rules.article_document import ArticleEdition
from perspectives.rules.document import TopicEdition


class DocumentView(APIView):
    """The base of the views that give out an edition's bytes.

    It is an APIView so that the schema, the routes and later the keys see it like any other, but `dispatch` does not
    go through REST framework: what would be wrapped, negotiated and rendered there is one media type and bytes that
    exist already, and that work would cost more than the query. The conventions are the same functions as elsewhere.
    """

    http_method_names = ["get", "head", "options"]
    shape: ClassVar[type[BaseModel]]
    fetch: ClassVar[Callable[..., Stored]]

    def dispatch(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; every error becomes a problem document."""
        grant = limits.UNLIMITED
        try:
            _, grant = keys.admit(request)
            conventions.check_method(request)
            conventions.check_accept(request)
            conventions.check_parameters(request, ())
            response = HttpResponse(status=204) if request.method == "OPTIONS" else self.get(request, **kwargs)
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a problem document
            response = problem_response(error, {"request": request})
        response["Allow"] = ", ".join(conventions.METHODS)
        finished = caching.finish(request, response)
        grant.write(finished)
        return finished

    def get(self, request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
        """Fetch the edition: 304 where the reader holds it, else its bytes. Raises NotFoundError."""
        tags = caching.known_tags(request)
        stored = self.fetch(slug, number=number, known=caching.hashes(tags))
        etag = f'"{stored.sha256}"'
        response = HttpResponse(stored.body or b"", content_type=conventions.JSON)
        response["ETag"] = etag
        response["Last-Modified"] = caching.modified_header(stored.published_at)
        response["Edition-Number"] = str(stored.number)
        self.add_places(request.path, stored, response, is_numbered=number is not None)
        if stored.body is None or caching.is_held(request, tags, etag, stored.published_at):
            return caching.not_modified(response)
        return response

    def add_places(self, path: str, stored: Stored, response: HttpResponse, *, is_numbered: bool) -> None:
        """Say how long the answer lasts and where this edition, the others and the latest are (RFC 5829)."""
        document = path.rsplit("editions/", 1)[0] if is_numbered else path
        links = [f'<{document}editions/>; rel="version-history"']
        if stored.number > 1:
            links.append(f'<{document}editions/{stored.number - 1}/>; rel="predecessor-version"')
        if is_numbered:
            links.append(f'<{document}>; rel="latest-version"')
        else:
            response["Content-Location"] = f"{document}editions/{stored.number}/"
        response["Link"] = ", ".join(links)
        response["Cache-Control"] = caching.FIXED if is_numbered else caching.MOVING


class TopicView(DocumentView):
    """A topic's current edition, whole: the canonical JSON (RFC 8785) whose SHA-256 is the ETag.

    `Edition-Number` and `Content-Location` say which edition it is and where it stays.
    """

    shape = TopicEdition
    fetch = staticmethod(published.topic_bytes)


class TopicEditionView(DocumentView):
    """A numbered edition of a topic, whole. It never changes."""

    shape = TopicEdition
    fetch = staticmethod(published.topic_bytes)


class ArticleView(DocumentView):
    """The current guide through an article, whole: outline, passages and findings, never the article's text."""

    shape = ArticleEdition
    fetch = staticmethod(published.article_bytes)


class ArticleEditionView(DocumentView):
    """A numbered edition of an article guide, whole. It never changes."""

    shape = ArticleEdition
    fetch = staticmethod(published.article_bytes)
