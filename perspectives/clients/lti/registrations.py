"""How a platform is asked what it is, and asked to register this tool."""

import io
import json
from collections.abc import Mapping
from typing import Any, Final

from perspectives.clients import http
from perspectives.clients.http import Bounds, FetchError
from perspectives.clients.single_request import host_of

_BOUNDS: Final = Bounds(most_bytes=200_000, most_seconds=10.0, most_redirects=0)
_MADE: Final = (200, 201)


def configuration(address: str) -> dict[str, Any]:
    """Fetch the configuration of a platform. Raises FetchError and UnreachableError."""
    body = io.BytesIO()
    answer = http.look(address, accept="application/json", bounds=_BOUNDS, into=body)
    return _object(answer.status, body.getvalue(), address)


def register(address: str, content: Mapping[str, Any], *, token: str) -> dict[str, Any]:
    """Ask a platform to register this tool, with the token that it gave for this if it gave one, and give its answer.

    Raises FetchError, with what the platform says of its reasons, and UnreachableError.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = http.exchange(address, json.dumps(content).encode(), headers, bounds=_BOUNDS)
    return _object(answer.status, answer.body, address)


def _object(status: int, body: bytes, address: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if status in _MADE and isinstance(found, dict):
        return found
    told = found.get("error_description") or found.get("error") if isinstance(found, dict) else None
    why = f" and said: {told[:200]}" if isinstance(told, str) and told.isprintable() else ""
    raise FetchError(f"{host_of(address)} answered {status} without what was asked for{why}.")
