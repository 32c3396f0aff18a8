"""The public keys of platforms: fetched guarded and bounded, kept for a while, asked for again where one is unknown."""

import io
import json
from typing import Any, Final

import jwt

from perspectives.clients import http
from perspectives.clients.http import Bounds, FetchError
from perspectives.valkey import cache

KEPT_SECONDS: Final = 3600
AGAIN_SECONDS: Final = 30
"""How long a platform is left alone after its keys were fetched, however many unknown keys are named meanwhile."""
_BOUNDS: Final = Bounds(most_bytes=200_000, most_seconds=10.0, most_redirects=1)


def key(registration_id: int, address: str, kid: str) -> jwt.PyJWK | None:
    """Find a key of a platform by its id; where the kept ones have none such, they are fetched anew, seldom.

    Raises FetchError and UnreachableError.
    """
    name = f"lti:keys:{registration_id}:{address}"[:240]
    known = cache.get(name)
    if known is not None and kid in known:
        return jwt.PyJWK(known[kid])
    if not cache.add(f"lti:asked:{registration_id}", 1, AGAIN_SECONDS):
        return None
    found = _fetched(address)
    cache.set(name, found, KEPT_SECONDS)
    return jwt.PyJWK(found[kid]) if kid in found else None


def _fetched(address: str) -> dict[str, Any]:
    body = io.BytesIO()
    answer = http.look(address, accept="application/json", bounds=_BOUNDS, into=body)
    try:
        keys = json.loads(body.getvalue())["keys"]
        usable = [one for one in keys if one["kty"] == "RSA" and one.get("use", "sig") == "sig"]
        return {one["kid"]: {**_public(one), "alg": "RS256"} for one in usable if one.get("alg", "RS256") == "RS256"}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FetchError(f"{address} answered {answer.status} without keys that can be read.") from None


def _public(key: dict[str, Any]) -> dict[str, Any]:
    return {name: key[name] for name in ("kty", "n", "e", "kid")}
