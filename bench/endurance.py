"""Whether the site stays as it is under load: `python -m bench.endurance [--minutes 30]`.

On a whole system, its own or the one at `--port`, it measures how much mixed reading (the shares stand in `SHARES`) is
done by clients that ask without a pause, then has 70 % of that asked for as readers come, for so many minutes, while an
edition is published each minute by the real actions and the worker makes what follows. Some minutes more come first, in
which caches fill. Prints errors, of which there may be none; the times of windows of five minutes; and how much memory
each process has of its own in the first window and in the last, which may be 5 % more. Exits with 1 where that is not
so.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from bench.rig.loading import Line, Loaders
from bench.rig.open_loop import Flow, OpenLoop, Seen
from bench.rig.running import Running, measured, request, system_options
from bench.rig.serving import HOST, ROOT

VAR = ROOT / "var" / "bench-running"
SHARES = {
    "/topics/{topic}/": 30,
    "/topics/{topic}/brief/": 20,
    "/": 8,
    "/sources/": 2,
    "/search/?q={words}": 8,
    "/api/v1/search/?q={words}": 2,
    "/api/v1/topics/": 5,
    "/api/v1/claims/?topic={topic}": 5,
    "/api/v1/topics/{topic}/": 15,
    "/api/v1/topics/{topic}.bib": 3,
    "/api/v1/topics/{topic}.argdown": 2,
}
"""Addresses, each with its share in percent."""
WORDS = ("enlargement", "minsk agreement", "neutrality guarantee", "sanctions", "referendum", "broken promise")
LOAD = 0.7
MOST_GROWTH = 0.05
PUBLISHING_SECONDS = 60.0
_SAMPLE_SECONDS = 5.0
_CLOSED_CONNECTIONS = 8
_OPEN_CONNECTIONS = 24
_MIXED = 2000
_LEAST_BYTES = 100


def mixed(port: int) -> list[bytes]:
    """Draw requests in their shares, the same on every machine."""
    with urllib.request.urlopen(f"http://{HOST}:{port}/api/v1/topics/?limit=100") as answer:
        slugs = [record["topic"] for record in json.load(answer)["results"]]
    chance = random.Random(1)
    chosen = chance.choices(list(SHARES), weights=list(SHARES.values()), k=_MIXED)
    paths = [path.format(topic=chance.choice(slugs), words=chance.choice(WORDS).replace(" ", "+")) for path in chosen]
    return [request(port, path) for path in paths]


def capacity(port: int, requests: Sequence[bytes], seconds: float) -> float:
    """Measure how many requests a second are answered to clients that ask without a pause."""
    loaders = Loaders(port, [Line("mixed reading", requests, 200, _LEAST_BYTES)], _CLOSED_CONNECTIONS)
    try:
        loaders.run(0, min(seconds, 10))  # makes the pages
        turns = loaders.run(0, seconds)
    finally:
        loaders.end()
    return sum(len(turn.seconds) / (turn.ended - turn.began) for turn in turns)


class Watch(threading.Thread):
    """Publishes now and then, and notes how much memory each process has of its own."""

    def __init__(self, running: Running, seconds: float) -> None:
        super().__init__()
        self.running, self.seconds = running, seconds
        self.memory: dict[str, list[tuple[float, float]]] = defaultdict(list)
        """Of each service: seconds since the beginning, and MiB of all its processes."""
        self.published: list[float] = []
        self.failed: list[str] = []

    def run(self) -> None:
        """Watch until the end."""
        began, publishing = time.monotonic(), min(PUBLISHING_SECONDS, self.seconds) / 2
        publishers: list[threading.Thread] = []
        while (now := time.monotonic() - began) < self.seconds:
            if now >= publishing:
                publishing += PUBLISHING_SECONDS
                publishers.append(threading.Thread(target=self.publish, args=[len(publishers)]))
                publishers[-1].start()
            for name, leader in self.running.processes().items():
                self.memory[name].append((now, own_memory(leader)))
            time.sleep(min(_SAMPLE_SECONDS, self.seconds / 20))
        for publisher in publishers:
            publisher.join()

    def publish(self, number: int) -> None:
        """Publish an edition in a process of its own."""
        command = [sys.executable, "manage.py", "publish_bench", str(number)]
        environment = {**self.running.environment(), "DJANGO_SETTINGS_MODULE": "bench.rivals.settings"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            self.failed.append(done.stderr[-500:])
        else:
            self.published.append(float(done.stdout))


def own_memory(leader: psutil.Process) -> float:
    """Sum what a process and those below it have allocated, in MiB, each page once; no file and no shared buffers.

    PostgreSQL's shared buffers have a fixed size: to fill is what they are for.
    """
    total = 0.0
    for process in (leader, *leader.children(recursive=True)):
        try:
            told = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except (psutil.NoSuchProcess, ProcessLookupError, FileNotFoundError):  # a program that the worker ran
            continue
        total += sum(int(kib) for kib in re.findall(r"^Pss_Anon: +(\d+) kB$", told, re.MULTILINE)) / 1024
    return total


def print_windows(seen: Sequence[Seen], warm: float, seconds: float, window: float) -> int:
    """Print the times of each window after the warm-up, and what went wrong at all; give the number of errors."""
    print(f"{'window, min':<14}{'requests':>10}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    pairs = [pair for one in seen for pair in zip(one.moments, one.taken, strict=True)]
    for place in range(round(seconds / window)):
        begins, ends = warm + place * window, warm + (place + 1) * window
        taken = sorted(took for moment, took in pairs if begins <= moment < ends)
        late = taken[len(taken) * 99 // 100]
        name = f"{begins / 60:.3g}-{ends / 60:.3g}"
        middle = statistics.median(taken)
        print(f"{name:<14}{len(taken):>10}{middle * 1000:>9.1f}{late * 1000:>9.1f}{taken[-1] * 1000:>9.1f}")
    errors = sum(one.errors for one in seen)
    print(f"errors: {errors} of {len(pairs)}")
    for words in [words for one in seen for words in one.described][:10]:
        print(f"  {words}")
    return errors


def print_memory(
    memory: Mapping[str, Sequence[tuple[float, float]]], warm: float, seconds: float, window: float
) -> float:
    """Print the memory of each service in each window after the warm-up; give the largest growth, last over first."""
    begins = [warm + place * window for place in range(round(seconds / window))]
    print(f"{'own memory, MiB':<16}{''.join(f'{begin / 60:>7.3g}-' for begin in begins)}{'most':>8}{'growth':>9}")
    worst = 0.0
    for name, samples in memory.items():
        sizes = [statistics.median(size for at, size in samples if begin <= at < begin + window) for begin in begins]
        worst = max(worst, sizes[-1] / sizes[0] - 1)
        most = max(size for _, size in samples)
        print(f"{name:<16}{''.join(f'{size:>8.0f}' for size in sizes)}{most:>8.0f}{sizes[-1] / sizes[0] - 1:>9.1%}")
    return worst


def measure(running: Running, options: argparse.Namespace) -> bool:
    """Measure, print, and tell whether all is as it should be."""
    requests = mixed(running.port)
    most = capacity(running.port, requests, options.capacity_seconds)
    rate, seconds, warm = LOAD * most, options.minutes * 60, options.warm_minutes * 60
    window = min(300.0, seconds / 3)
    print(f"capacity: {most:.0f} requests/s ({_CLOSED_CONNECTIONS} clients, load {os.getloadavg()[0]:.1f})")
    print(f"asked for: {rate:.0f} requests/s for {options.minutes:g} minutes", flush=True)
    watch = Watch(running, warm + seconds)
    loop = OpenLoop(Flow(running.port, requests, rate, warm + seconds, _OPEN_CONNECTIONS))
    watch.start()
    seen = loop.seen()
    watch.join()
    errors = print_windows(seen, warm, seconds, window)
    growth = print_memory(watch.memory, warm, seconds, window)
    slowest = max(watch.published, default=0.0)
    print(f"editions published: {len(watch.published)}, the slowest in {slowest:.1f} s; failed: {len(watch.failed)}")
    for words in watch.failed[:3]:
        print(f"  {words}")
    print(f"errors 0 -> {errors} -> {'met' if not errors else 'missed'}")
    print(f"growth <= {MOST_GROWTH:.0%} -> {growth:.1%} -> {'met' if growth <= MOST_GROWTH else 'missed'}")
    return not errors and not watch.failed and growth <= MOST_GROWTH


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--warm-minutes", type=float, default=3)
    parser.add_argument("--capacity-seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1, help="web processes of a system of its own")
    system_options(parser, VAR)
    measured(measure, parser.parse_args())


if __name__ == "__main__":
    main()
