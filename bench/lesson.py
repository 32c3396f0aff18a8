"""A lesson of 30 pupils on a whole system: `python -m bench.lesson [--pupils 30]`.

Pupils are HTTP clients (httpx), each in a thread with a pause for thought before each click, and asking meanwhile what
the class does now, as the script of the page does; a teacher leads them through all five kinds of activity. While they
answer, the web server is killed once (`kill -9`) and comes back by its supervisor. Prints p50 and p95 of a click in
milliseconds, from the form that is sent to the page that follows; what was interrupted is tried again and counted for
itself. At the end all that was answered with "Kept" must stand in the export, and as many ballots as were cast in the
poll. Exits with 1 where anything is lost or the p95 is over 500 ms.
"""

import argparse
import csv
import html
import io
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from operator import methodcaller
from typing import Any

import httpx
import psutil

from bench.rig.running import Running, measured, system_options
from bench.rig.serving import HOST, ROOT

VAR = ROOT / "var" / "bench-running"
LIMIT_MS = 500
_PATIENCE_SECONDS = 90
_ERROR = 500
_TEACHER = """
from django.conf import settings
from django.test import Client
from perspectives.models import User
person, _ = User.objects.get_or_create(username="bench-teacher")
client = Client()
client.force_login(person)
print("cookie", settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
NOW = "/class/now/"


class Browser:
    """An HTTP client that keeps cookies, sends forms, and notes how long each click took."""

    def __init__(self, port: int, **cookies: str) -> None:
        address = f"http://{HOST}:{port}"
        self.http = httpx.Client(base_url=address, cookies=cookies, follow_redirects=True, timeout=30)
        self.clicks: list[float] = []
        self.interrupted = 0
        self.page = ""

    def get(self, path: str, **headers: str) -> str:
        """Read a page."""
        self.page = self._answered(lambda: self.http.get(path, headers=headers)).text
        return self.page

    def click(self, path: str, **form: Any) -> str:
        """Send a form and read the page that follows; tried again while the server is away."""
        self.page = self._answered(lambda: self._sent(path, form)).text
        return self.page

    def _sent(self, path: str, form: dict[str, Any]) -> httpx.Response:
        data = {**form, "csrfmiddlewaretoken": self.http.cookies.get("csrf", "")}
        began = time.perf_counter()
        answer = self.http.post(path, data=data)
        if answer.status_code < _ERROR:
            self.clicks.append(1000 * (time.perf_counter() - began))
        return answer

    def _answered(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        ends = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < ends:
            try:
                answer = ask()
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < _ERROR:
                return answer
            self.interrupted += 1
            time.sleep(0.2)
        sys.exit("Error: the server did not come back.")


class Pupil(Browser):
    """A pupil: what it was told is kept stands in `kept`."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(port)
        self.number, self.kept, self.votes = number, set[str](), 0

    def join(self, code: str) -> None:
        """Come in, and choose another nickname where somebody was quicker."""
        self.get("/class/")
        self.click("/class/", code=code)
        while "Your PIN is" not in self.page and "/class/now/" not in self.page:
            nickname = re.findall(r'name="nickname" value="(\w+)"', self.page)[0]
            self.click(f"/class/join/{code}/", action="join", nickname=nickname)

    def hand_in(self, label: str, **chosen: Any) -> None:
        """Look what the class does now, think, and hand something in."""
        self.get(NOW)
        time.sleep(random.uniform(0.3, 1.5))
        self.get(NOW, **{"HX-Request": "true"})
        self.get(NOW)
        fields = dict(re.findall(r'type="hidden" name="(activity|phase)" value="([\w-]+)"', self.page))
        text = f"{label} of pupil {self.number}"
        said = self.click(NOW, **fields, text=text, **self._chosen(chosen))
        if "Kept." in said and "corner" in chosen:
            self.votes += 1
        elif "Kept." in said:
            self.kept.add(text)

    def _chosen(self, chosen: dict[str, Any]) -> dict[str, Any]:
        claims = re.findall(r'<option value="([\w-]+)"', self.page)
        if "pair" in chosen and claims:
            return {"from_1": claims[0], "to_1": claims[-1]}
        if "quiz" in chosen:
            return dict.fromkeys(re.findall(r'name="(q_\w+)"', self.page), "author")
        return chosen


