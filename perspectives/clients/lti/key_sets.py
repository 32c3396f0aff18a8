"""The public keys of platforms: fetched guarded and bounded, kept for a while, asked for again where one is unknown."""

import io
import json
import time
from typing import Any, Final

import jwt

from perspectives.clients import http
from perspectives.clients.http import Bounds, FetchError
from perspectives.valkey import cache

KEPT_SECONDS: Final = 3600
AGAIN_SECONDS: Final = 30
"""How long a platform is left alone after its keys were fetched, however many unknown keys are named meanwhile."""
_ASKING, _ASKED = "asking", "asked"
_WAITED_SECONDS: Final = 2.0
"""For no longer: a slow platform must not keep many of our threads busy."""
_PAUSE_SECONDS: Final = 0.05
_BOUNDS: Final = Bounds(most_bytes=200_000, most_seconds=10.0, most_redirects=1)


def key(registration_id: int, address: str, kid: str) -> jwt.PyJWK | None:
    """Find a key of a platform by its id; where the kept ones have none such, they are fetched anew, seldom.

    Of launches that come at once with a new key one fetches, and the others wait for it for a moment. Raises FetchError
    and UnreachableError.
    """
    name, turn = f"lti:keys:{registration_id}:{address}"[:240], f"lti:asked:{registration_id}"
    found = cache.get(name) or {}
    if kid not in found and cache.add(turn, _ASKING, AGAIN_SECONDS):
        try:
            found = _fetched(address)
            cache.set(name, found, KEPT_SECONDS)
        finally:
            cache.set(turn, _ASKED, AGAIN_SECONDS)
    elif kid not in found:
        deadline = time.monotonic() + _WAITED_SECONDS
        while cache.get(turn) == _ASKING and time.monotonic() < deadline:
            time.sleep(_PAUSE_SECONDS)
        found = cache.get(name) or {}
    return jwt.PyJWK(found[kid]) if kid in found else None


def _fetched(address: str) -> dict[str, Any]:
    body = io.BytesIO()
    answer = http.look(address, accept="application/json", bounds=_BOUNDS, into=body)
    try:
        keys = json.loads(body.getvalue())["keys"]
        usable = [one for one in keys if one["kty"] == "RSA" and one.get("use", "sig") == "sig"]
        return {one["kid"]: _public(one) for one in usable if one.get("alg", "RS256") == "RS256"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, jwt.PyJWTError):
        raise FetchError(f"{address} answered {answer.status} without keys that can be read.") from None


def _public(key: dict[str, Any]) -> dict[str, Any]:
    """Give what is needed of a key. Raises KeyError, and PyJWTError where it is none."""
    needed = {**{name: key[name] for name in ("kty", "n", "e", "kid")}, "alg": "RS256"}
    jwt.PyJWK(needed)
    return needed
