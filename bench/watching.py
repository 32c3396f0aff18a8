"""What it costs to watch a request: `python -m bench.watching`.

A count and a line in the log, each beside the count in a file that `prometheus_client` shares between processes (its
multiprocess mode). Lines take turns; each is the median of the rounds. Nothing is started: no count is sent meanwhile.
"""

import argparse
import logging
import logging.config
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO

_US = 1e6
_BASE = "prometheus_client, multiprocess"


def measured(action: Callable[[], object], times: int) -> float:
    """Give the microseconds that an action takes."""
    began = time.perf_counter()
    for _ in range(times):
        action()
    return (time.perf_counter() - began) / times * _US


def actions(folder: str, nowhere: IO[str]) -> dict[str, Callable[[], object]]:
    """Make what is measured; writes logs to `nowhere` and counts in `folder`."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debatekb.settings")
    # It reads the folder when it is imported, as ours read the settings.
    prometheus_client = import_module("prometheus_client")
    counters, logs = import_module("debatekb.watching.counters"), import_module("debatekb.watching.logs")
    total = prometheus_client.Counter("requests", "Requests.", ["route", "method", "status"])
    seconds = prometheus_client.Histogram("seconds", "Seconds.", ["route", "method"])

    def theirs() -> None:
        total.labels("home", "GET", "200").inc()
        seconds.labels("home", "GET").observe(0.02)

    def logger(form: str) -> Callable[[], object]:
        formatter = logs.configuration(form, "INFO", is_open=False)["formatters"]["line"]
        configurator = logging.config.DictConfigurator({"version": 1})
        handler = logging.StreamHandler(nowhere)
        handler.setFormatter(configurator.configure_formatter(formatter))
        found = logging.getLogger(f"debatekb.bench.{form}")
        found.setLevel(logging.INFO)
        found.addHandler(handler)
        found.propagate = False
        noted = {"route": "home", "method": "GET", "status": 200, "seconds": 0.02}
        return lambda: found.info("request", extra=noted)

    return {
        _BASE: theirs,
        "count, ours": lambda: counters.count_request("home", "GET", 200, 0.02),
        "line for people": logger(logs.CONSOLE),
        "line of JSON": logger(logs.JSON),
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=5000, help="in each round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        lines = actions(folder, nowhere)
        rounds = [{name: measured(line, options.times) for name, line in lines.items()} for _ in range(options.rounds)]
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    print(f"{'':<34}{'us':>8}{'of theirs':>12}")
    for name, found in middle.items():
        print(f"{name:<34}{found:>8.1f}{found / middle[_BASE]:>12.2f}")


if __name__ == "__main__":
    main()
