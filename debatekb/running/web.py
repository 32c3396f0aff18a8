"""The web server of the application: `python -m debatekb.running.web [--socket NUMBER]`.

Waitress takes a request in whole before a thread works on it and buffers what a slow reader has not read, so that
sockets which drip occupy no thread. Here stand its limits, and what it lacks: deadlines for a request to arrive and for
its answer to be taken, lanes for what costs much, room for whoever comes while others only occupy connections, and an
end that lets requests in progress finish.

Without `--socket`, the number of a listening socket that is inherited, it listens at HOST and PORT.
"""

import argparse
import gc
import json
import logging
import os
import resource
import signal
import socket
import threading
import time
from contextlib import closing, suppress
from importlib import import_module
from typing import Any, cast
from wsgiref.util import setup_testing_defaults

from redis import RedisError
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge

from debatekb.running import probe
from debatekb.running.children import ready
from debatekb.running.lanes import WAITED_TOO_LONG, Lanes
from debatekb.watching.counters import COUNTERS

BACKLOG = 1024
"""Connections that wait until somebody accepts them, while the server starts anew for example."""
LAST_CALL_SECONDS = 2.0
"""How long a server that ends waits for the next request of a connection on which something came a moment ago."""
DATABASE_TIMEOUT = "3.5"
"""Seconds that a page may wait for one answer of PostgreSQL."""
LIMITS: dict[str, Any] = {
    "connection_limit": 4000,
    "channel_timeout": 60,
    "cleanup_interval": 5,
    "max_request_header_size": 65_536,
    "max_request_body_size": 12_000_000,
    "inbuf_overflow": 65_536,
    "outbuf_overflow": 262_144,
}
"""Of one process. Sizes in bytes, times in seconds; beyond the overflows, bodies and answers lie in temporary files.

`channel_timeout` is the time in which a request must have arrived whole, and after which a connection is closed that is
idle or whose answer is not read. No view takes as large a body as this; theirs are the limits with a sentence, this one
ends what no form sends.
"""
TAKING_SECONDS = 600
"""How long a reader may take over one answer."""
MOST_HELD = 250_000_000
"""Bytes of bodies and answers that a process holds for slow senders and readers; beyond it the oldest are given up."""
GIVING_WAY = 0.05
"""Which part of the connections is closed when there are `connection_limit` of them and somebody comes."""


class Task(WSGITask):
    """A request in progress; an answer without a body, such as 304, is no reason to close the connection."""

    def build_response_header(self) -> bytes:
        """Return the head; the answer of a server that ends is the last of its connection."""
        if cast("Server", self.channel.server).is_stopping:
            vars(self.request).setdefault("headers", {})["CONNECTION"] = "close"
        head: bytes = super().build_response_header()
        return head

    def set_close_on_finish(self) -> None:
        """Close the connection after the answer; Waitress wants it of each that has no Content-Length."""
        headers: dict[str, str] = getattr(self.request, "headers", {})
        is_asked_for = headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or is_asked_for or self.version != "1.1":
            super().set_close_on_finish()

    def get_environment(self) -> Any:
        """Give the WSGI environment; it says so if the request has waited too long for a thread."""
        environ = super().get_environment()
        if time.monotonic() > cast("Channel", self.channel).begins_until:
            environ[WAITED_TOO_LONG] = True
        return environ


