"""Django's PostgreSQL backend, for which a server that does not answer is one that is away.

A server that hangs (a frozen process, a lost network) keeps a client waiting for ever, since its own time limits hang
with it. Here the client stops waiting after `OPTIONS["answer_timeout"]` seconds, and other threads of the process that
would wait for the same server are refused at once for `PAUSE_SECONDS`.
"""

import time
from collections import defaultdict
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

PAUSE_SECONDS: Final = 2.0
"""How long nobody asks after the server has not answered."""


class Breaker:
    """A circuit breaker: open while the server is left alone."""

    def __init__(self) -> None:
        self.open_until = 0.0
        self.failures = 0
        """How often the server was away, or refused what another would answer."""

    def trip(self) -> None:
        """Note that the server did not answer."""
        self.open_until = time.monotonic() + PAUSE_SECONDS

    def is_open(self) -> bool:
        """Return whether the server is left alone."""
        return time.monotonic() < self.open_until

    def check(self) -> None:
        """Raise `psycopg.OperationalError` while the server is left alone."""
        if self.is_open():
            raise psycopg.OperationalError("PostgreSQL did not answer a moment ago, so it is not asked now.")


BREAKERS: defaultdict[str, Breaker] = defaultdict(Breaker)
"""One for each server, by Django's alias."""


def failures() -> int:
    """Count how often any server has failed so far."""
    return sum(breaker.failures for breaker in list(BREAKERS.values()))


class Connection(psycopg.Connection[Any]):
    """A connection that is closed when the server takes longer than `answer_timeout` seconds; None waits for ever."""

    answer_timeout: float | None = None
    breaker: Breaker

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server as `gen` asks. Raises `psycopg.OperationalError` when it does not answer in time."""
        try:
            self.breaker.check()
            return super().wait(gen, interval, timeout or self.answer_timeout)
        except psycopg.OperationalError as error:
            if not isinstance(error, psycopg.errors.QueryCanceled):  # a slow statement is slow elsewhere too
                self.breaker.failures += 1
            # After an error that the server reported it is no longer at work; one that still is did not answer.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.breaker.trip()
            if self.breaker.is_open():
                self.pgconn.finish()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend; takes the further option `answer_timeout`."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what `get_new_connection` takes."""
        params = super().get_connection_params()
        self.answer_timeout: float | None = params.pop("answer_timeout", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Connect. Raises `psycopg.OperationalError`, at once where the server did not answer a moment ago."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        breaker = BREAKERS[self.alias]
        try:
            breaker.check()
            connection = Connection.connect(**conn_params)
        except psycopg.OperationalError as error:
            breaker.failures += 1
            if isinstance(error, psycopg.errors.ConnectionTimeout):
                breaker.trip()
            raise
        connection.breaker = breaker
        connection.answer_timeout = self.answer_timeout
        return connection
