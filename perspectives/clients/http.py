"""The one way to other people's servers: guarded, polite, and with a memory.

Only http and https; no address inside our own network, unless the settings name that very server; answers of a bounded
size in a bounded time; three redirects at most, each looked at anew. The connection goes to the address that was looked
at, so that a name cannot lead elsewhere a moment later.
"""

import hashlib
import ipaddress
import json
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings
from django.utils import timezone

from perspectives.valkey import cache

MOST_BYTES: Final = 2_000_000
MOST_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 3
_CONNECT_SECONDS: Final = 5.0
_KEPT_SECONDS: Final = 86_400
_KEPT_BYTES: Final = 200_000
_KEPT_STATUSES: Final = frozenset({200, 404, 410})
_NOT_NOW: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOST_HOSTS: Final = 1000
"""With more hosts than these, those whose turn is long over are forgotten."""
_TURN = threading.Lock()
_NEXT_TURN: dict[str, float] = {}


class FetchError(Exception):
    """It could not be fetched, and trying again will not help; the message is a sentence."""


class UnreachableError(FetchError):
    """It could not be fetched now; later it may. `retry_after` is in seconds, None where the server did not say."""

    def __init__(self, message: str, *, retry_after: float | None = None, is_whole_host: bool = True) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.is_whole_host = is_whole_host


@dataclass(frozen=True)
class Answer:
    """What a server said in the end, and under which address."""

    status: int
    body: bytes
    address: str
    content_type: str

    def json_object(self) -> dict[str, Any] | None:
        """Read the JSON object that a successful answer holds; None where it is nothing of the kind."""
        try:
            found = json.loads(self.body) if self.status == httpx.codes.OK else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


def get(address: str, *, accept: str) -> Answer:
    """Fetch an address; an answer of the last day is not asked for again. Raises FetchError and UnreachableError."""
    name = "fetched:" + hashlib.sha256(f"{accept}\n{address}".encode()).hexdigest()
    kept: tuple[int, bytes, str, str] | None = cache.get(name)
    if kept is not None:
        return Answer(*kept)
    answer = _followed(address, accept)
    if answer.status in _KEPT_STATUSES and len(answer.body) <= _KEPT_BYTES:
        cache.set(name, (answer.status, answer.body, answer.address, answer.content_type), _KEPT_SECONDS)
    return answer


def _followed(address: str, accept: str) -> Answer:
    deadline = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        answer, location = _asked(address, accept, deadline)
        if location is None:
            return answer
        address = urljoin(address, location)
    raise FetchError(f"{_host(address)} sent us on more than {MOST_REDIRECTS} times.")


def _asked(address: str, accept: str, deadline: float) -> tuple[Answer, str | None]:
    """Ask one server once: its answer, and where it sends us on."""
    pinned, headers, extensions = _target(address)
    headers |= {"Accept": accept, "User-Agent": _user_agent()}
    _wait_for_turn(_host(address))
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(MOST_SECONDS, connect=_CONNECT_SECONDS), trust_env=False) as client,
            client.stream("GET", pinned, headers=headers, extensions=extensions) as response,
        ):
            if response.has_redirect_location:
                return Answer(response.status_code, b"", address, ""), response.headers["location"]
            _require_now(response, address)
            body = _body(response, address, deadline)
            return Answer(response.status_code, body, address, response.headers.get("content-type", "")), None
    except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL) as error:
        raise UnreachableError(f"{_host(address)} could not be reached ({type(error).__name__}).") from error


def _target(address: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Look an address up and write it so that the connection goes just there: URL, headers, extensions."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise FetchError("The address is malformed.") from None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        raise FetchError("Only addresses that begin with http:// or https:// are fetched.")
    found = _looked_up(host, port or (443 if parts.scheme == "https" else 80))
    own = (settings.DOI_RESOLVER_URL, settings.CROSSREF_URL, settings.OPENLIBRARY_URL)
    if _origin(address) not in map(_origin, own):
        for one in found:
            if not ipaddress.ip_address(one).is_global or ipaddress.ip_address(one).is_multicast:
                raise FetchError(f"{host} is an address inside a private network; it is not fetched.")
    place = f"[{found[0]}]" if ":" in found[0] else found[0]
    pinned = parts._replace(netloc=f"{place}:{port}" if port else place, fragment="").geturl()
    return pinned, {"Host": parts.netloc}, {"sni_hostname": host}


def _looked_up(host: str, port: int) -> list[str]:
    try:
        return [str(row[4][0]).partition("%")[0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise UnreachableError(f"{host} could not be found; is the network there?") from None


def _require_now(response: httpx.Response, address: str) -> None:
    if response.status_code in _NOT_NOW:
        is_whole_host = response.status_code in {429, 503}
        words = f"{_host(address)} answered {response.status_code}: not now."
        raise UnreachableError(words, retry_after=_retry_after(response.headers), is_whole_host=is_whole_host)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return None


def _body(response: httpx.Response, address: str, deadline: float) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise FetchError(f"{_host(address)} sent more than {MOST_BYTES:,} bytes.")
        if time.monotonic() > deadline:
            raise UnreachableError(f"{_host(address)} took longer than {MOST_SECONDS:.0f} seconds.")
    return bytes(body)


def _wait_for_turn(host: str) -> None:
    """Let time pass between two questions of this process to one host."""
    with _TURN:
        now = time.monotonic()
        turn = max(now, _NEXT_TURN.get(host, now))
        _NEXT_TURN[host] = turn + settings.INTAKE_HOST_DELAY_SECONDS
        if len(_NEXT_TURN) > _MOST_HOSTS:
            for old in [name for name, at in _NEXT_TURN.items() if at < now]:
                del _NEXT_TURN[old]
    time.sleep(turn - now)


def _user_agent() -> str:
    where = ", ".join(filter(None, (settings.SITE_URL, settings.CONTACT)))
    return f"DebateKB/1 ({where})"


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port


def _host(address: str) -> str:
    return urlsplit(address).hostname or "The server"
