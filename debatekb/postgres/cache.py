"""The cache in the database, which says when the database could not take a value."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError


class Cache(DatabaseCache):
    """Django's keeps silent where a table cannot be written, and a count of tries then looks like one too many."""

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a value where there is none; return whether that was so. Raises OperationalError if it was not kept."""
        if super().add(key, value, timeout, version):
            return True
        if not self.has_key(key, version):
            raise OperationalError("The database took no value for the cache; the disk may be full.")
        return False
