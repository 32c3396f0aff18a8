"""What was made from editions is kept in memory by their hashes or ids: it never gets old, only crowded out."""

import threading
from collections.abc import Callable, Hashable

from cachetools import LRUCache

MAX_BYTES = 24_000_000
_OVERHEAD = 200


class Memory:
    """The bytes made lately by this process, up to `max_bytes` of them; safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self._kept: LRUCache[Hashable, bytes] = LRUCache(max_bytes, getsizeof=lambda made: len(made) + _OVERHEAD)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)

    def get_or_make(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Give what is kept under `key`, or make and keep it; what is larger than all the memory is not kept."""
        kept = self.get(key)
        if kept is not None:
            return kept
        made = make()
        self.put(key, made)
        return made

    def get(self, key: Hashable) -> bytes | None:
        """Give what is kept under `key`, if anything is."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, made: bytes) -> None:
        """Keep what was made elsewhere."""
        with self._lock:
            if len(made) + _OVERHEAD <= self._kept.maxsize:
                self._kept[key] = made


MEMORY = Memory(MAX_BYTES)
