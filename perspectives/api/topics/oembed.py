"""oEmbed (oembed.com): from the address of a page to the frame in which another site shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from perspectives.api.http import formats, problems
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import shapes
from perspectives.errors import NotFoundError
from perspectives.queries.publication import published
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.serving.frames import BRIEF_SIZE, CLAIM_SIZE, MAP_SIZE, PROVIDER, TOPIC_SIZE, frame

CACHE_SECONDS = 86_400
_MAX_DIGITS = 5
_ADDRESS: dict[str, Any] = {"type": "string", "format": "uri"}
_FORMAT: dict[str, Any] = {"type": "string", "enum": ["json", "xml"]}
_ROOM: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 10**_MAX_DIGITS - 1}


def _as_xml(_view: Any, found: Mapping[str, Any]) -> bytes:
    root = ElementTree.Element("oembed")
    for name, value in found.items():
        ElementTree.SubElement(root, name).text = str(value)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


@dataclass(frozen=True)
class Place:
    """What an address shows: a topic, its brief or map, an edition of it (`number`), or a claim of the current one."""

    topic: str
    number: int | None = None
    is_brief: bool = False
    is_map: bool = False
    claim: str = ""
    is_claim_only: bool = False
    """Whether there is nothing to show where the topic has no such claim."""


class OembedView(ResourceView):
    """What another site needs to show a topic, an edition of it, or a claim in a frame (oEmbed 1.0).

    `url` is the address of a page of this site: `/topics/{slug}/`, `/topics/{slug}/brief/`, `/topics/{slug}/map/`,
    `/topics/{slug}/editions/{number}/`, `/topics/{slug}/#{claim}`, or the claim's own address in this API.
    """

    shape = shapes.Embedding
    queries = {
        "url": Parameter("The absolute address of a page of this site.", _ADDRESS, is_required=True),
        "maxwidth": Parameter("How many pixels there are for the width.", _ROOM),
        "maxheight": Parameter("How many pixels there are for the height.", _ROOM),
        "format": Parameter("How the answer is written; oEmbed asks so, where others say `Accept`.", _FORMAT),
    }
    renderer_classes = [formats.JsonRenderer, formats.XML.renderer(_as_xml)]

    def get_renderers(self) -> list[BaseRenderer]:
        """Offer the format that `format` names alone."""
        name = None if self.format_kwarg else self.query.get("format")
        return [renderer for renderer in super().get_renderers() if name in (None, renderer.format)]

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Give the frame. Raises RefusedError, NotFoundError."""
        place = place_of(self.query["url"], host=request.get_host())
        document, _stored = published.topic_document(place.topic, number=place.number)
        title, address, size = _shown(document, place)
        width, height = min(size[0], self._room("maxwidth")), min(size[1], self._room("maxheight"))
        html = frame(f"{self.base}{address}", title, (width, height))
        return self.respond(
            {
                "type": "rich",
                "version": "1.0",
                "title": title,
                "provider_name": PROVIDER,
                "provider_url": f"{self.base}/",
                "cache_age": CACHE_SECONDS,
                "html": html,
                "width": width,
                "height": height,
            }
        )

    def _room(self, name: str) -> int:
        """Read how much room there is. Raises RefusedError."""
        value = self.query.get(name, str(_ROOM["maximum"]))
        if not (value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS and int(value)):
            sentence = f"'{name}' is a number of pixels, from 1 to {_ROOM['maximum']}."
            raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter=name)
        return int(value)


def place_of(address: str, *, host: str) -> Place:
    """Read the address of a page of this site, which is at `host`. Raises RefusedError for any other."""
    try:
        parts = urlsplit(address)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        raise _unknown() from None
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() != host.lower():
        raise _unknown()
    given = found.kwargs
    if found.view_name == "topic":
        return Place(given["slug"], claim=parts.fragment)
    if found.view_name == "topic-edition":
        return Place(given["slug"], given["number"])
    if found.view_name == "topic-brief":
        return Place(given["slug"], is_brief=True)
    if found.view_name == "topic-map":
        return Place(given["slug"], is_map=True)
    if found.view_name == "api:claim":
        return Place(given["topic"], claim=given["claim"], is_claim_only=True)
    raise _unknown()


def _unknown() -> RefusedError:
    sentence = "'url' is not the absolute address of a topic, an edition of a topic or a claim of this site."
    return RefusedError(problems.NOT_FOUND, sentence, parameter="url")


def _shown(document: TopicEdition, place: Place) -> tuple[str, str, tuple[int, int]]:
    """Give title, address and size of what is embedded. Raises NotFoundError."""
    claims = {claim.id: claim.text for side in document.perspectives for claim in side.claims}
    if place.claim in claims:
        return claims[place.claim], reverse("embed-claim", args=[place.topic, place.claim]), CLAIM_SIZE
    if place.is_claim_only:
        raise NotFoundError(f"There is no published claim '{place.topic}/{place.claim}'.")
    if place.is_brief:
        return document.title, reverse("embed-topic-brief", args=[place.topic]), BRIEF_SIZE
    if place.is_map:
        return document.title, reverse("embed-topic-map", args=[place.topic]), MAP_SIZE
    if place.number is not None:
        return document.title, reverse("embed-topic-edition", args=[place.topic, place.number]), TOPIC_SIZE
    return document.title, reverse("embed-topic", args=[place.topic]), TOPIC_SIZE
