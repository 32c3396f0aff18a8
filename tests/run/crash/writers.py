"""Who writes what: each writer owns what it changes, so that an answer tells of its own write and nobody else's."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.run.crash.client import API, Client
from tests.run.crash.crew import SENDERS
from tests.run.crash.journal import Journal, Write

Steps = Iterator[Write]
"""Each `next` is one write, sent until its answer is known."""
DESK = f"{API}desk/"
SUFFIX = re.compile(r" \(crash\w+\)\.$|\.$")


class Desk:
    """The clients of one writer: one for each person, made when needed."""

    def __init__(self, address: str, secrets: Mapping[str, str], journal: Journal, rng: random.Random) -> None:
        self.address = address
        self.secrets = secrets
        self.journal = journal
        self.rng = rng
        self.clients: dict[str, Client] = {}

    def client(self, who: str) -> Client:
        """Give the client of a person of the crew."""
        if who not in self.clients:
            self.clients[who] = Client(self.address, who, self.secrets[who], self.journal)
        return self.clients[who]

    def close(self) -> None:
        """Close all connections."""
        for client in self.clients.values():
            client.http.close()

    def put_part(self, kind: str, path: str, changed: Callable[[dict[str, Any], str], dict[str, Any]]) -> Write:
        """Change a part or a record that is there, and note where it can be read."""
        first, write = self.client("first"), self.journal.new(kind)
        seen = first.read(path)
        body = changed(seen.json(), write.marker)
        first.send(write, "PUT", f"{path}?note={write.marker}", version=seen.headers["ETag"], json=body)
        self.note(write, path)
        return write

    def note(self, write: Write, path: str, who: str = "first", words: str = "") -> None:
        """Note where a write can be read, if it was done."""
        if write.must_be_there:
            self.journal.readable(path, words or write.marker, who)


def editor(desk: Desk, topic: str) -> Steps:
    """Edit claims of a topic, propose, have another approve, and now and then retract what was published."""
    draft, number = f"{DESK}topics/{topic}/", 0
    sides = desk.client("first").read(draft).json()["perspectives"]
    claims = [f"perspectives/{side['id']}/claims/{claim['id']}" for side in sides for claim in side["claims"]]
    while True:
        number += 1
        for _ in range(2):
            yield desk.put_part("claim", f"{draft}parts/{desk.rng.choice(claims)}/", with_other_text)
        yield (proposed := proposal(desk, topic))
        waiting = open_proposal(desk, topic)
        if waiting is None:
            continue
        yield approval(desk, topic, waiting, proposed)
        if number % 2 == 0:
            yield retraction(desk, topic)


def with_other_text(claim: dict[str, Any], marker: str) -> dict[str, Any]:
    """Let a claim end in another marker."""
    return {**claim, "text": f"{SUFFIX.sub('', claim['text'])} ({marker})."}


def proposal(desk: Desk, topic: str) -> Write:
    """Propose the draft of a topic."""
    write = desk.journal.new("proposal")
    desk.client("first").send(write, "POST", f"{DESK}topics/{topic}/proposals/", json={"note": write.marker})
    return write


def open_proposal(desk: Desk, topic: str) -> int | None:
    """Find the proposal of a topic that waits."""
    waiting = desk.client("second").read(f"{DESK}proposals/").json()["results"]
    return next((one["id"] for one in waiting if one.get("topic") == topic), None)


def approval(desk: Desk, topic: str, number: int, proposed: Write) -> Write:
    """Let another moderator approve a proposal, which publishes an edition."""
    second, write, path = desk.client("second"), desk.journal.new("approval"), f"{DESK}proposals/{number}/"
    version = second.read(path).headers["ETag"]
    second.send(write, "POST", path, version=version, json={"decision": "approve", "reason": write.marker})
    desk.note(write, path, "second")
    desk.note(write, f"{DESK}topics/{topic}/editions/", "second", proposed.marker)
    published = desk.client("first").read(f"{DESK}topics/{topic}/").text
    if found := re.findall(r"\((crash\w+)\)\.", published):
        desk.note(write, f"{API}topics/{topic}/", "anybody", max(found))
    return write


def retraction(desk: Desk, topic: str) -> Write:
    """Let the chief editor retract the edition before the present one."""
    chief, write = desk.client("chief"), desk.journal.new("retraction")
    records = chief.read(f"{DESK}topics/{topic}/editions/").json()["results"]
    sound = next((one for one in records[1:] if "retraction" not in one), records[0])
    chief.send(write, "POST", f"{DESK}editions/{sound['id']}/retraction/", json={"note": write.marker})
    desk.note(write, f"/topics/{topic}/editions/{sound['number']}/", "anybody")
    return write


def drafter(desk: Desk, article: str) -> Steps:
    """Begin topics by the desk's form, and change their heads."""
    while True:
        write = desk.journal.new("topic")
        fields = {"article": article, "topic": write.marker, "title": "Crash", "question": "Should it crash?"}
        fields |= {"background": "It may.", "period.start": "2020", "period.end": "2021"}
        fields |= {"perspectives[0].label": "It should not", "perspectives[0].summary": "Nothing is to be lost."}
        path = f"{DESK}topics/{write.marker}/"
        desk.client("session of first").submit(write, "/desk/topics/+new/", fields)
        desk.note(write, path)
        yield write
        yield desk.put_part("head", f"{path}parts/head/", lambda head, marker: {**head, "background": f"{marker}."})


