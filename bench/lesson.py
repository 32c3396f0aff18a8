"""A lesson of 30 pupils on a whole system: `python -m bench.lesson [--pupils 30] [--seconds 10] [--browsers]`.

A teacher leads pupils through all five kinds of activity. Each pupil sees that the class has gone on as the script of
the page does, follows, and hands something in; before each click it reads or types for up to so many `--seconds`.
Pupils are clients over HTTP (httpx), or contexts of one Chromium with scripts (`--browsers`), each in a thread;
Chromium shares the processors with the server, which is why the time that the server itself needs for a request is
printed too. When half of the pupils have answered, the web server is killed (`kill -9`) and comes back by its
supervisor. Prints p50 and p95 of a click in milliseconds, from the click on a link or a button to the page that
follows; what was interrupted is tried again and counted for itself. At the end all that was answered with "Kept" must
stand in the export, and as many ballots as were cast in the poll. Exits with 1 where anything is lost or the p95 is
over 500 ms.
"""

import argparse
import csv
import io
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psutil
from prometheus_client.parser import text_string_to_metric_families

from bench.rig.class_browsers import browsers
from bench.rig.class_clients import Client, HttpClient
from bench.rig.lessons import Kept, Lesson, Pupil, Teacher
from bench.rig.running import Running, measured, system_options
from bench.rig.serving import HOST, ROOT

VAR = ROOT / "var" / "bench-running"
LIMIT_MS = 500
_TEACHER = """
from django.conf import settings
from django.test import Client
from perspectives.models import User
person, _ = User.objects.get_or_create(username="bench-teacher")
client = Client()
client.force_login(person)
print("cookie", settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
_COUNTED_SECONDS = 2
"""After which the counts of all requests are in Valkey."""
_ROUTES = ("class", "class-join", "class-now")
Seconds = dict[tuple[str, str, str], float]
"""By method and route the `sum` of seconds and the `count` of requests to pages of pupils."""


def measure(running: Running, options: argparse.Namespace) -> bool:
    """Hold the lesson, print the figures, and tell whether nothing was lost and all was quick enough."""
    teacher, before, began = _teacher(running), _on_server(running.port), time.monotonic()
    with _clients(running.port, options) as clients, ThreadPoolExecutor(options.pupils) as threads:
        pupils = [Pupil(client, number, options.seconds) for number, client in enumerate(clients)]
        poll = Lesson(teacher, pupils, threads).hold(teacher.open(), lambda: _kill(running))
    kind = "Chromium" if options.browsers else "httpx"
    took, clicks = time.monotonic() - began, [click for pupil in pupils for click in pupil.client.clicks]
    pace = f"{took:.0f} s, {len(clicks) / took:.1f} clicks a second"
    print(f"{len(pupils)} pupils ({kind}), {pace}; load {os.getloadavg()[0]:.1f}")
    is_quick = _show_clicks(clicks)
    time.sleep(_COUNTED_SECONDS)
    _show_server(before, _on_server(running.port))
    print(f"tried again after the kill: {sum(pupil.client.interrupted for pupil in pupils)}")
    is_whole = _show_kept(teacher, pupils, poll)
    teacher.delete()
    print(f"nothing lost, p95 under {LIMIT_MS} ms -> {'met' if is_whole and is_quick else 'missed'}")
    return is_whole and is_quick


@contextmanager
def _clients(port: int, options: argparse.Namespace) -> Iterator[Sequence[Client]]:
    if options.browsers:
        with browsers(port, options.pupils) as contexts:
            yield contexts
    else:
        yield [HttpClient(port) for _ in range(options.pupils)]


def _show_clicks(clicks: list[float]) -> bool:
    p50, p95 = statistics.median(clicks), statistics.quantiles(clicks, n=20)[-1]
    print(f"{len(clicks)} clicks, ms: p50 {p50:.0f}   p95 {p95:.0f}   most {max(clicks):.0f}")
    return p95 <= LIMIT_MS


def _show_kept(teacher: Teacher, pupils: Sequence[Pupil], poll: str) -> bool:
    rows = csv.DictReader(io.StringIO(teacher.client.open(f"{teacher.address}export.csv")))
    there = {Kept(*(row[name] for name in Kept._fields)) for row in rows}
    kept = {one for pupil in pupils for one in pupil.kept}
    ballots = int(re.findall(r"<strong>(\d+)</strong> ballots", teacher.client.open(poll))[0])
    voters = sum(pupil.votes > 0 for pupil in pupils)
    print(f"kept: {len(kept)}, of these lost: {len(kept - there)}; voters: {voters}, ballots: {ballots}")
    return bool(kept) and kept <= there and ballots == voters


def _on_server(port: int) -> Seconds:
    families = text_string_to_metric_families(httpx.get(f"http://{HOST}:{port}/metrics", timeout=30).text)
    samples = [one for family in families for one in family.samples if one.labels.get("route") in _ROUTES]
    return {
        (one.labels["method"], one.labels["route"], one.name.rpartition("_")[2]): one.value
        for one in samples
        if one.name.endswith(("_seconds_sum", "_seconds_count"))
    }


def _show_server(before: Seconds, after: Seconds) -> None:
    for method, route, _ in sorted(key for key in after if key[2] == "count"):
        keys = [(method, route, name) for name in ("sum", "count")]
        seconds, number = (after[key] - before.get(key, 0) for key in keys)
        if number:
            print(
                f"on the server, {method} {route}: {number:.0f} requests, on average {1000 * seconds / number:.1f} ms"
            )


def _teacher(running: Running) -> Teacher:
    """Make an account and a session in the system's own environment."""
    command = [sys.executable, "manage.py", "shell", "-c", _TEACHER]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(running.environment()), capture_output=True, text=True, check=True, timeout=120
    )
    name, value = re.findall(r"^cookie (\S+) (\S+)$", done.stdout, re.MULTILINE)[0]
    return Teacher(HttpClient(running.port, {name: value}))


def _kill(running: Running) -> None:
    """Kill the web server with all below it."""
    leader = running.processes()["web"]
    for process in (leader, *leader.children(recursive=True)):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10, help="the most that a pupil thinks before a click")
    parser.add_argument("--browsers", action="store_true", help="pupils are contexts of one Chromium")
    system_options(parser, VAR)
    measured(measure, parser.parse_args())


if __name__ == "__main__":
    main()
