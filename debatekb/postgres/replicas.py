"""Which database a read goes to: the primary, or a streaming replica of it where the edge has chosen one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

PREFIX: Final = "replica-"


class Reading(NamedTuple):
    """The database that is read from, and whether it is a replica whose primary is away."""

    alias: str = DEFAULT_DB_ALIAS
    is_alone: bool = False


_PRIMARY: Final = Reading()
_READING: ContextVar[Reading] = ContextVar("reading", default=_PRIMARY)


@contextmanager
def reading_from(reading: Reading) -> Iterator[None]:
    """Let reads within go to this database; writes go to the primary as always."""
    token = _READING.set(reading)
    try:
        yield
    finally:
        _READING.reset(token)


def names() -> list[str]:
    """Name the replicas of the settings, as Django knows them."""
    return [alias for alias in connections if alias.startswith(PREFIX)]


def is_alone() -> bool:
    """Return whether reads go to a replica because the primary is away: what it has may be old."""
    return _READING.get().is_alone


def reading_connection() -> BaseDatabaseWrapper:
    """Return the connection for statements that read and are written by hand."""
    return connections[_READING.get().alias]


def newest_alias() -> str:
    """Name the database for reads that must see the last write, such as a revoked key: the primary while it answers."""
    reading = _READING.get()
    return reading.alias if reading.is_alone else DEFAULT_DB_ALIAS


class Router:
    """Django's database router: reads go where `reading_from` says."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Name the database that is read from."""
        del model, hints
        return _READING.get().alias

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Name the primary."""
        del model, hints
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Let rows of primary and replica refer to each other: they are the same rows."""
        del one, other, hints
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Let migrations change the primary alone."""
        del app_label, hints
        return db == DEFAULT_DB_ALIAS
