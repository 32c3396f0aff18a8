"""The web server of the application: `python -m debatekb.running.web [--socket NUMBER]`.

Waitress takes a request in whole before a thread works on it and buffers what a slow reader has not read, so that
sockets which drip occupy no thread. Here stand its limits, and what it lacks: a deadline for a request to arrive, and
an end that lets requests in progress finish.

Without `--socket`, the number of a listening socket that is inherited, it listens at HOST and PORT.
"""

import argparse
import logging
import os
import resource
import signal
import socket
import time
from contextlib import closing
from importlib import import_module
from typing import Any, cast
from wsgiref.util import setup_testing_defaults

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from debatekb.running import probe
from debatekb.running.children import ready

BACKLOG = 1024
"""Connections that wait until somebody accepts them, while the server starts anew for example."""
LAST_CALL_SECONDS = 2.0
"""How long a server that ends waits for the next request of a connection on which something came a moment ago."""
DATABASE_TIMEOUT = "3.5"
"""Seconds that a page may wait for one answer of PostgreSQL."""
LIMITS: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 4000,
    "channel_timeout": 60,
    "cleanup_interval": 5,
    "max_request_header_size": 65_536,
    "max_request_body_size": 12_000_000,
    "inbuf_overflow": 65_536,
    "outbuf_overflow": 262_144,
}
"""Of one process. Sizes in bytes, times in seconds; beyond the overflows, bodies and answers lie in temporary files.

`channel_timeout` is the time in which a request must have arrived whole, and after which an idle connection is closed.
No view takes as large a body as this; theirs are the limits with a sentence, this one ends what no form sends.
"""


class Task(WSGITask):
    """A request in progress; an answer without a body, such as 304, is no reason to close the connection."""

    def build_response_header(self) -> bytes:
        """Return the head; the answer of a server that ends is the last of its connection."""
        headers: dict[str, str] = getattr(self.request, "headers", {})
        if cast("Server", self.channel.server).is_stopping:
            headers["CONNECTION"] = "close"
        head: bytes = super().build_response_header()
        return head

    def set_close_on_finish(self) -> None:
        """Close the connection after the answer; Waitress wants it of each that has no Content-Length."""
        headers: dict[str, str] = getattr(self.request, "headers", {})
        is_asked_for = headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or is_asked_for or self.version != "1.1":
            super().set_close_on_finish()


class Channel(HTTPChannel):
    """A connection; bytes of a request that still drips in are no activity."""

    task_class = Task
    began: float | None = None

    def received(self, data: bytes) -> bool:
        """Take bytes in; the time of the last activity stays at the first byte of an unfinished request."""
        is_taken: bool = super().received(data)
        if self.request is None:
            self.began = None
        else:
            self.began = self.began or time.time()
            self.last_activity = self.began
        return is_taken

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
        return super().readable() and not self.is_stopping


def listening(host: str, port: int) -> socket.socket:
    """Open a socket whose connections wait until somebody accepts them. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
    opened.settimeout(0)
    return opened


def server(application: Any, opened: socket.socket, **limits: Any) -> Server:
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
    return Server(application, _sock=opened, adj=adjustments, sockinfo=where, bind_socket=False)


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
    application = import_module("debatekb.wsgi").application  # sets Django up, which a wrong socket need not wait for
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no news
    warm(application)
    running = server(application, opened)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, running.stop)
    ready.tell()
    running.run()


if __name__ == "__main__":
    main()
