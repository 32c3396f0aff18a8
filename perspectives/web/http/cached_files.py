"""Files that other programs make of what is published: made anew only if reader and cache have none."""

import hashlib
import logging
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from redis import RedisError

from perspectives.queries.publication.edition_cache import Stored
from perspectives.valkey import cache

_LOG = logging.getLogger(__name__)
CACHE_SECONDS: Final = 30 * 24 * 3600
"""How long a file is cached: it can never be wrong, since it is found by the hash of what it is made of."""
_MAX_AGE: Final = 60
"""How many seconds a reader may keep a file: the next edition may change it."""


def tag_of(content: str) -> str:
    """Name a file by what it is made of."""
    return hashlib.sha256(content.encode()).hexdigest()


def conditional(request: HttpRequest, response: HttpResponse, name: str, tag: str, stored: Stored) -> HttpResponse:
    """Say what the answer is called and how long it holds; answer 304 where the reader holds it already."""
    moment = int(stored.published_at.timestamp())
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = f'"{tag}"'
    response["Last-Modified"] = http_date(moment)
    patch_cache_control(response, public=True, max_age=_MAX_AGE)
    held: HttpResponse | None = get_conditional_response(request, response["ETag"], moment, response)
    return held or response


def cached(key: str, make: Callable[[], bytes]) -> bytes:
    """Fetch a file from the cache, or make it; without the cache every reader's file is made anew.

    Raises what `make` raises.
    """
    if found := _found(key):
        return found
    made = make()
    try:
        cache.set(key, made, CACHE_SECONDS)
    except RedisError as error:
        _LOG.warning("The cache takes no files: %s", error)
    return made


def _found(key: str) -> bytes | None:
    try:
        found = cache.get(key)
    except RedisError as error:
        _LOG.warning("The cache gives no files: %s", error)
        return None
    return found if isinstance(found, bytes) else None
