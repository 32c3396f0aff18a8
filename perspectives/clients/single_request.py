"""One request to somebody else's server: to a public address, in its turn, and no more of the answer than wanted.

The connection is guarded (`guarded_network`) and has a deadline for all, from the first look-up to the last byte; the
body is bounded packed and unpacked.
"""

import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache as cached
from ssl import SSLContext
from typing import Final
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils import timezone

from perspectives.clients.guarded_network import GuardedNetwork, PrivateAddressError

_PACKINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""Encodings that are unpacked, though none is asked for: what `zlib` calls them (`wbits`)."""
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
class Bounds:
    """How much of an answer is taken in, in what time, over how many redirects.

    Where `is_cut` an answer that is larger is read up to there instead of being refused.
    """

    most_bytes: int
    most_seconds: float
    most_redirects: int
    is_cut: bool = False


@contextmanager
def answered(
    method: str,
    address: str,
    deadline: float,
    headers: Mapping[str, str],
    *,
    is_inside_allowed: bool,
    seconds: float,
    body: bytes = b"",
) -> Iterator[httpcore.Response]:
    """Send a request and give the answer, whose body may be read within; `seconds` is the limit that messages name.

    Raises FetchError and UnreachableError.
    """
    url = web_address(address)
    wanted = {"Host": url.netloc.decode(), "Accept-Encoding": "identity", "User-Agent": _user_agent(), **headers}
    _wait_for_turn(host_of(address))
    network = GuardedNetwork(deadline, is_inside_allowed=is_inside_allowed)
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=network) as pool,
            pool.stream(method, target, headers=[*wanted.items()], content=body or None) as response,
        ):
            yield response
    except PrivateAddressError as error:
        raise FetchError(str(error)) from None
    except httpcore.TimeoutException as error:
        is_over = time.monotonic() >= deadline
        words = f"longer than {seconds:.0f} seconds" if is_over else "too long to connect"
        raise UnreachableError(f"{host_of(address)} took {words}.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise UnreachableError(f"{host_of(address)} could not be reached ({type(error).__name__}).") from error


def web_address(address: str) -> httpx.URL:
    """Read an address. Raises FetchError where it is none that is fetched."""
    try:
        parts = urlsplit(address)
        url = httpx.URL(address)
        is_web = parts.scheme in {"http", "https"} and bool(url.host) and "@" not in parts.netloc
        is_same = parts.port == url.port or url.port is None
    except (ValueError, httpx.InvalidURL):
        raise FetchError("The address is malformed.") from None
    if not is_web or not is_same:
        raise FetchError("Only addresses that begin with http:// or https:// are fetched.")
    return url


def pieces(response: httpcore.Response, encoding: str, address: str, bounds: Bounds) -> Iterator[bytes]:
    """Read the body; neither as it comes nor unpacked is more of it taken in than the bounds allow."""
    packing = encoding.strip().lower()
    if packing not in {"", "identity", *_PACKINGS}:
        raise FetchError(f"{host_of(address)} packed its answer in a way that was not asked for ({packing[:30]!r}).")
    unpacker = zlib.decompressobj(_PACKINGS[packing]) if packing in _PACKINGS else None
    most, came, given = bounds.most_bytes, 0, 0
    try:
        for piece in response.iter_stream():
            came += len(piece)
            plain = unpacker.decompress(piece, most + 1 - given) if unpacker else piece
            given += len(plain)
            if max(came, given) > most:
                if bounds.is_cut:
                    return
                raise FetchError(f"{host_of(address)} sent more than {most:,} bytes.")
            yield plain
    except zlib.error:
        raise FetchError(f"{host_of(address)} sent an answer that cannot be unpacked.") from None


def require_now(status: int, headers: Mapping[str, str], address: str) -> None:
    """Raise UnreachableError where a status says that another time may be better."""
    if status in _NOT_NOW:
        words = f"{host_of(address)} answered {status}: not now."
        raise UnreachableError(words, retry_after=retry_after(headers), is_whole_host=status in {429, 503})


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Give for how many seconds a server wants to be left alone; None where it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return None


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


@cached
def _certificates() -> SSLContext:
    return httpcore.default_ssl_context()


def _user_agent() -> str:
    where = ", ".join(filter(None, (settings.SITE_URL, settings.CONTACT)))
    return f"DebateKB/1 ({where})"


def origin_of(address: str) -> tuple[str, str, int | None]:
    """Give what two addresses of one server share."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port


def host_of(address: str) -> str:
    """Name the server of an address in messages."""
    return urlsplit(address).hostname or "The server"
