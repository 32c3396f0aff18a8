"""A light loader: processes that each keep one connection busy with ready-made requests, and do next to nothing else.

A loader reads the status and Content-Length of an answer and counts its bytes; all its own work is a few
microseconds a request, which it reports, so that the client's share of a figure is known.
"""

import multiprocessing
import random
import re
import resource
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_BUFFER_BYTES = 1 << 21
_PATIENCE_SECONDS = 30.0
_PER_KIB = 1024


class BadAnswerError(Exception):
    """An answer that is not what was asked for, so the figures would not mean what they say."""


@dataclass(frozen=True)
class Line:
    """What one line of the table asks for: requests, the status that each must have, and its least length in bytes."""

    name: str
    requests: Sequence[bytes]
    status: int
    least_bytes: int


@dataclass(frozen=True)
class Turn:
    """What one loader did in one turn: the seconds of each request, from when to when, and its own processor time."""

    seconds: Sequence[float]
    began: float
    ended: float
    own_cpu: float
    received: int


def request(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Write a GET request that keeps its connection."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


class Asker:
    """A connection that is used again and again."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = memoryview(bytearray(_BUFFER_BYTES))

    def ask(self, asked: bytes) -> tuple[int, bytes, memoryview]:
        """Ask and return status, head and body; the body is valid until the next call. Raises BadAnswerError."""
        self.socket.sendall(asked)
        got, end = 0, -1
        while end < 0:
            got = self._receive(got)
            head = bytes(self.buffer[:got]) if got < _PER_KIB else bytes(self.buffer[: 4 * _PER_KIB])
            end = head.find(_HEAD_END)
        head = head[:end]
        status, length = int(head[9:12]), _LENGTH.search(head)
        begin = end + len(_HEAD_END)
        whole = begin + (int(length[1]) if length else 0)
        if length is None and status != 304:  # noqa: PLR2004 - Not Modified, which has no body
            raise BadAnswerError(f"An answer has no Content-Length: {head[:200]!r}")
        while got < whole:
            got = self._receive(got)
        return status, head, self.buffer[begin:whole]

    def _receive(self, got: int) -> int:
        more = self.socket.recv_into(self.buffer[got:])
        if not more:
            raise BadAnswerError("The server closed the connection.")
        return got + more

    def close(self) -> None:
        """Close the connection."""
        self.socket.close()


class Loaders:
    """Loader processes, one a connection; each goes through a line's requests in a seeded order of its own."""

    def __init__(self, port: int, lines: Sequence[Line], connections: int) -> None:
        context = multiprocessing.get_context("fork")  # this process has no threads; a new one would import it all
        self.pipes: list[Connection[Any, Any]] = []
        self.processes = []
        for seed in range(connections):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, [*self.pipes, ours], port, lines, seed), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.processes.append(process)

    def run(self, line: int, seconds: float) -> list[Turn]:
        """Let all ask for the line with this number at once, for so many seconds. Raises BadAnswerError."""
        for pipe in self.pipes:
            pipe.send((line, seconds))
        answers = [pipe.recv() for pipe in self.pipes]
        turns = [answer for answer in answers if isinstance(answer, Turn)]
        for answer in answers:
            if isinstance(answer, str):
                raise BadAnswerError(answer)
        return turns

    def end(self) -> None:
        """End the processes."""
        for pipe in self.pipes:
            pipe.close()
        for process in self.processes:
            process.join(timeout=5)
            process.kill()


def _work(
    pipe: "Connection[Any, Any]",
    ends_of_parent: Sequence["Connection[Any, Any]"],
    port: int,
    lines: Sequence[Line],
    seed: int,
) -> None:
    """Serve as a loader until the parent closes the pipe, also by dying; Ctrl-C is the parent's matter."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in ends_of_parent:
        end.close()
    asker = Asker(port)
    orders = [random.Random(seed).sample(range(len(line.requests)), len(line.requests)) for line in lines]
    places = [0] * len(lines)
    with suppress(EOFError, BrokenPipeError):  # the parent has gone, or needs nothing more
        while True:
            number, seconds = pipe.recv()
            try:
                answer, places[number] = _turn(asker, lines[number], orders[number], places[number], seconds)
            except (BadAnswerError, OSError, ValueError) as error:
                pipe.send(f"{lines[number].name}: {error}")
            else:
                pipe.send(answer)


def _turn(asker: Asker, line: Line, order: Sequence[int], place: int, seconds: float) -> tuple[Turn, int]:
    """Ask for `seconds`, at least once; return what was measured and where in the order to go on."""
    requests = [line.requests[index] for index in order]
    taken: list[float] = []
    received = 0
    clock = time.perf_counter
    cpu = _cpu_seconds()
    began = now = clock()
    until = began + seconds
    while now < until or not taken:
        sent = now
        status, head, body = asker.ask(requests[place])
        now = clock()
        taken.append(now - sent)
        place = (place + 1) % len(requests)
        received += len(body)
        if status != line.status or len(body) < line.least_bytes:
            raise BadAnswerError(f"answered {status} with {len(body)} bytes: {head[:200]!r} {bytes(body[:200])!r}")
    return Turn(taken, began, now, _cpu_seconds() - cpu, received), place


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
