"""The script of a lesson: a teacher leads pupils through all five kinds of activity; what they click is a client's."""

import html
import random
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import islice
from typing import NamedTuple

from bench.rig.class_clients import NOW, Client, HttpClient


class Kept(NamedTuple):
    """What somebody was told is kept, as the export has it."""

    nickname: str
    kind: str
    phase: str
    text: str


class Pupil:
    """A pupil: what it was told is kept stands in `kept`."""

    def __init__(self, client: Client, number: int, seconds: float) -> None:
        self.client, self.number, self.seconds = client, number, seconds
        self.nickname, self.kept, self.votes = "", set[Kept](), 0

    def join(self, code: str) -> None:
        """Come in, and choose another nickname where somebody was quicker."""
        self.client.open("/class/")
        self.think()
        said = self.client.send({"code": code})
        while "Your PIN is" not in said:
            self.nickname = re.findall(r'name="nickname" value="(\w+)"', said)[0]
            self.think()
            said = self.client.send({"nickname": self.nickname})
        self.think()
        self.client.follow(NOW)

    def think(self) -> None:
        """Read, type or talk before the next click, as nobody in a class does at the same moment as all others."""
        time.sleep(random.uniform(0.3, max(0.3, self.seconds)))

    def look(self) -> str:
        """Follow when the page says that the class has gone on, and give the page."""
        address = self.client.wait_gone_on()
        self.think()
        return self.client.follow(address)

    def hand_in(self, corner: str = "") -> None:
        """Look, think, and hand something in."""
        page = self.look()
        self.think()
        kind, phase = re.findall(r'class="kicker"><span>([^<]+)</span> <strong>([^<]+)</strong>', page)[0]
        fields = {"corner": corner} if corner else _answers(page, f"{kind}, {phase}, of pupil {self.number}")
        if "Kept." not in self.client.send(fields):
            return
        if corner:
            self.votes += 1
        else:
            self.kept.add(Kept(self.nickname, html.unescape(kind), html.unescape(phase), fields.get("text", "")))


def _answers(page: str, text: str) -> dict[str, str]:
    """Answer all that the form of a page asks: words, a pair of claims, a choice, the first side in a quiz."""
    fields = {"text": text} if 'name="text"' in page else {}
    if claims := re.findall(r'<option value="([\w-]+)"', page):
        fields |= {"from_1": claims[0], "to_1": claims[-1]}
    for name in ("claims", "accepted"):
        fields |= dict(re.findall(rf'name="({name})" value="([\w-]+)"', page)[:1])
    return fields | dict.fromkeys(re.findall(r'name="(q_\w+)"', page), "author")


class Teacher:
    """The teacher of one class, over HTTP."""

    def __init__(self, client: HttpClient) -> None:
        self.client = client

    def open(self) -> str:
        """Open a class on the first topic, and give its code."""
        slug = re.findall(r'name="topics" value="([\w-]+)"', self.client.open("/account/classes/"))[0]
        page = self.client.send({"topics": slug, "days": "1"})
        self.address = f"/account/classes/{re.findall(r'/account/classes/([0-9]+)/code', page)[0]}/"
        return str(re.findall(r'class="class-code">([\w-]+)<', page)[0]).replace("-", "")

    def add(self, kind: str) -> str:
        """Add an activity and give its address."""
        about = re.findall(r'<option value="([\w-]+ 0)"', self.client.open(self.address))[0]
        self.client.send({"action": "plan", "kind": kind, "about": about})
        return self.client.at

    def go(self, activity: str, phase: str) -> None:
        """Lead the class on."""
        self.client.open(activity)
        self.client.send({"action": f"go {phase}"})

    def delete(self) -> None:
        """Delete the class with all that was handed in."""
        self.client.open(f"{self.address}delete/")
        self.client.send({})


class Lesson:
    """A teacher and pupils, each of these in a thread."""

    def __init__(self, teacher: Teacher, pupils: Sequence[Pupil], threads: ThreadPoolExecutor) -> None:
        self.teacher, self.pupils, self.threads = teacher, pupils, threads

    def hold(self, code: str, interrupt: Callable[[], None]) -> str:
        """Hold the lesson, interrupted once half of the pupils have answered; give the address of its poll."""
        self.all_do(lambda pupil: pupil.join(code))
        poll = self.teacher.add("poll")
        self.teacher.go(poll, "before")
        self.all_do(lambda pupil: pupil.hand_in(("author", "opposing", "unsure")[pupil.number % 3]))
        answer = self.teacher.add("answer")
        self.teacher.go(answer, "writing")
        self.all_do(Pupil.hand_in, halfway=interrupt)
        self.teacher.go(answer, "revealed")
        self.all_do(Pupil.look)
        self.run("comparison", "writing")
        self.run("controversy", "preparing", "presenting", "reversing", "seeking")
        self.run("quiz", "writing")
        self.teacher.go(poll, "after")
        self.all_do(lambda pupil: pupil.hand_in("neutral"))
        self.teacher.go(poll, "ended")
        self.all_do(Pupil.look)
        return poll

    def run(self, kind: str, *phases: str) -> None:
        """Add an activity and lead the class through phases in each of which all hand something in."""
        activity = self.teacher.add(kind)
        for phase in phases:
            self.teacher.go(activity, phase)
            self.all_do(Pupil.hand_in)

    def all_do(self, what: Callable[[Pupil], object], halfway: Callable[[], None] = lambda: None) -> None:
        """Let all pupils do something, and do something else when half of them have done it."""
        doing: list[Future[object]] = [self.threads.submit(what, pupil) for pupil in self.pupils]
        for done in islice(as_completed(doing), len(doing) // 2):
            done.result()
        halfway()
        for one in doing:
            one.result()