class Teacher(Browser):
    """The teacher of one class."""

    def open(self) -> str:
        """Open a class on the first topic, and give its code."""
        slug = re.findall(r'name="topics" value="([\w-]+)"', self.get("/account/classes/"))[0]
        self.click("/account/classes/", topics=slug, days="1")
        self.room = re.findall(r"/account/classes/(\d+)/code\.svg", self.page)[0]
        self.address = f"/account/classes/{self.room}/"
        return str(re.findall(r'class="class-code">([\w-]+)<', self.page)[0]).replace("-", "")

    def add(self, kind: str) -> str:
        """Add an activity and give its address."""
        about = re.findall(r'<option value="([\w-]+ 0)"', self.get(self.address))[0]
        self.click(self.address, action="plan", kind=kind, about=about)
        return f"{self.address}activities/{self._last()}/"

    def go(self, activity: str, phase: str) -> None:
        """Lead the class on."""
        self.click(activity, action=f"go {phase}")

    def _last(self) -> str:
        return str(max(re.findall(r"activities/(\d+)/", self.get(self.address)), key=int))


def measure(running: Running, options: argparse.Namespace) -> bool:
    """Hold the lesson, print the figures, and tell whether nothing was lost and all was quick enough."""
    teacher, pupils = _teacher(running), [Pupil(running.port, number) for number in range(options.pupils)]
    code = teacher.open()
    with ThreadPoolExecutor(options.pupils + 1) as threads:

        def all_do(what: Callable[[Pupil], object]) -> None:
            list(threads.map(what, pupils))

        all_do(lambda pupil: pupil.join(code))
        poll = teacher.add("poll")
        teacher.go(poll, "before")
        all_do(lambda pupil: pupil.hand_in("", corner=("author", "opposing", "unsure")[pupil.number % 3]))
        teacher.go(poll, "between")
        answer = teacher.add("answer")
        teacher.go(answer, "writing")
        killed = threads.submit(_kill, running)
        all_do(lambda pupil: pupil.hand_in("answer"))
        killed.result()
        teacher.go(answer, "revealed")
        all_do(lambda pupil: pupil.get(NOW))
        for kind, phases, chosen in (
            ("comparison", ["writing"], {"pair": "1"}),
            ("controversy", ["preparing", "presenting", "reversing", "seeking"], {}),
            ("quiz", ["writing"], {"quiz": "1"}),
        ):
            activity = teacher.add(kind)
            for phase in phases:
                teacher.go(activity, phase)
                all_do(methodcaller("hand_in", f"{kind} {phase}", **chosen))
        teacher.go(poll, "after")
        all_do(lambda pupil: pupil.hand_in("", corner="neutral"))
        teacher.go(poll, "ended")
    return _told(teacher, pupils, poll)


def _told(teacher: Teacher, pupils: list[Pupil], poll: str) -> bool:
    rows = list(csv.DictReader(io.StringIO(teacher.get(f"{teacher.address}export.csv"))))
    there = {html.unescape(row["text"]) for row in rows}
    kept = {text for pupil in pupils for text in pupil.kept}
    ballots = int(re.findall(r"<strong>(\d+)</strong> ballots", teacher.get(poll))[0])
    voters = sum(pupil.votes > 0 for pupil in pupils)
    clicks = sorted(click for pupil in pupils for click in pupil.clicks)
    p50, p95 = statistics.median(clicks), statistics.quantiles(clicks, n=20)[-1]
    print(f"{len(pupils)} pupils (httpx), {len(clicks)} clicks; load {os.getloadavg()[0]:.1f}")
    print(f"click, ms: p50 {p50:.0f}   p95 {p95:.0f}   most {clicks[-1]:.0f}")
    print(f"tried again after the kill: {sum(pupil.interrupted for pupil in pupils)}")
    print(f"kept: {len(kept)}, of these lost: {len(kept - there)}; voters: {voters}, ballots: {ballots}")
    is_whole = bool(kept) and kept <= there and ballots == voters
    teacher.click(f"{teacher.address}delete/")
    print(f"nothing lost, p95 under {LIMIT_MS} ms -> {'met' if is_whole and p95 < LIMIT_MS else 'missed'}")
    return is_whole and p95 < LIMIT_MS


def _teacher(running: Running) -> Teacher:
    """Make an account and a session in the system's own environment."""
    command = [sys.executable, "manage.py", "shell", "-c", _TEACHER]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(running.environment()), capture_output=True, text=True, check=True, timeout=120
    )
    name, value = re.findall(r"^cookie (\S+) (\S+)$", done.stdout, re.MULTILINE)[0]
    return Teacher(running.port, **{name: value})


def _kill(running: Running) -> None:
    """Kill the web server with all below it, in the middle of the writing."""
    time.sleep(1)
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
    system_options(parser, VAR)
    measured(measure, parser.parse_args())


if __name__ == "__main__":
    main()
