"""Which requests cost much, and in which lane of the web server they wait for it (`debatekb/running/lanes.py`)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from django.urls import Resolver404, resolve

from debatekb.running.lanes import COMMON, Lane

_KNOWN_PATHS: Final = 4096


class Work(StrEnum):
    """Kinds of requests, each with a lane: what most are, two kinds that cost many times as much, and probes."""

    COMMON = COMMON
    COSTLY = "costly"
    """Searches, and pages that are made for one reader: hundredths of a second of processor time."""
    FILES = "files"
    """Pictures, exports and the whole dataset: tenths of a second, other programs, much memory."""
    HEALTH = "health"
    """What watches the process and the system, which is not to wait for readers; some of it waits for dead engines."""


LANES: Final[Mapping[str, Lane]] = {
    Work.COMMON: Lane(threads=6, seconds=10),
    Work.COSTLY: Lane(threads=2, seconds=2),
    Work.FILES: Lane(threads=1, seconds=5),
    Work.HEALTH: Lane(threads=4, seconds=5),
}
"""Of one process. Pictures take up to 200 MB each, so that one thread makes them."""
Chooser = Callable[[str, str], Work]
"""Tells the kind of a request by its query and its host."""


def lane_of(request: Any) -> str:
    """Name the lane of a request as Waitress has read it: by what its view says of itself in `work`."""
    work = _work(request.path)
    return work(request.query, request.headers.get("HOST", "")) if callable(work) else work


@lru_cache(_KNOWN_PATHS)
def _work(path: str) -> Work | Chooser:
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return Work.COMMON
    found: Work | Chooser = getattr(getattr(view, "view_class", view), "work", Work.COMMON)
    return found
