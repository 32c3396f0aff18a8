"""The one cache of a process: what was made of what is published, under the version that it was made of."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from operator import attrgetter
from time import monotonic
from typing import Any, Final, TypeVar
from weakref import WeakValueDictionary

from cachetools import LRUCache
from django.conf import settings

from perspectives.queries.publication.changed import LastChanges
from perspectives.queries.publication.publication_version import PublicationVersion, VersionClock

MAX_BYTES: Final = 64_000_000
"""How much all entries of one process may weigh; the least recently used go first."""
STALE_SECONDS: Final = 600
"""For how long pages are served that could not be compared with what is published."""
LATE_SECONDS: Final = 5
"""For how long after a publication the page of before may be shown to whoever asks while the new one is made."""
IDLE_SECONDS: Final = 300
"""What nobody used for so long is forgotten when something is published: most of it is of the editions before."""
_OVERHEAD: Final = 500
"""What an entry weighs in bytes besides its body."""

Made = TypeVar("Made")


@dataclass(slots=True)
class _Entry:
    made: Any
    size: int
    used_at: float


class PublicationCache:
    """An LRU cache of at most `max_bytes`; safe for threads.

    One clock decides for all entries: the version is read from the database, and trusted for
    `PUBLICATION_VERSION_TTL` seconds from the moment at which it was asked for. In a process it never goes back, so
    that whatever is made after it was asked for, even of other entries, is at least as new as its key says.

    The key of what is `about` some topics or articles alone is the version in which these changed last, so that it
    stays when others change.
    """

    def __init__(self, max_bytes: int) -> None:
        self._entries: LRUCache[Hashable, _Entry] = LRUCache(max_bytes, getsizeof=attrgetter("size"))
        self._lock = threading.Lock()
        self._uses: Counter[tuple[str, bool]] = Counter()
        self.clock = VersionClock()
        self._learning = threading.Lock()
        self._present: LastChanges | None = None
        self._before: tuple[LastChanges, float] | None = None
        """What was known before, and until when pages of that may be shown."""
        self._makers: WeakValueDictionary[Hashable, threading.Lock] = WeakValueDictionary()
        """What is being made, each with a lock that one thread holds and others wait for."""

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def version(self) -> PublicationVersion | None:
        """Tell what is published, in one query or none; None with a TTL of 0, where nothing may be cached.

        Not to be asked in a transaction that publishes: others would take what it has not committed for published.
        """
        if not settings.PUBLICATION_VERSION_TTL:
            return None
        known = self.clock.known()
        self.learn(known.version, known.asked_at)
        return known.version

    def learn(self, version: PublicationVersion, asked_at: float) -> None:
        """Take a version that is newer for the present one; it was asked for at that moment of the monotonic clock."""
        present = self._present
        if present and (version == present.version or not version.has(present.version)):
            return
        with self._learning:
            present = self._present
            if present is None:
                self._present = LastChanges(version, version, {})
            elif version != present.version and version.has(present.version):
                self._before = present, asked_at + LATE_SECONDS
                self._present = present.followed_by(version)
                self._forget_idle()

    def published(
        self,
        what: Hashable,
        make: Callable[[], Made],
        size: Callable[[Any], int] = len,
        *,
        kind: str = "form",
        about: Collection[str] = (),
    ) -> Made:
        """Give `what` of the present version, or make it; `size` tells its bytes, and uses are counted by `kind`.

        It may be made of nothing but the subjects that it is `about` (see `changed.subject`); with none, of anything
        that is published. Raises what `make` raises.
        """
        version = self.version()
        if version is None:
            return make()
        return self.get_or_make((self._unchanged_since(version, about), what), make, size, kind=kind)

    def shown(
        self,
        what: Hashable,
        make: Callable[[], Made],
        size: Callable[[Any], int] = len,
        *,
        kind: str = "form",
        about: Collection[str] = (),
    ) -> Made:
        """Give like `published` what is shown, and of which nothing else is made.

        While another thread makes it, that of the version before is shown, so that a crowd does not wait for pages
        each time that something is published.
        """
        version, before = self.version(), self._before
        if version is None:
            return make()
        key = self._unchanged_since(version, about), what
        with self._lock:
            is_being_made = key in self._makers
        if is_being_made and before and monotonic() < before[1]:
            found: Made | None = self.get(key) or self.get((before[0].of(about), what))
            if found is not None:
                with self._lock:
                    self._uses[kind, True] += 1
                return found
        return self.get_or_make(key, make, size, kind=kind)

    def _unchanged_since(self, version: PublicationVersion, about: Collection[str]) -> PublicationVersion:
        """Tell since which version that is the same; `version` may be older than the present one, on a replica."""
        known = [self._present, self._before[0] if self._before else None]
        return next((one.of(about) for one in known if one and one.version == version), version)

    def last(self, what: Hashable, *, about: Collection[str] = ()) -> Any | None:
        """Give `what` of the version read last, if there is any, for the time in which the database is away.

        None once the version is `STALE_SECONDS` old: something may have been retracted since.
        """
        version = self.clock.last(STALE_SECONDS)
        return None if version is None else self.get((self._unchanged_since(version, about), what))

    def get_or_make(
        self, key: Hashable, make: Callable[[], Made], size: Callable[[Any], int] = len, *, kind: str = "form"
    ) -> Made:
        """Give the entry, or make it; `key` says all that it depends on, such as the hash of what it is made of.

        One thread makes it; others that want it wait for that, and make it themselves if it fails.
        """
        found: Made | None = self.get(key)
        with self._lock:
            self._uses[kind, found is not None] += 1
        if found is not None:
            return found
        with self._lock:
            maker = self._makers.setdefault(key, threading.Lock())
        with maker:
            meanwhile: Made | None = self.get(key)
            if meanwhile is not None:
                return meanwhile
            made = make()
            self.put(key, made, size(made))
            return made

    def get(self, key: Hashable) -> Any | None:
        """Give the entry, if there is one."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            entry.used_at = monotonic()
            return entry.made

    def put(self, key: Hashable, made: Any, size: int) -> None:
        """Add an entry of so many bytes, unless it is larger than the whole cache."""
        with self._lock:
            if size + _OVERHEAD <= self._entries.maxsize:
                self._entries[key] = _Entry(made, size + _OVERHEAD, monotonic())

    def _forget_idle(self) -> None:
        until = monotonic() - IDLE_SECONDS
        with self._lock:
            for key in [key for key, entry in self._entries.items() if entry.used_at < until]:
                del self._entries[key]

    def taken_uses(self) -> Counter[tuple[str, bool]]:
        """Take away the counts of uses since the last call, by kind and whether the entry was there."""
        with self._lock:
            taken, self._uses = self._uses, Counter()
        return taken

    def clear(self) -> None:
        """Forget the entries and the version."""
        with self._lock:
            self._entries.clear()
            self._present = self._before = None
        self.clock.clear()


CACHE = PublicationCache(MAX_BYTES)
