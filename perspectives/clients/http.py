"""The one way to other people's servers: guarded, polite, and with a memory.

Only http and https; no address inside our own network, unless the settings name that very server; answers of a bounded
size, packed and unpacked, in a bounded time from the first look-up to the last byte; three redirects at most, each
looked at anew (`guarded_network`). Whoever reads texts or lists says how much more they may have (`Bounds`).
"""

import hashlib
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache as cached
from io import BytesIO
from ssl import SSLContext
from typing import IO, Any, Final
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils import timezone

from perspectives.clients.guarded_network import GuardedNetwork, PrivateAddressError, public_addresses
from perspectives.valkey import cache

MOST_BYTES: Final = 2_000_000
MOST_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 3
DELIVERY_SECONDS: Final = 10.0
"""How long somebody's server may take to receive a message."""
_LOOK_UP_SECONDS: Final = 3.0
_KEPT_SECONDS: Final = 86_400
_KEPT_BYTES: Final = 200_000
_KEPT_STATUSES: Final = frozenset({200, 404, 410})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})
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
class Answer:
    """What a server said in the end, and under which address."""

    status: int
    body: bytes
    address: str
    content_type: str
    is_moved: bool = False
    """Whether each server on the way said that the next address is the one to use from now on."""

    def json_object(self) -> dict[str, Any] | None:
        """Read the JSON object that a successful answer holds; None where it is nothing of the kind."""
        try:
            found = json.loads(self.body) if self.status == httpx.codes.OK else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True)
class Bounds:
    """How much of an answer is taken in, in what time, over how many redirects.

    Where `is_cut` an answer that is larger is read up to there instead of being refused.
    """

    most_bytes: int
    most_seconds: float
    most_redirects: int
    is_cut: bool = False


def get(address: str, *, accept: str) -> Answer:
    """Fetch an address; an answer of the last day is not asked for again. Raises FetchError and UnreachableError."""
    name = "fetched:" + hashlib.sha256(f"{accept}\n{address}".encode()).hexdigest()
    kept: tuple[int, bytes, str, str] | None = cache.get(name)
    if kept is not None:
        return Answer(*kept)
    body = BytesIO()
    answer = look(address, accept=accept, bounds=Bounds(MOST_BYTES, MOST_SECONDS, MOST_REDIRECTS), into=body)
    answer = replace(answer, body=body.getvalue())
    if answer.status in _KEPT_STATUSES and len(answer.body) <= _KEPT_BYTES:
        cache.set(name, (answer.status, answer.body, answer.address, answer.content_type), _KEPT_SECONDS)
    return answer


