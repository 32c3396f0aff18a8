"""Compression of answers: Brotli or gzip, each with a strong ETag of its own (RFC 9110, 8.8.3)."""

import gzip
from collections.abc import Callable, Mapping

import brotli
from django.conf import settings
from django.http import HttpResponse

from perspectives.queries.publication.publication_cache import CACHE

MIN_BYTES = 600
"""Shorter answers are sent as they are: the saving would be smaller than the work."""
PACKED = frozenset({"application/zip", "application/vnd.ims.imsccv1p3"})
"""Media types of what is compressed already."""


def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=5)
    return packed


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


_ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
"""In the order of our preference where the reader has none."""
NAMES = tuple(_ENCODERS)


def is_worth_it(response: HttpResponse) -> bool:
    """Whether compressing the answer saves anything."""
    return len(response.content) >= MIN_BYTES and response["Content-Type"] not in PACKED


def choose(header: str) -> str | None:
    """Choose an encoding by Accept-Encoding: the one of the greatest weight, ours first; None for none.

    With `DEBUG` there is none, so that the debug toolbar can add itself to pages.
    """
    if settings.DEBUG or not header:
        return None
    weights = dict(_weighed(part) for part in header.lower().split(","))
    chosen = max(NAMES, key=lambda name: weights.get(name, weights.get("*", 0.0)))
    weight = weights.get(chosen, weights.get("*", 0.0))
    return chosen if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    weight = parameter.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight) if parameter else 1.0
    except ValueError:
        return name.strip(), 0.0


def tagged(etag: str, encoding: str | None) -> str:
    """Name an encoded answer: the ETag of the plain one with the encoding's name in it."""
    return f'{etag[:-1]}-{encoding}"' if encoding else etag


def tags(etag: str) -> list[str]:
    """List the tags of the content in every coding, the plain one first."""
    return [tagged(etag, encoding) for encoding in (None, *NAMES)]


def encode(response: HttpResponse, encoding: str) -> None:
    """Compress the body of `response`."""
    response.content = _ENCODERS[encoding](response.content)
    response["Content-Encoding"] = encoding


def encode_cached(response: HttpResponse, encoding: str, etag: str) -> None:
    """Compress the body of `response`, whose plain ETag is `etag`, unless the cache has it compressed."""
    body = response.content
    response.content = CACHE.get_or_make((etag, encoding), lambda: _ENCODERS[encoding](body))
    response["Content-Encoding"] = encoding
