"""What servers ask programs not to fetch (robots.txt, RFC 9309)."""

from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from perspectives.clients import http

_AGENT: Final = "DebateKB"
_OK: Final = 200


class DisallowedError(http.FetchError):
    """The server asks programs not to fetch this address; the message is a sentence."""


def require(address: str) -> None:
    """Ask a server, once a day, whether a program may fetch an address there.

    Raises DisallowedError, and UnreachableError where the server does not answer. One that has no such file allows all.
    """
    parts = urlsplit(address)
    try:
        answer = http.get(f"{parts.scheme}://{parts.netloc}/robots.txt", accept="text/plain")
    except http.UnreachableError:
        raise
    except http.FetchError:
        return  # it is too large, or leads nowhere: nothing that could be read is said
    if answer.status != _OK:
        return
    rules = RobotFileParser()
    rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
    if not rules.can_fetch(_AGENT, address):
        raise DisallowedError(f"{parts.hostname} asks programs not to fetch this address (robots.txt).")