def look(
    address: str, *, accept: str, bounds: Bounds, into: IO[bytes], before: Callable[[str], None] = lambda _: None
) -> Answer:
    """Fetch an address as it is now, with the body `into` a file; `before` is called with each address that is asked.

    Raises FetchError and UnreachableError, and what `before` raises.
    """
    deadline, is_moved = time.monotonic() + bounds.most_seconds, True
    for step in range(bounds.most_redirects + 1):
        before(address)
        answer, location = _asked(address, accept, deadline, bounds, into)
        if location is None:
            return replace(answer, is_moved=is_moved and step > 0)
        is_moved = is_moved and answer.status in _FOR_GOOD
        try:
            address = urljoin(address, location)
        except ValueError:
            raise FetchError(f"{_host(address)} sent us on to an address that is malformed.") from None
    raise FetchError(f"{_host(address)} sent us on more than {bounds.most_redirects} times.")


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send something to a server that the settings name, once. Raises FetchError and UnreachableError."""
    with _sent(address, body, headers, MOST_SECONDS, is_inside_allowed=True) as response:
        _require_now(response.status, httpx.Headers(response.headers), address)
        if not httpx.codes.is_success(response.status):
            raise FetchError(f"{_host(address)} answered {response.status}.")


def deliver(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, float | None]:
    """Send something to an address that somebody registered, once: the status, and the seconds of Retry-After.

    No redirect is followed, and the body of the answer is not read. Raises FetchError and UnreachableError.
    """
    with _sent(address, body, headers, DELIVERY_SECONDS, is_inside_allowed=may_be_inside(address)) as response:
        return response.status, _retry_after(httpx.Headers(response.headers))


def may_be_inside(address: str) -> bool:
    """Whether WEBHOOK_INSIDE names the server of an address, which may then lie in our network, and without TLS."""
    return _origin(address) in map(_origin, settings.WEBHOOK_INSIDE)


def require_public(address: str) -> None:
    """Raise FetchError where an address is malformed or leads inside, UnreachableError where it leads nowhere.

    It is looked at anew whenever it is connected to: a name may lead elsewhere by then.
    """
    url = _url(address)
    try:
        public_addresses(url.host, url.port or 443, _LOOK_UP_SECONDS, is_inside_allowed=may_be_inside(address))
    except PrivateAddressError as error:
        raise FetchError(str(error)) from None
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise UnreachableError(f"{_host(address)} has no address that could be found.") from error


@contextmanager
def _sent(
    address: str, body: bytes, headers: Mapping[str, str], seconds: float, *, is_inside_allowed: bool
) -> Iterator[httpcore.Response]:
    deadline = time.monotonic() + seconds
    sized = {**headers, "Content-Length": str(len(body))}
    about: dict[str, Any] = {"body": body, "seconds": seconds, "is_inside_allowed": is_inside_allowed}
    with _answered("POST", address, deadline, sized, **about) as response:
        yield response


def _asked(address: str, accept: str, deadline: float, bounds: Bounds, into: IO[bytes]) -> tuple[Answer, str | None]:
    """Ask one server once: its answer, and where it sends us on."""
    _url(address)  # refuses what is malformed
    own = (
        settings.DOI_RESOLVER_URL, settings.CROSSREF_URL, settings.OPENLIBRARY_URL, settings.RETRACTIONS_URL,
        settings.ARCHIVE_URL,
    )  # fmt: skip
    is_own = _origin(address) in map(_origin, own)
    with _answered(
        "GET", address, deadline, {"Accept": accept}, is_inside_allowed=is_own, seconds=bounds.most_seconds
    ) as response:
        said = httpx.Headers(response.headers)
        if response.status in _REDIRECTS and "location" in said:
            return Answer(response.status, b"", address, ""), said["location"]
        _require_now(response.status, said, address)
        for piece in _pieces(response, said.get("content-encoding", ""), address, bounds):
            into.write(piece)
        return Answer(response.status, b"", address, said.get("content-type", "")), None


@contextmanager
def _answered(
    method: str,
    address: str,
    deadline: float,
    headers: Mapping[str, str],
    *,
    is_inside_allowed: bool,
    body: bytes = b"",
    seconds: float | None = None,
) -> Iterator[httpcore.Response]:
    """Send a request and give the answer, whose body may be read within. Raises FetchError and UnreachableError."""
    url = _url(address)
    wanted = {"Host": url.netloc.decode(), "Accept-Encoding": "identity", "User-Agent": _user_agent(), **headers}
    _wait_for_turn(_host(address))
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
        is_over, most = time.monotonic() >= deadline, seconds or MOST_SECONDS
        words = f"longer than {most:.0f} seconds" if is_over else "too long to connect"
        raise UnreachableError(f"{_host(address)} took {words}.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise UnreachableError(f"{_host(address)} could not be reached ({type(error).__name__}).") from error


def _url(address: str) -> httpx.URL:
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


@cached
def _certificates() -> SSLContext:
    return httpcore.default_ssl_context()


def _require_now(status: int, headers: Mapping[str, str], address: str) -> None:
    if status in _NOT_NOW:
        words = f"{_host(address)} answered {status}: not now."
        raise UnreachableError(words, retry_after=_retry_after(headers), is_whole_host=status in {429, 503})


def _retry_after(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return None


def _pieces(response: httpcore.Response, encoding: str, address: str, bounds: Bounds) -> Iterator[bytes]:
    """Read the body; neither as it comes nor unpacked is more of it taken in than the bounds allow."""
    packing = encoding.strip().lower()
    if packing not in {"", "identity", *_PACKINGS}:
        raise FetchError(f"{_host(address)} sent an answer packed in a way that was not asked for ({packing[:30]!r}).")
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
                raise FetchError(f"{_host(address)} sent more than {most:,} bytes.")
            yield plain
    except zlib.error:
        raise FetchError(f"{_host(address)} sent an answer that cannot be unpacked.") from None


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
