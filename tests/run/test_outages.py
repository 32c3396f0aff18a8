"""A whole system whose engines hang or die: what readers get meanwhile, how soon, and that all heals by itself."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import httpx
import psutil
import pytest
from standardwebhooks import Webhook

from debatekb.running import engines
from perspectives.clients.lti import key_sets
from tests.lti.school import School
from tests.receiver import Receiver, receiving
from tests.run.crash.matrix import crew
from tests.run.system import System, free_port

TOPIC = "minsk-ii"
PAGE = f"/topics/{TOPIC}/"
NEVER_ASKED_FOR = f"/topics/{TOPIC}/map/"
NOTICE = "The database is not answering at the moment."
LONGEST_SECONDS = 6.0
HEALS_SECONDS = 30.0
SENT_AGAIN_SECONDS = 120.0
"""Until another worker runs, the attempt is taken for lost, and beat has sent the job."""
READERS = 24
PUPILS = ("user-1", "user-2")
LAUNCHING = 3
"""Threads that open the link to the class while keys change."""


class Answer(NamedTuple):
    """What a reader got, and after how many seconds."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server that takes messages of webhooks."""
    with receiving() as server:
        yield server


@pytest.fixture
def school() -> Iterator[School]:
    """A learning platform that no system knows yet."""
    made = School()
    yield made
    made.close()


@pytest.fixture
def system(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver, school: School) -> Iterator[System]:
    """A system in a folder of its own, running, that may tell the receiver and the school, both at once."""
    made = System(
        tmp_path_factory.mktemp("outages") / "var", free_port(), WEBHOOK_INSIDE=receiver.origin,
        LTI_INSIDE=school.inside, INTAKE_HOST_DELAY_SECONDS="0", WORKER_CONCURRENCY="2",
    )  # fmt: skip
    made.start()
    yield made
    made.remove()


def get(system: System, path: str) -> Answer:
    """Ask as a browser does."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", system.port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode(errors="replace")
    connection.close()
    return Answer(response.status, dict(response.getheaders()), text, time.monotonic() - began)


@contextmanager
def frozen(system: System, name: str) -> Iterator[None]:
    """Stop an engine and all its processes without ending them, and let them go on afterwards."""
    leader = psutil.Process(system.children()[name])
    family = [leader, *leader.children(recursive=True)]
    for process in family:
        process.suspend()
    try:
        yield
    finally:
        for process in family:
            process.resume()


def wait_until(is_so: Callable[[], bool], seconds: float = HEALS_SECONDS) -> float:
    """Wait until it is so; return the seconds."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds
        time.sleep(0.2)
    return time.monotonic() - began


