"""Connections to other people's servers: to public addresses alone, and never beyond a deadline.

Whoever connects looks the name up here, so that the address that was looked at is the one that is connected to. Each
wait gets what is left of the time, so that a server that drips bytes gains nothing by it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import httpcore

from perspectives.rules.sources.public_addresses import is_public

_CONNECT_SECONDS: Final = 5.0
_MOST_TRIES: Final = 3


class PrivateAddressError(Exception):
    """The name leads into a private network, by at least one of its addresses."""


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects until a deadline (of `time.monotonic`); to private addresses only where `is_inside_allowed`."""

    def __init__(self, deadline: float, *, is_inside_allowed: bool) -> None:
        self._deadline = deadline
        self._is_inside_allowed = is_inside_allowed
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of a host's addresses. Raises PrivateAddressError, and httpcore's errors."""
        del timeout
        found = public_addresses(host, port, _left(self._deadline), is_inside_allowed=self._is_inside_allowed)
        *others, last = found[:_MOST_TRIES]
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._connected(address, port, local_address, socket_options)
        return self._connected(last, port, local_address, socket_options)

    def _connected(
        self, address: str, port: int, local_address: str | None, socket_options: Iterable[Any] | None
    ) -> httpcore.NetworkStream:
        seconds = min(_left(self._deadline), _CONNECT_SECONDS)
        stream = self._network.connect_tcp(address, port, seconds, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public_addresses(host: str, port: int, seconds: float, *, is_inside_allowed: bool) -> list[str]:
    """Look all addresses of a host up. Raises PrivateAddressError where one is private, and httpcore's errors."""
    found = _looked_up(host, port, seconds)
    if not is_inside_allowed and not all(map(is_public, found)):
        raise PrivateAddressError(f"{host} is an address inside a private network; it is not fetched.")
    return found


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("The time is over.")
    return seconds


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """Give all addresses of a host. The system's look-up knows no deadline: it is left behind where it takes longer."""
    found: list[str] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))

    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(seconds)
    if looking.is_alive():
        raise httpcore.ConnectTimeout("The name was not found in time.")
    if not found:
        raise httpcore.ConnectError("The name has no address.")
    return found
