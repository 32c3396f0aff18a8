"""Editions by time: TimeGate, TimeMap and `Memento-Datetime` (RFC 7089). Each document is its own TimeGate."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_http_date_safe

from perspectives.api.http import caching, formats, problems
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.formats import Formats
from perspectives.api.http.views import ResourceView
from perspectives.api.schema.extract_shapes import TimeMap
from perspectives.errors import NotFoundError
from perspectives.models import Edition
from perspectives.queries.publication import published

VARY = f"Accept-Datetime, {caching.VARY}"


def asked_moment(request: HttpRequest) -> datetime | None:
    """Read Accept-Datetime. Raises RefusedError unless it is an HTTP date."""
    header = request.headers.get("accept-datetime")
    if header is None:
        return None
    seconds = parse_http_date_safe(header)
    if seconds is None:
        sentence = "'Accept-Datetime' is no HTTP date; write it like 'Thu, 20 Jun 2024 12:00:00 GMT'."
        raise RefusedError(problems.BAD_REQUEST, sentence)
    return datetime.fromtimestamp(seconds, UTC)


def to_edition(document: str, number: int) -> HttpResponse:
    """Lead to the edition that was the current one at the moment asked for."""
    headers = {"Location": f"{document}editions/{number}/", "Vary": VARY, "Link": links(document)}
    return HttpResponse(status=302, headers=headers)


def links(document: str) -> str:
    """Say where the document, its TimeGate (the same) and its TimeMap are."""
    return (
        f'<{document}>; rel="original timegate", <{document}timemap/>; rel="timemap"; type="{formats.LINKS.media_type}"'
    )


class TimeMapView(ResourceView):
    """The base of the maps of all editions in time, oldest first."""

    shape = TimeMap

    def find(self, slug: str) -> QuerySet[Edition]:
        """Find the editions of the document."""
        raise NotImplementedError

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """List the editions. Raises NotFoundError."""
        del request
        editions = list(self.find(slug).order_by("number").values_list("number", "published_at"))
        if not editions:
            raise NotFoundError(f"There are no editions of '{slug}' here.")
        document = f"{self.base}{self.request.path.rsplit('timemap', 1)[0]}"
        return self.respond((document, editions))


def _as_links(_view: TimeMapView, found: tuple[str, Sequence[tuple[int, datetime]]]) -> bytes:
    document, editions = found
    ends = {1: "first ", editions[-1][0]: "last "} if len(editions) > 1 else {1: "first last "}
    span = f'from="{caching.modified_header(editions[0][1])}"; until="{caching.modified_header(editions[-1][1])}"'
    rows = [
        f'<{document}>; rel="original timegate"',
        f'<{document}timemap/>; rel="self"; type="{formats.LINKS.media_type}"; {span}',
        *(
            f'<{document}editions/{number}/>; rel="{ends.get(number, "")}memento"; '
            f'datetime="{caching.modified_header(moment)}"'
            for number, moment in editions
        ),
    ]
    return ",\n".join(rows).encode()


def _as_json(_view: TimeMapView, found: tuple[str, Sequence[tuple[int, datetime]]]) -> bytes:
    document, editions = found
    mementos = [{"uri": f"{document}editions/{number}/", "datetime": moment} for number, moment in editions]
    return formats.json_bytes(
        {
            "original_uri": document,
            "timegate_uri": document,
            "timemap_uri": f"{document}timemap/",
            "mementos": mementos,
        }
    )


_FORMATS: Formats = {formats.JSON: _as_json, formats.LINKS: _as_links}


class TopicTimeMapView(TimeMapView):
    """The editions of a topic in time, as links (RFC 7089) or JSON."""

    formats: ClassVar[Formats] = _FORMATS

    def find(self, slug: str) -> QuerySet[Edition]:
        """Find the topic's editions."""
        return published.topic_editions(slug)


class ArticleTimeMapView(TimeMapView):
    """The editions of an article guide in time, as links (RFC 7089) or JSON."""

    formats: ClassVar[Formats] = _FORMATS

    def find(self, slug: str) -> QuerySet[Edition]:
        """Find the guide's editions."""
        return published.article_editions(slug)
