"""The web server against slow clients, on real sockets, and its end."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest

from debatekb.running import web
from debatekb.running.lanes import COMMON, WAITED_TOO_LONG, Lane, Lanes

DRIPPING = 100
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
HASTE = {"channel_timeout": 2, "cleanup_interval": 1, "asyncore_loop_timeout": 0.1}
PATIENCE_SECONDS = 30
WORDS = b"whole"
LATE = b"late"
LONG_ANSWER = 20_000_000
"""Bytes: more than the system's buffers of both ends take."""
LANES = {COMMON: Lane(2, 60), "costly": Lane(1, 0.5)}


def application(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """Answer after as many tenths of a second as the address says, or what it asks for."""
    tenths = environ["PATH_INFO"].strip("/")
    if tenths == "same":
        start("304 Not Modified", [])
        return []
    answer = WORDS
    if WAITED_TOO_LONG in environ:
        answer = LATE
    elif tenths == "long":
        answer = b"x" * LONG_ANSWER
    else:
        time.sleep(int(tenths or 0) / 10)
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    assert len(body) in {0, 1000}
    return [answer]


def lane_of(request: Any) -> str:
    """Take what is asked for with a query for costly."""
    return "costly" if request.query else COMMON


@pytest.fixture
def running() -> Iterator[tuple[web.Server, int]]:
    """A server in a thread of this process, and its port."""
    with serving() as server:
        yield server


@contextmanager
def serving(**limits: Any) -> Iterator[tuple[web.Server, int]]:
    """Run a server with limits of its own, and end it."""
    with web.listening("127.0.0.1", 0) as opened:
        server = web.server(application, opened, Lanes(LANES, lane_of), **(HASTE | limits))
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


def test_the_api_says_so_in_the_form_of_its_errors(running: tuple[web.Server, int]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", running[1], timeout=PATIENCE_SECONDS)) as client:
        client.putrequest("POST", "/api/v1/desk/topics/")
        client.putheader("Content-Length", str(web.LIMITS["max_request_body_size"] + 1))
        client.endheaders()
        answer = client.getresponse()
        told = json.load(answer)
    assert (answer.status, answer.getheader("Content-Type")) == (413, "application/problem+json")
    assert (told["status"], told["code"]) == (413, "content_too_large")
    assert "more than 12,000,000 bytes" in told["detail"]


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
            server = web.server(application, opened.dup(), Lanes(LANES), **HASTE)
            thread = threading.Thread(target=server.run)
            thread.start()
            asking.join(PATIENCE_SECONDS)
            server.stop()
            thread.join(PATIENCE_SECONDS)
            asking = threading.Thread(target=lambda: answers.append(asked(opened.getsockname()[1])))
            asking.start()
        server = web.server(application, opened.dup(), Lanes(LANES), **HASTE)
        threading.Thread(target=server.run).start()
        asking.join(PATIENCE_SECONDS)
        server.stop()
        assert [answer.endswith(WORDS) for answer in answers] == [True] * 3


def test_what_costs_much_holds_up_nothing_else_and_is_told_when_it_waits_too_long(
    running: tuple[web.Server, int],
) -> None:
    _, port = running
    answers: list[bytes] = []
    asking = [threading.Thread(target=lambda: answers.append(asked(port, "/3?q"))) for _ in range(6)]
    for one in asking:
        one.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert asked(port).endswith(WORDS)
    assert time.monotonic() - began < 1  # the six take 1.8 seconds one after the other
    for one in asking:
        one.join(PATIENCE_SECONDS)
    done = sum(answer.endswith(WORDS) for answer in answers)
    assert 1 <= done <= 3  # those that began within half a second
    assert sum(answer.endswith(LATE) for answer in answers) == 6 - done


def test_connections_that_only_wait_give_way_to_new_ones() -> None:
    with serving(connection_limit=40, channel_timeout=600) as (_, port), ExitStack() as stack:
        slow = [stack.enter_context(connection(port)) for _ in range(120)]
        for one in slow[:60]:
            one.sendall(HEAD)
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(asked(port)), daemon=True)
        asking.start()
        asking.join(PATIENCE_SECONDS)
        assert answers
        assert answers[0].endswith(WORDS)


def long_answer(port: int) -> socket.socket:
    """Ask for a long answer, and read nothing of it."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect(("127.0.0.1", port))
    one.sendall(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
    return one


def addresses(server: web.Server) -> set[object]:
    """Give the addresses of those who are connected."""
    return {channel.addr for channel in list(server.active_channels.values())}


def left(server: web.Server, seconds: float) -> int:
    """Wait until nobody is connected, or so long, and count the connections."""
    ends = time.monotonic() + seconds
    while (number := len(server.active_channels)) and time.monotonic() < ends:
        time.sleep(0.1)
    return number


def begun(server: web.Server, number: int) -> None:
    """Wait until so many answers lie here."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while sum(bool(channel.held()) for channel in server.oldest()) < number and time.monotonic() < ends:
        time.sleep(0.1)


def test_a_reader_who_stops_reading_is_let_go(running: tuple[web.Server, int]) -> None:
    server, port = running
    with long_answer(port):
        begun(server, 1)
        assert left(server, PATIENCE_SECONDS) == 0


def test_a_reader_who_goes_on_reading_slowly_has_a_deadline(
    running: tuple[web.Server, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, port = running
    monkeypatch.setattr(web, "TAKING_SECONDS", 3)
    with long_answer(port) as one:
        begun(server, 1)
        ends = time.monotonic() + PATIENCE_SECONDS
        while server.active_channels and time.monotonic() < ends:
            one.recv(100_000)
            time.sleep(0.2)
        assert not server.active_channels


def test_the_oldest_are_given_up_when_bodies_and_answers_take_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_HELD", LONG_ANSWER)
    with serving(channel_timeout=600) as (server, port), long_answer(port) as first:
        begun(server, 1)
        with long_answer(port) as second:
            ends = time.monotonic() + PATIENCE_SECONDS
            while first.getsockname() in addresses(server) and time.monotonic() < ends:
                time.sleep(0.1)
            assert addresses(server) == {second.getsockname()}
