"""Lanes of the web server: requests that cost much wait apart, for threads of their own.

So a crowd that searches, or has pictures drawn, holds up nobody who reads; and as no more of such work is done at once
than its lane has threads, each piece is done soon after it is begun. Who would wait too long is told so at once.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from waitress.task import ThreadedTaskDispatcher

COMMON: Final = "common"
WAITED_TOO_LONG: Final = "debatekb.waited_too_long"
"""The name in a request's environment that tells the application to answer 503 in place of doing the work."""


class Lane(NamedTuple):
    """How many requests a process works on at once, and how many seconds others may wait until they are begun."""

    threads: int
    seconds: float


class Lanes:
    """The threads of a server, in place of Waitress's one pool; `choose` names the lane of a request.

    A request is given to its lane by the thread that reads all sockets, so that `choose` has to be quick.
    """

    def __init__(self, lanes: Mapping[str, Lane], choose: Callable[[Any], str] = lambda _: COMMON) -> None:
        self.lanes = lanes
        self.choose = choose
        self.pools = {name: ThreadedTaskDispatcher() for name in lanes}
        for name, lane in lanes.items():
            self.pools[name].set_thread_count(lane.threads)

    def add_task(self, channel: Any) -> None:
        """Let the first request of a connection wait in its lane; one that cannot be read is soon answered."""
        request = channel.requests[0]
        name = COMMON if request.error else self.choose(request)
        channel.begins_until = time.monotonic() + self.lanes[name].seconds
        self.pools[name].add_task(channel)

    def shutdown(self) -> None:
        """End all threads; what waits is given up."""
        for pool in self.pools.values():
            pool.shutdown()
