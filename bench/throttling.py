"""What it costs to count a request against its limit: `python -m bench.throttling`.

It starts a Valkey of its own and ends it. The least that anything counted outside the process can cost is a round trip
(PING); each line is the median of rounds that take turns, beside that.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping

from redis import Redis

from tests.own_engines import OwnEngines

_US = 1e6


def measured(action: Callable[[], object], times: int) -> tuple[float, float]:
    """Give the microseconds that an action takes, and of them those of this process's processor time."""
    began, used = time.perf_counter(), time.process_time()
    for _ in range(times):
        action()
    return (time.perf_counter() - began) / times * _US, (time.process_time() - used) / times * _US


def taken(times: int) -> Mapping[str, tuple[float, float]]:
    """Measure each line once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    from django.conf import settings  # noqa: PLC0415 - after the engines

    from perspectives.serving.counting import Counter  # noqa: PLC0415 - reads the settings

    with Redis.from_url(settings.CACHE_URL) as valkey:
        counter = Counter(valkey)
        return {
            "round trip (PING)": measured(valkey.ping, times),
            "a request counted": measured(lambda: counter.count("somebody"), times),
        }


def main() -> None:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=2000, help="in each round")
    options = parser.parse_args()
    # The engines must be there before Django reads its settings.
    own = OwnEngines()
    own.start()
    try:
        rounds = [taken(options.times) for _ in range(options.rounds)]
    finally:
        own.stop()
    columns = {name: zip(*(one[name] for one in rounds), strict=True) for name in rounds[0]}
    middle = {name: [statistics.median(column) for column in found] for name, found in columns.items()}
    base = middle["round trip (PING)"][0]
    print(f"{'':<20}{'us':>8}{'own cpu us':>12}{'of a round trip':>17}")
    for name, (wall, cpu) in middle.items():
        print(f"{name:<20}{wall:>8.1f}{cpu:>12.1f}{wall / base:>17.2f}")


if __name__ == "__main__":
    main()
