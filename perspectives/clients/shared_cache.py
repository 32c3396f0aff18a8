"""The shared cache in front of the site, such as a CDN: it forgets by keys."""

import json
from collections.abc import Sequence
from typing import Final

from django.conf import settings

from perspectives.clients import http

SITE: Final = "site"
"""The key of all that may change with any publication."""
MOST_KEYS: Final = 30
"""How many a CDN takes at once."""


def purge(keys: Sequence[str]) -> None:
    """Have the cache forget all that has one of the keys. Raises FetchError and UnreachableError.

    The keys stand in the header `Surrogate-Key` and as `tags` in the body; the token of PURGE_TOKEN proves who asks.
    """
    for first in range(0, len(keys), MOST_KEYS):
        some = keys[first : first + MOST_KEYS]
        headers = {"Surrogate-Key": " ".join(some), "Content-Type": "application/json"}
        if settings.PURGE_TOKEN:
            headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
        http.post(settings.PURGE_URL, json.dumps({"tags": some}).encode(), headers)
