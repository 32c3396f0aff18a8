"""Readers who ask again and again, and write down what they got and how long they had to wait."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

EVERY_SECONDS = 0.04
PATIENCE_SECONDS = 60


class Reader:
    """Asks for `path` each 40 ms, on a new connection each time or on one that is kept while the server keeps it."""

    def __init__(self, port: int, path: str, *, keeps_connection: bool = False) -> None:
        self.port = port
        self.path = path
        self.keeps_connection = keeps_connection
        self.connection: http.client.HTTPConnection | None = None
        self.answers: list[tuple[float, int, str]] = []
        """When each came, its status, and the error where there was none."""
        self.is_stopping = threading.Event()

    def run(self) -> None:
        """Ask until the end is asked for."""
        while not self.is_stopping.wait(EVERY_SECONDS):
            try:
                status, error = self.ask(), ""
            except (OSError, http.client.HTTPException) as raised:
                status, error = 0, repr(raised)
                self.connection = None
            self.answers.append((time.monotonic(), status, error))
        if self.connection is not None:
            self.connection.close()

    def ask(self) -> int:
        """Ask once; return the status."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        self.connection.request("GET", self.path)
        response = self.connection.getresponse()
        response.read()
        if not self.keeps_connection or response.will_close:
            self.connection.close()
            self.connection = None
        return response.status

    def failures(self) -> list[tuple[int, str]]:
        """Return what was no page."""
        return [(status, error) for _, status, error in self.answers if status != 200]

    def longest_gap(self) -> float:
        """Return the longest time between two pages, in seconds."""
        times = [when for when, status, _ in self.answers if status == 200]
        return max(after - before for before, after in pairwise(times))


@contextmanager
def reading(*readers: Reader) -> Iterator[None]:
    """Let readers ask meanwhile."""
    threads = [threading.Thread(target=reader.run) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for reader in readers:
            reader.is_stopping.set()
        for thread in threads:
            thread.join()