def librarian(desk: Desk) -> Steps:
    """Add sources and correct them."""
    first = desk.client("first")
    known = first.read(f"{DESK}sources/sachs2024fifth/").json()
    record = {name: value for name, value in known.items() if name not in {"DOI", "URL", "ISBN"}}
    while True:
        write = desk.journal.new("source")
        path = f"{DESK}sources/{write.marker}/"
        body = {**record, "title": f"A made-up work {write.marker}"}
        first.send(write, "PUT", f"{path}?note={write.marker}", version="", json=body)
        desk.note(write, path)
        yield write
        for _ in range(2):
            yield desk.put_part("correction", path, lambda record, marker: {**record, "volume": marker})


def reader(desk: Desk, topic: str) -> Steps:
    """Suggest, have suggestions declined, and sign up."""
    number = 0
    while True:
        who = f"sender-{(number := number + 1) % SENDERS}"
        yield (sent := suggestion(desk, topic, who))
        if sent.must_be_there:
            yield decline(desk, sent, who)
        write = desk.journal.new("account")
        fields = {"display_name": write.marker, "email": f"{write.marker}@crash.example"}
        fields |= dict.fromkeys(("password1", "password2"), "a long and quiet river")
        with Client(desk.address, "anybody", "", desk.journal) as stranger:
            stranger.submit(write, "/account/sign-up/", fields)
        yield write


def suggestion(desk: Desk, topic: str, who: str) -> Write:
    """Suggest a missing view, with a token of its own."""
    write = desk.journal.new("suggestion")
    payload = {"stance": "neutral", "label": "Ferry", "summary": f"{write.marker}.", "sources": "None."}
    body = {"kind": "missing-view", "topic": topic, "payload": payload, "token": write.marker, "anyway": True}
    desk.client(who).send(write, "POST", f"{API}suggestions/", json=body)
    desk.note(write, f"{API}suggestions/", who)
    return write


def decline(desk: Desk, sent: Write, who: str) -> Write:
    """Let a moderator decline the newest suggestion of somebody."""
    own = desk.client(who).read(f"{API}suggestions/").json()["results"]
    number = next(one["id"] for one in own if sent.marker in str(one["payload"]))
    second, write, path = desk.client("second"), desk.journal.new("decision"), f"{DESK}suggestions/{number}/"
    version = second.read(path).headers["ETag"]
    body = {"decision": "decline", "reason": "other", "words": write.marker}
    second.send(write, "POST", f"{path}decision/", version=version, json=body)
    desk.note(write, path, "second")
    return write
