"""Editions by time: TimeGate, TimeMap and `Memento-Datetime` (RFC 7089). Each document is its own TimeGate."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_http_date_safe
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from perspectives.api.http import caching, formats, problems
from perspectives.api.http.errors import RefusedError
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
    """Say where the document, its TimeGate (the same) and its TimeMap are; absolutely, as Memento clients read them."""
    return (
        f'<{document}>; rel="original timegate", <{document}timemap/>; rel="timemap"; type="{formats.LINKS.media_type}"'
    )


class TimeMapView(ResourceView):
    """The base of the maps of all editions in time, oldest first."""

    shape = TimeMap
    find: ClassVar[Callable[..., QuerySet[Edition]]]

    def get(self, request: Request, slug: str, **_: Any) -> HttpResponse:
        """List the editions. Raises NotFoundError."""
        editions = list(self.find(slug).order_by("number").values_list("number", "published_at"))
        if not editions:
            raise NotFoundError(f"There are no editions of '{slug}' here.")
        document = f"{self.base}{request.path.rsplit('timemap', 1)[0]}"
        mementos = [{"uri": f"{document}editions/{number}/", "datetime": moment} for number, moment in editions]
        return self.respond(
            {
                "original_uri": document,
                "timegate_uri": document,
                "timemap_uri": f"{document}timemap/",
                "mementos": mementos,
            }
        )


def _as_links(_view: Any, found: dict[str, Any]) -> bytes:
    mementos = found["mementos"]
    first, last = (caching.modified_header(mementos[place]["datetime"]) for place in (0, -1))
    relations = [""] * len(mementos)
    relations[-1] = "last "
    relations[0] = f"first {relations[0]}"
    rows = [
        f'<{found["original_uri"]}>; rel="original timegate"',
        f'<{found["timemap_uri"]}>; rel="self"; type="{formats.LINKS.media_type}"; from="{first}"; until="{last}"',
        *(
            f'<{one["uri"]}>; rel="{relation}memento"; datetime="{caching.modified_header(one["datetime"])}"'
            for one, relation in zip(mementos, relations, strict=True)
        ),
    ]
    return ",\n".join(rows).encode()


_RENDERERS: list[type[BaseRenderer]] = [formats.JsonRenderer, formats.LINKS.renderer(_as_links)]


class TopicTimeMapView(TimeMapView):
    """The editions of a topic in time, as links (RFC 7089) or JSON."""

    renderer_classes = _RENDERERS
    find = staticmethod(published.topic_editions)


class ArticleTimeMapView(TimeMapView):
    """The editions of an article guide in time, as links (RFC 7089) or JSON."""

    renderer_classes = _RENDERERS
    find = staticmethod(published.article_editions)
