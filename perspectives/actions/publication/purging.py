"""Telling a shared cache, such as a CDN, what it may no longer show; run in the background."""

import logging
import time
from typing import Final, NamedTuple

from django.conf import settings
from django.core.cache import cache

from perspectives import jobs
from perspectives.clients import shared_cache
from perspectives.clients.http import FetchError
from perspectives.queries.publication.changed import changed_since
from perspectives.queries.publication.publication_version import PublicationVersion, VersionClock

SETTLED_SECONDS: Final = 15.0
"""Until then a web process may still give, and the cache keep, an answer made before a publication."""
_NAME: Final = "shared-cache-told"
_log = logging.getLogger(__name__)


class _Told(NamedTuple):
    """The version of which the cache shows nothing older, the one it was told of last, and when that was seen."""

    settled: PublicationVersion | None = None
    version: PublicationVersion | None = None
    seen_at: float = 0.0


def ask() -> None:
    """Have the cache told once the present transaction has committed, where there is one."""
    if settings.PURGE_URL:
        jobs.enqueue(jobs.Job.PURGE_SHARED_CACHE)


def purge() -> None:
    """Tell the cache what was published or retracted, at once and again when it has settled.

    How far that has come is a row in the database's cache: where that is lost, or the cache does not answer, the next
    run tells it all again. Nothing is done without PURGE_URL.
    """
    if not settings.PURGE_URL:
        return
    told: _Told = cache.get(_NAME) or _Told()
    version = VersionClock().known().version
    if told.settled == version:
        return
    now = time.time()
    seen_at = told.seen_at if told.version == version else now
    try:
        shared_cache.purge([shared_cache.SITE, *changed_since(told.settled)])
    except FetchError as error:
        _log.warning("The shared cache was not told what changed; it is told again in a moment: %s", error)
        return
    is_settled = now - seen_at >= SETTLED_SECONDS + settings.PUBLICATION_VERSION_TTL
    cache.set(_NAME, _Told(version if is_settled else told.settled, version, seen_at), timeout=None)
