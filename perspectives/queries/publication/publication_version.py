"""How far publishing has come: what was made from the published rows holds while this stays the same."""

import threading
from time import monotonic

from django.conf import settings
from django.db import connection

_STATEMENT = """
SELECT (SELECT max(id) FROM perspectives_edition), (SELECT max(id) FROM perspectives_retraction),
    (SELECT max(id) FROM perspectives_formattedbibliography)
"""

State = tuple[int | None, int | None, int | None]
"""The ids of the newest edition, of the newest retraction and of the newest formatted bibliography."""


class Newest:
    """The state that this process saw last; asked for anew after `EDITION_KEPT_SECONDS`."""

    def __init__(self) -> None:
        self._state: State = (None, None, None)
        self._trusted_until = 0.0
        self._lock = threading.Lock()

    def state(self) -> State:
        """Tell the state; at most one query."""
        with self._lock:
            if monotonic() < self._trusted_until:
                return self._state
        with connection.cursor() as cursor:
            cursor.execute(_STATEMENT)
            state: State = cursor.fetchone()
        with self._lock:
            self._state, self._trusted_until = state, monotonic() + settings.EDITION_KEPT_SECONDS
        return state


NEWEST = Newest()
