"""What a shared cache in front of us, such as a CDN, may keep, and the keys by which it forgets (RFC 9213)."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from perspectives.clients.shared_cache import SITE
from perspectives.serving.validators import READS

KEPT_SECONDS: Final = 300
"""How long an answer is kept at most, should the cache not be told to forget it."""
_TARGETED: Final = f"max-age={KEPT_SECONDS}, stale-while-revalidate=30, stale-if-error=270"
"""For shared caches alone: browsers would show an old page too. Nothing is older than `STALE_SECONDS` by it."""
_LIFETIMES: Final = {
    "no-cache": f"public, max-age=0, s-maxage={KEPT_SECONDS}",
    "public, max-age=60": f"public, max-age=60, s-maxage={KEPT_SECONDS}",
}
"""What an answer says without a shared cache, and with one; whatever else it says stays."""
_KEPT: Final = frozenset({200, 304})
_OF_ONE = re.compile(
    r"/(?P<api>api/v1/)?(?:embed/)?"
    r"(?:(?P<kind>topic|article|source)s/(?P<slug>[\w-]+)|claims/(?P<topic>[\w-]+)|passages/(?P<article>[\w-]+))"
)


def keys(path: str) -> list[str]:
    """Name what an answer shows: its topic, article or source, and the site, of which pages always show something."""
    found = _OF_ONE.match(path)
    if not found:
        return [SITE]
    kind = found["kind"] or ("topic" if found["topic"] else "article")
    own = f"{kind}:{found['slug'] or found['topic'] or found['article']}"
    return [own] if found["api"] and kind != "source" and found["slug"] else [SITE, own]


class SharedCacheMiddleware:
    """Lets shared caches keep public answers; not there unless PURGE_URL says whom to tell of publications."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PURGE_URL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        if _is_for_all(request, response):
            lifetime = response["Cache-Control"]
            found = keys(request.path_info)
            response["Surrogate-Key"] = " ".join(found)
            response["Cache-Tag"] = ",".join(found)
            if lifetime in _LIFETIMES:
                response["Cache-Control"] = _LIFETIMES[lifetime]
                response["CDN-Cache-Control"] = _TARGETED
        return response


def _is_for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether an answer is the same for everybody who asks so: no cookie, no key, and said to be kept."""
    if request.method not in READS or response.status_code not in _KEPT or "authorization" in request.headers:
        return False
    lifetime = response.get("Cache-Control", "")
    return not response.cookies and (lifetime in _LIFETIMES or lifetime.endswith("immutable"))
