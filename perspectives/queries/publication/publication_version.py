"""What is published now, asked of the primary once in a while, and which replicas of it may be read from."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from time import monotonic
from typing import Any, Final, NamedTuple, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

from debatekb.postgres import replicas
from debatekb.postgres.replicas import Reading

AWAY: Final = (OperationalError, InterfaceError)
"""What is raised while a database is away."""
REST_SECONDS: Final = 10.0
"""How long a replica that failed is left alone."""
_IDS = """
SELECT (SELECT max(id) FROM perspectives_edition), (SELECT max(id) FROM perspectives_retraction),
    (SELECT max(id) FROM perspectives_formattedbibliography),
    (SELECT max(id) FROM perspectives_logentry WHERE code = 'account.erased'),
    (SELECT max(id) FROM perspectives_checkreport)
"""
_OF_PRIMARY = f"{_IDS}, pg_current_wal_lsn()::text"
_OF_REPLICA = f"""{_IDS}, pg_is_in_recovery(), CASE WHEN pg_last_wal_replay_lsn() >= %s::pg_lsn THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
"""
"""A replica that has all that the primary had a moment ago is not behind, however old its last transaction is."""
_log = logging.getLogger(__name__)


class PublicationVersion(NamedTuple):
    """The ids of the newest edition, retraction and formatted bibliography, which appear in the order of their ids.

    And that of the last log entry of an erased account, whose name stood on the pages of editions, and of the last
    report of checks, whose outcomes stand there.
    """

    edition: int | None
    retraction: int | None
    bibliography: int | None
    erasure: int | None = None
    report: int | None = None

    def has(self, other: "PublicationVersion") -> bool:
        """Return whether all that is published in `other` is published here."""
        return all((mine or 0) >= (theirs or 0) for mine, theirs in zip(self, other, strict=True))

    def age(self) -> tuple[int, ...]:
        """Give what puts versions in the order in which they came."""
        return tuple(number or 0 for number in self)


class Known(NamedTuple):
    """What was published at a moment: which replicas had it, and whether the primary itself said so."""

    version: PublicationVersion
    asked_at: float
    aliases: tuple[str, ...] = ()
    is_current: bool = True


class _Replica(NamedTuple):
    alias: str
    version: PublicationVersion
    is_replica: bool
    """Not any more once it was made a primary of its own."""
    lag: float | None

    def is_fit(self, version: PublicationVersion) -> bool:
        """Return whether it has this version, and is not too far behind in other things."""
        has_caught_up = self.lag is not None and self.lag <= settings.REPLICA_MAX_LAG
        return self.is_replica and has_caught_up and self.version.has(version)


_PINNED: ContextVar[Known | None] = ContextVar("pinned", default=None)


class VersionClock:
    """Tells what is published; safe for threads, one of which asks at a time. What it tells never goes back.

    An answer is trusted for `PUBLICATION_VERSION_TTL` seconds from the moment at which it was asked for. While the
    primary is away the replicas that have what was known last are asked in its place.
    """

    def __init__(self) -> None:
        self._known: Known | None = None
        self._lock = threading.Lock()
        self._left_alone: dict[str, float] = {}
        """Replicas that failed, and until when each is left alone."""
        self._turns = count()

    def known(self) -> Known:
        """Tell what is published, in one query and one for each replica, or none. Raises what `AWAY` names.

        Within `reading` it is what was known at its beginning: what is read there may be older than what came since.
        """
        if pinned := _PINNED.get():
            return pinned
        known = self._known
        if known and self._is_trusted(known):
            return known
        if known and not known.is_current and self._lock.locked():
            return known  # the primary is away, and somebody sees already whether it is back
        try:
            with self._lock:  # one at a time, or a slow answer could replace a newer one
                known = self._known
                if known is None or not self._is_trusted(known):
                    self._known = known = self._asked(known)
                return known
        finally:
            self._look_after_replicas()

    def last(self, longest: float) -> PublicationVersion | None:
        """Tell what was published last; None where that is longer ago than `longest` seconds after its trust ended."""
        known = self._known
        ttl = settings.PUBLICATION_VERSION_TTL
        return known.version if known and monotonic() - known.asked_at - ttl <= longest else None

    def ask_anew(self) -> None:
        """Trust nothing any more, since a database has failed."""
        with self._lock:
            if self._known and self._is_trusted(self._known):
                self._known = self._known._replace(asked_at=monotonic() - settings.PUBLICATION_VERSION_TTL)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known = None
            self._left_alone.clear()

    @contextmanager
    def reading(self, *, unless: str = "") -> Iterator[Reading]:
        """Let reads within go to a replica that is fit, but not to `unless`, else to the primary.

        Raises what `AWAY` names.
        """
        known = self.known()
        fit = [alias for alias in known.aliases if alias != unless] or [DEFAULT_DB_ALIAS]
        alias = fit[next(self._turns) % len(fit)] if known.is_current else known.aliases[0]
        chosen = Reading(alias, is_alone=not known.is_current)
        pinned = _PINNED.set(known)
        try:
            with replicas.reading_from(chosen):
                yield chosen
        finally:
            _PINNED.reset(pinned)

    @staticmethod
    def _is_trusted(known: Known) -> bool:
        ttl: float = settings.PUBLICATION_VERSION_TTL
        return monotonic() < known.asked_at + ttl

    def _asked(self, before: Known | None) -> Known:
        asked_at = monotonic()
        try:
            *ids, position = _row(DEFAULT_DB_ALIAS, _OF_PRIMARY)
        except AWAY as error:
            return self._without_primary(before, asked_at, error)
        version = PublicationVersion(*ids)
        fit = tuple(one.alias for one in self._replicas(position) if one.is_fit(version))
        return Known(version, asked_at, fit)

    def _without_primary(self, before: Known | None, asked_at: float, error: Exception) -> Known:
        """Tell what the newest replica has. Raises the primary's error where none has what was known before."""
        found = [one for one in self._replicas(None) if before is None or one.version.has(before.version)]
        if not found:
            raise error
        newest = max((one.version for one in found), key=PublicationVersion.age)
        return Known(newest, asked_at, tuple(one.alias for one in found if one.version.has(newest)), is_current=False)

    def _replicas(self, position: str | None) -> list[_Replica]:
        """Ask the replicas that are not left alone; `position` is where the primary's log was a moment ago."""
        found = [self._replica(alias, position) for alias in replicas.names() if alias not in self._left_alone]
        return [one for one in found if one]

    def _replica(self, alias: str, position: str | None) -> _Replica | None:
        try:
            *ids, is_replica, lag = _row(alias, _OF_REPLICA, position)
        except AWAY as error:
            _log.warning("%s is away, so it is not read from: %s", alias, error)
            self._left_alone[alias] = monotonic() + REST_SECONDS
            return None
        return _Replica(alias, PublicationVersion(*ids), is_replica, None if lag is None else float(lag))

    def _look_after_replicas(self) -> None:
        """See whether replicas that failed are back; others do not wait for that."""
        now = monotonic()
        for alias in [alias for alias, until in list(self._left_alone.items()) if until <= now]:
            self._left_alone[alias] = now + REST_SECONDS
            if self._replica(alias, None):
                self._left_alone.pop(alias, None)
                _log.warning("%s is back.", alias)


def read_version() -> PublicationVersion:
    """Ask the primary what is published."""
    return PublicationVersion(*_row(DEFAULT_DB_ALIAS, _IDS))


def _row(alias: str, statement: str, *values: Any) -> tuple[Any, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return cast("tuple[Any, ...]", cursor.fetchone())