@pytest.mark.timeout(600)
def test_engines_that_hang_keep_nobody_waiting_and_all_heals(
    system: System, receiver: Receiver, school: School
) -> None:
    assert get(system, PAGE).status == 200
    time.sleep(1.5)  # the version that is published must be asked for again
    with frozen(system, engines.POSTGRES):
        with ThreadPoolExecutor(READERS) as readers:
            asked = [PAGE, NEVER_ASKED_FOR, "/api/v1/topics/", "/account/sign-in/"] * (READERS // 4)
            answers = list(readers.map(lambda path: (path, get(system, path)), asked))
        assert max(answer.seconds for _, answer in answers) < LONGEST_SECONDS
        for path, answer in answers:
            assert answer.status == (200 if path in {PAGE, "/account/sign-in/"} else 503), path
            assert (NOTICE in answer.text) == (path == PAGE)
            assert answer.status == 200 or "Retry-After" in answer.headers
        assert get(system, "/healthz/").status == 500
    wait_until(lambda: get(system, "/healthz/").status == 200)
    healed = get(system, PAGE)
    assert healed.status == 200
    assert NOTICE not in healed.text
    assert get(system, NEVER_ASKED_FOR).status == 200

    with frozen(system, engines.VALKEY):
        for path in (PAGE, "/api/v1/topics/", "/account/sign-in/"):
            answer = get(system, path)
            assert (answer.status, answer.seconds < LONGEST_SECONDS) == (200, True), path
        assert get(system, "/healthz/").status == 500
    wait_until(lambda: get(system, "/healthz/").status == 200)
    what_is_sent_outlives_its_worker(system, receiver, school)
    keys_change_while_pupils_come_and_grades_go(school)
    the_dead_come_back(system)


def what_is_sent_outlives_its_worker(system: System, receiver: Receiver, school: School) -> None:
    """Kill the worker while servers have a webhook's message and a grade, and have not answered."""
    key = crew(system)["first"]
    school.join(system)
    for pupil in PUPILS:
        came = school.launch(pupil)
        assert came.status_code == 200, came.text
    school.book.is_answering.clear()
    school.do("begin")
    assert school.book.has_taken.wait(60)
    with httpx.Client(base_url=f"http://127.0.0.1:{system.port}", trust_env=False) as api:
        api.headers["Authorization"] = f"Bearer {key}"
        added = api.post("/api/v1/webhooks/", json={"address": f"{receiver.origin}/hang"})
        assert added.status_code == 201, added.text
        wait_until(lambda: len(receiver.received) == 1)
        worker = psutil.Process(system.children()["worker"])
        for process in [worker, *worker.children(recursive=True)]:
            process.kill()
        receiver.is_let_go.set()
        school.book.is_answering.set()
        wait_until(lambda: len(receiver.received) > 1, SENT_AGAIN_SECONDS)
        wait_until(lambda: api.get(added.headers["Location"]).json()["state"] == "active")
    first, second = receiver.received
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    for one in (first, second):
        Webhook(added.json()["secret"]).verify(one.body, dict(one.headers))
    grades_stand_in_the_book_once(school)


def grades_stand_in_the_book_once(school: School) -> None:
    """The grade that was on its way is sent again with the same time, which the book refuses; so it is there once."""
    school.wait_sent(posts=len(PUPILS) + 1)
    scores, posts = school.book.scores, [given for _, _, given in school.book.posts]
    assert {pupil: one["scoreGiven"] for pupil, one in scores.items()} == {"user-1": 100.0, "user-2": 0.0}
    assert [one["userId"] for one in posts] == ["user-1", "user-1", "user-2"]
    assert len({one["timestamp"] for one in posts}) == 1


def keys_change_while_pupils_come_and_grades_go(school: School) -> None:
    """The platform changes its key, and we ours, in both of its steps; each launch is taken, and each grade."""
    wait_until(lambda: time.monotonic() > school.platform.asked_at + key_sets.AGAIN_SECONDS)
    is_over, ours = threading.Event(), set()

    def pupil(name: str) -> list[int]:
        statuses = []
        while not is_over.is_set():
            statuses.append(school.launch(name).status_code)
        return statuses

    with ThreadPoolExecutor(LAUNCHING) as threads:
        coming = [threads.submit(pupil, PUPILS[number % len(PUPILS)]) for number in range(LAUNCHING)]
        try:
            school.publish_key("k2")
            for _ in range(2):
                ours.add(school.do("renew"))
                school.book.kept.clear()  # the platform has forgotten the token, so that the key is needed for another
                before = len(school.book.posts)
                school.do("begin")
                school.wait_sent(posts=before + len(PUPILS) + 1)  # the first is sent with the old token too
        finally:
            is_over.set()
        statuses = [status for one in coming for status in one.result()]
    assert len(ours) == 2
    assert set(statuses) == {200}
    assert len(statuses) > 10 * LAUNCHING


def the_dead_come_back(system: System) -> None:
    for name in ("web", engines.VALKEY, engines.POSTGRES):
        psutil.Process(system.children()[name]).kill()
        system.wait_for(f"{name} runs again.")
        wait_until(lambda: get(system, "/healthz/").status == 200)
        assert get(system, PAGE).status == 200