class Refusal(ErrorTask):
    """An answer of the server alone; to programs, who sent the API too large a body, in the form of its errors."""

    def execute(self) -> None:
        """Write it."""
        request: Any = self.request
        if not (request.path.startswith("/api/") and isinstance(request.error, RequestEntityTooLarge)):
            super().execute()
            return
        most = self.channel.server.adj.max_request_body_size
        problem = {
            "type": "/api/v1/problems/#/problems/content_too_large",
            "title": "Body too large",
            "status": 413,
            "code": "content_too_large",
            "detail": f"The body has more than {most:,} bytes; send it in parts.",
        }
        body = json.dumps(problem).encode()
        self.status = "413 Content Too Large"
        self.response_headers = [("Content-Type", "application/problem+json")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection; bytes of a request that still drips in are no activity."""

    task_class = Task
    error_task_class = Refusal
    began: float | None = None
    served: float | None = None
    """When the last request was answered."""
    begins_until = 0.0
    """Until when the request that waits has to be begun, by the clock of `Lanes`."""

    def received(self, data: bytes) -> bool:
        """Take bytes in; the time of the last activity stays at the first byte of an unfinished request."""
        is_taken: bool = super().received(data)
        if self.request is None:
            self.began = None
        else:
            self.began = self.began or time.time()
            self.last_activity = self.began
        return is_taken

    def service(self) -> None:
        """Answer the first request, in a thread of its lane."""
        super().service()
        self.served = time.time()

    def since(self) -> float:
        """Tell since when nothing whole has come: from the last answer, or the beginning."""
        return self.served or self.creation_time

    def held(self) -> int:
        """Count the bytes that lie here: of an answer that is not read yet, and of a body that is not whole yet."""
        arrived: int = self.request.body_bytes_received if self.request else 0
        return self.total_outbufs_len + arrived

    def is_overdue(self, now: float) -> bool:
        """Return whether a deadline has passed."""
        is_idle: bool = self.last_activity < now - self.adj.channel_timeout
        return is_idle or (self.total_outbufs_len > 0 and self.since() < now - TAKING_SECONDS)

    def give_up(self) -> None:
        """Cut the connection, which the loop then closes.

        Were it closed here, between two questions of the loop, a new connection could get its number at once and be
        taken for the one that is gone.
        """
        with suppress(OSError):
            cast("socket.socket", self.socket).shutdown(socket.SHUT_RDWR)

    def is_busy(self) -> bool:
        """Return whether a request is arriving or worked on, its answer not yet sent, or one may be under way."""
        is_expected = time.time() < self.last_activity + LAST_CALL_SECONDS
        return bool(self.request or self.requests or self.total_outbufs_len) or is_expected


class Server(TcpWSGIServer):
    """The server; asked to stop, it accepts nothing more and ends when the last answer is sent."""

    channel_class = Channel
    is_stopping = False

    def __init__(self, application: Any, **given: Any) -> None:
        self.sockets: dict[int, Any] = {}
        super().__init__(application, map=self.sockets, **given)

    def stop(self, *_: object) -> None:
        """Note the wish to end (a signal handler) and wake the loop, so that the next connection is another's."""
        if not self.is_stopping:
            self.is_stopping = True
            self.pull_trigger()

    def run(self) -> None:
        """Serve until `stop` was called and all is answered; then close all sockets."""
        super().run()
        wasyncore.close_all(self.sockets)

    def readable(self) -> bool:
        """Return whether to accept connections; asked before each turn of the loop. Raises SystemExit at the end."""
        channels = cast("dict[int, Channel]", self.active_channels)
        if self.is_stopping and not any(channel.is_busy() for channel in channels.values()):
            raise SystemExit
        limit = self.adj.connection_limit
        if len(self.sockets) >= limit:
            for channel in self.oldest()[: max(1, int(limit * GIVING_WAY))]:
                channel.give_up()
        return super().readable() and not self.is_stopping

    def maintenance(self, now: float) -> None:
        """Close what is overdue, and the oldest of what holds bytes while all hold too many.

        Waitress would wait until the socket can be written to, which one that nobody reads never can.
        """
        oldest = self.oldest()
        held = sum(channel.held() for channel in oldest)
        for channel in oldest:
            if channel.is_overdue(now) or (held > MOST_HELD and channel.held()):
                held -= channel.held()
                channel.give_up()

    def oldest(self) -> list[Channel]:
        """List the connections of which no request is worked on, those first of which nothing has come for longest."""
        channels = cast("dict[int, Channel]", self.active_channels)
        return sorted((channel for channel in channels.values() if not channel.requests), key=Channel.since)


def listening(host: str, port: int) -> socket.socket:
    """Open a socket whose connections wait until somebody accepts them. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
    opened.settimeout(0)
    return opened


def server(application: Any, opened: socket.socket, lanes: Lanes, **limits: Any) -> Server:
    """Return a server on a listening socket, with `LIMITS` or others; its `run` ends after `stop`."""
    given = {
        **LIMITS,
        "sockets": [opened],
        "backlog": BACKLOG,
        "ident": None,
        "asyncore_use_poll": True,
        # The application itself decides which proxies it believes (TRUSTED_PROXIES).
        "clear_untrusted_proxy_headers": False,
        **limits,
    }
    adjustments = Adjustments(**given)
    where = (opened.family, opened.type, opened.proto, opened.getsockname())
    return Server(application, _sock=opened, dispatcher=lanes, adj=adjustments, sockinfo=where, bind_socket=False)


def warm(application: Any) -> None:
    """Have two pages made before anybody asks, so that the first reader does not wait for what is loaded by the first.

    What they answer does not matter: without a database too there is something to be said.
    """
    for path in ("/", probe.PATH):
        host = probe.allowed_host("127.0.0.1")
        asked: dict[str, Any] = {"PATH_INFO": path, "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": host}
        setup_testing_defaults(asked)
        with closing(application(asked, lambda *_: None)) as answer:
            for _ in answer:
                pass


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", type=int, help="the number of an inherited socket that listens")
    number = parser.parse_args().socket
    address = os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
    opened = listening(*address) if number is None else socket.socket(fileno=number)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.setdefault("DATABASE_TIMEOUT", DATABASE_TIMEOUT)
    gc.disable()  # what is loaded stays, and to look through it again and again would be a fifth of the start
    application = import_module("debatekb.wsgi").application  # sets Django up, which a wrong socket need not wait for
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no news
    warm(application)
    gc.freeze()
    gc.enable()
    serving = import_module("perspectives.serving.lanes")
    running = server(application, opened, Lanes(serving.LANES, serving.lane_of))
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, running.stop)
    threading.Thread(target=COUNTERS.keep_flushing, name="counts", daemon=True).start()
    ready.tell()
    running.run()
    with suppress(RedisError):
        COUNTERS.flush()


if __name__ == "__main__":
    main()
