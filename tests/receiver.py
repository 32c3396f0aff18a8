"""A server that takes the messages of webhooks, in every way in which such a server may behave."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

HANGING_SECONDS = 60.0


class Received(NamedTuple):
    """A message that arrived."""

    path: str
    headers: Message
    body: bytes


class Receiver(ThreadingHTTPServer):
    """Answers each path with the status of `statuses`, 200 where none is set; `hang` never does until it is let go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.statuses: dict[str, int] = {}
        self.answer_headers: dict[str, str] = {}
        self.received: list[Received] = []
        self.is_let_go = threading.Event()

    def paths(self) -> list[str]:
        """Give the paths at which messages arrived, in order."""
        return [one.path for one in self.received]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.is_let_go.set()
    server.shutdown()
    thread.join()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(Received(self.path, self.headers, body))
        if self.path == "/hang":
            self.server.is_let_go.wait(HANGING_SECONDS)
        self.send_response(self.server.statuses.get(self.path, 200))
        for name, value in self.server.answer_headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass
