"""The web server against slow clients, on real sockets, and its end."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from debatekb.running import web

DRIPPING = 100
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
HASTE = {"threads": 2, "channel_timeout": 2, "cleanup_interval": 1, "asyncore_loop_timeout": 0.1}
PATIENCE_SECONDS = 30
WORDS = b"whole"


def application(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """Answer with the length of the body, after as many tenths of a second as the address says."""
    tenths = environ["PATH_INFO"].strip("/")
    if tenths == "same":
        start("304 Not Modified", [])
        return []
    time.sleep(int(tenths or 0) / 10)
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(WORDS)))])
    assert len(body) in {0, 1000}
    return [WORDS]


@pytest.fixture
def running() -> Iterator[tuple[web.Server, int]]:
    """A server in a thread of this process, and its port."""
    with web.listening("127.0.0.1", 0) as opened:
        server = web.server(application, opened, **HASTE)
        thread = threading.Thread(target=server.run)
        thread.start()
        yield server, opened.getsockname()[1]
        server.stop()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def connection(port: int) -> socket.socket:
    """Connect to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def asked(port: int, path: str = "/", length: int = 0) -> bytes:
    """Send one whole request and return the answer."""
    with connection(port) as one:
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        one.sendall(head.encode() + b"x" * length)
        answer = b""
        while piece := one.recv(65_536):
            answer += piece
        return answer


def test_dripping_bodies_and_heads_occupy_no_thread_and_end_at_the_deadline(running: tuple[web.Server, int]) -> None:
    _, port = running
    with ExitStack() as stack:
        slow = [stack.enter_context(connection(port)) for _ in range(DRIPPING)]
        for place, one in enumerate(slow):
            one.sendall(HEAD if place % 2 else HEAD[:20])
        for _ in range(5):
            for one in slow:
                one.sendall(b"x")
            assert asked(port, length=1000).endswith(WORDS)
        ends = time.monotonic() + PATIENCE_SECONDS
        left = set(slow)
        while left and time.monotonic() < ends:
            left = {one for one in left if drips(one)}
            time.sleep(0.1)
        assert left == set()


def drips(one: socket.socket) -> bool:
    """Send one byte more; return whether the connection is still open."""
    try:
        one.sendall(b"x")
        one.settimeout(0)
        return one.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        one.settimeout(PATIENCE_SECONDS)


def test_a_body_that_no_form_sends_is_refused_before_it_is_read(running: tuple[web.Server, int]) -> None:
    _, port = running
    with connection(port) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000000\r\n\r\nx")
        assert one.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_an_answer_without_a_body_keeps_the_connection(running: tuple[web.Server, int]) -> None:
    _, port = running
    with connection(port) as one:
        for _ in range(3):
            one.sendall(b"GET /same HTTP/1.1\r\nHost: a\r\n\r\n")
            assert one.recv(65_536).startswith(b"HTTP/1.1 304 ")


def test_a_request_in_progress_is_answered_before_the_end(running: tuple[web.Server, int]) -> None:
    server, port = running
    answers: list[bytes] = []
    asking = threading.Thread(target=lambda: answers.append(asked(port, "/10")))
    asking.start()
    time.sleep(0.3)
    server.stop()
    asking.join(PATIENCE_SECONDS)
    assert answers[0].endswith(WORDS)


def test_whoever_connects_while_the_server_starts_anew_is_answered() -> None:
    with web.listening("127.0.0.1", 0) as opened:
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(asked(opened.getsockname()[1])))
        asking.start()
        for _ in range(2):
            server = web.server(application, opened.dup(), **HASTE)
            thread = threading.Thread(target=server.run)
            thread.start()
            asking.join(PATIENCE_SECONDS)
            server.stop()
            thread.join(PATIENCE_SECONDS)
            asking = threading.Thread(target=lambda: answers.append(asked(opened.getsockname()[1])))
            asking.start()
        server = web.server(application, opened.dup(), **HASTE)
        threading.Thread(target=server.run).start()
        asking.join(PATIENCE_SECONDS)
        server.stop()
        assert [answer.endswith(WORDS) for answer in answers] == [True] * 3
