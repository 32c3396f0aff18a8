"""The one way to other people's servers: guarded, polite, and with a memory.

Only http and https; no address inside our own network, unless the settings name that very server; answers of a bounded
size in a bounded time (`single_request`); three redirects at most, each looked at anew. Whoever reads texts or lists
says how much more they may have (`Bounds`).
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import IO, Any, Final
from urllib.parse import urljoin

import httpcore
import httpx
from django.conf import settings

from perspectives.clients.guarded_network import PrivateAddressError, public_addresses
from perspectives.clients.single_request import (
    Bounds,
    FetchError,
    UnreachableError,
    answered,
    host_of,
    origin_of,
    pieces,
    require_now,
    retry_after,
    web_address,
)
from perspectives.valkey import cache

__all__ = [
    "Answer",
    "Bounds",
    "FetchError",
    "UnreachableError",
    "deliver",
    "get",
    "look",
    "may_be_inside",
    "post",
    "require_public",
]

MOST_BYTES: Final = 2_000_000
MOST_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 3
DELIVERY_SECONDS: Final = 10.0
"""How long somebody's server may take to receive a message."""
FRESH_SECONDS: Final = 86_400
"""For how long an answer is not asked for again."""
OWN_SERVERS: Final = (
    "DOI_RESOLVER_URL", "CROSSREF_URL", "DATACITE_URL", "OPENLIBRARY_URL", "PUBMED_URL", "OPENALEX_URL", "ZOTERO_URL",
    "UNPAYWALL_URL", "RETRACTIONS_URL", "ARCHIVE_URL",
)  # fmt: skip
"""Settings whose servers may lie in our own network: mirrors, and the servers of tests."""
_LOOK_UP_SECONDS: Final = 3.0
_KEPT_SECONDS: Final = 30 * 86_400
"""For how long it is kept, to be asked for on condition that it changed."""
_KEPT_BYTES: Final = 200_000
_KEPT_STATUSES: Final = frozenset({200, 404, 410})
_CONDITIONS: Final = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
"""Header of an answer -> header of the request that gives it back."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})


@dataclass(frozen=True)
class Answer:
    """What a server said in the end, and under which address; names of `headers` are in small letters."""

    status: int
    body: bytes
    address: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_moved: bool = False
    """Whether each server on the way said that the next address is the one to use from now on."""

    def json_object(self) -> dict[str, Any] | None:
        """Read the JSON object that a successful answer holds; None where it is nothing of the kind."""
        try:
            found = json.loads(self.body) if self.status == httpx.codes.OK else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


def get(address: str, *, accept: str) -> Answer:
    """Fetch an address; an answer of the last day is not asked for again, an older one only if it changed.

    Raises FetchError and UnreachableError.
    """
    name = "answer:" + hashlib.sha256(f"{accept}\n{address}".encode()).hexdigest()
    asked_at, kept = _remembered(name)
    if kept and time.time() - asked_at < FRESH_SECONDS:
        return kept
    said = kept.headers if kept else {}
    conditions = {condition: said[header] for header, condition in _CONDITIONS.items() if header in said}
    body = BytesIO()
    bounds = Bounds(MOST_BYTES, MOST_SECONDS, MOST_REDIRECTS)
    answer = look(address, accept=accept, bounds=bounds, into=body, headers=conditions)
    is_unchanged = kept is not None and answer.status == httpx.codes.NOT_MODIFIED
    answer = kept if kept and is_unchanged else replace(answer, body=body.getvalue())
    if answer.status in _KEPT_STATUSES and len(answer.body) <= _KEPT_BYTES:
        _remember(name, answer)
    return answer


def look(
    address: str,
    *,
    accept: str,
    bounds: Bounds,
    into: IO[bytes],
    before: Callable[[str], None] = lambda _: None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Fetch an address as it is now, with the body `into` a file; `before` is called with each address that is asked.

    `headers` go to every server on the way: nothing secret where there may be redirects. Raises FetchError and
    UnreachableError, and what `before` raises.
    """
    deadline, is_moved = time.monotonic() + bounds.most_seconds, True
    for step in range(bounds.most_redirects + 1):
        before(address)
        answer = _asked(address, {"Accept": accept, **(headers or {})}, deadline, bounds, into)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return replace(answer, is_moved=is_moved and step > 0)
        is_moved = is_moved and answer.status in _FOR_GOOD
        try:
            address = urljoin(address, answer.headers["location"])
        except ValueError:
            raise FetchError(f"{host_of(address)} sent us on to an address that is malformed.") from None
    raise FetchError(f"{host_of(address)} sent us on more than {bounds.most_redirects} times.")


def post(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send something to a server that the settings name, once. Raises FetchError and UnreachableError."""
    with _sent(address, body, headers, MOST_SECONDS, is_inside_allowed=True) as response:
        require_now(response.status, httpx.Headers(response.headers), address)
        if not httpx.codes.is_success(response.status):
            raise FetchError(f"{host_of(address)} answered {response.status}.")


def deliver(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, float | None]:
    """Send something to an address that somebody registered, once: the status, and the seconds of Retry-After.

    No redirect is followed, and the body of the answer is not read. Raises FetchError and UnreachableError.
    """
    with _sent(address, body, headers, DELIVERY_SECONDS, is_inside_allowed=may_be_inside(address)) as response:
        return response.status, retry_after(httpx.Headers(response.headers))


def exchange(address: str, body: bytes, headers: Mapping[str, str], *, bounds: Bounds) -> Answer:
    """Send something to a learning platform, once, and give its answer; no redirect is followed.

    Raises FetchError, and UnreachableError where another time may be better.
    """
    is_own, into = origin_of(address) in map(origin_of, settings.LTI_INSIDE), BytesIO()
    with _sent(address, body, headers, bounds.most_seconds, is_inside_allowed=is_own) as response:
        said = httpx.Headers(response.headers)
        require_now(response.status, said, address)
        for piece in pieces(response, said.get("content-encoding", ""), address, bounds):
            into.write(piece)
        return Answer(response.status, into.getvalue(), address, said.get("content-type", ""), dict(said))


def may_be_inside(address: str) -> bool:
    """Whether WEBHOOK_INSIDE names the server of an address, which may then lie in our network, and without TLS."""
    return origin_of(address) in map(origin_of, settings.WEBHOOK_INSIDE)


def require_public(address: str) -> None:
    """Raise FetchError where an address is malformed or leads inside, UnreachableError where it leads nowhere.

    It is looked at anew whenever it is connected to: a name may lead elsewhere by then.
    """
    url = web_address(address)
    try:
        public_addresses(url.host, url.port or 443, _LOOK_UP_SECONDS, is_inside_allowed=may_be_inside(address))
    except PrivateAddressError as error:
        raise FetchError(str(error)) from None
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise UnreachableError(f"{host_of(address)} has no address that could be found.") from error


def _remembered(name: str) -> tuple[float, Answer | None]:
    kept: tuple[float, tuple[int, bytes, str, str, dict[str, str]]] | None = cache.get(name)
    return (kept[0], Answer(*kept[1])) if kept else (0.0, None)


def _remember(name: str, answer: Answer) -> None:
    """Keep an answer as plain values, which the next version of this program can still read."""
    said = {header: answer.headers[header] for header in _CONDITIONS if header in answer.headers}
    values = (answer.status, answer.body, answer.address, answer.content_type, said)
    cache.set(name, (time.time(), values), _KEPT_SECONDS)


@contextmanager
def _sent(
    address: str, body: bytes, headers: Mapping[str, str], seconds: float, *, is_inside_allowed: bool
) -> Iterator[httpcore.Response]:
    deadline = time.monotonic() + seconds
    sized = {**headers, "Content-Length": str(len(body))}
    about: dict[str, Any] = {"body": body, "seconds": seconds, "is_inside_allowed": is_inside_allowed}
    with answered("POST", address, deadline, sized, **about) as response:
        yield response


def _asked(address: str, headers: Mapping[str, str], deadline: float, bounds: Bounds, into: IO[bytes]) -> Answer:
    """Ask one server once; of an answer that sends us on the body is not read."""
    web_address(address)  # refuses what is malformed
    own = [*(getattr(settings, name) for name in OWN_SERVERS), *settings.LTI_INSIDE]
    is_own = origin_of(address) in map(origin_of, own)
    with answered("GET", address, deadline, headers, is_inside_allowed=is_own, seconds=bounds.most_seconds) as response:
        said = httpx.Headers(response.headers)
        if not (response.status in _REDIRECTS and "location" in said):
            require_now(response.status, said, address)
            for piece in pieces(response, said.get("content-encoding", ""), address, bounds):
                into.write(piece)
        return Answer(response.status, b"", address, said.get("content-type", ""), dict(said))
