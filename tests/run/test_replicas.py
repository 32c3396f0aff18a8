"""Two web processes on a primary and its streaming replica, each of which is paused, killed and brought back."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from debatekb.running import engines
from tests.own_engines import WORKER
from tests.run.cluster import MAX_LAG, REPLICA, Cluster, wait_until

PRIMARY = engines.POSTGRES
LOGS = {PRIMARY: "postgres", REPLICA: "replica"}
WEB = ("web", "web-2")
_BETWEEN_SECONDS = 0.05
TOPIC = "minsk-ii"
PAGE = f"/topics/{TOPIC}/"
PUBLIC = (
    PAGE,
    "/",
    "/search/?q=ceasefire",
    "/sources/",
    "/timeline/",
    "/api/v1/topics/",
    "/api/v1/search/?q=ceasefire",
)
LAST = "nato-expansion-assurances"
EVERYTHING = (
    *("/about/", "/people/", "/quiz/", "/tray/", "/feed.atom", "/sitemap.xml", "/llms.txt", f"/embed{PAGE}"),
    *(f"{PAGE}{part}" for part in ("map/", "map.svg", "handout/", "worksheet/", "editions/", "editions/1/")),
    *(f"/api/v1/{part}/" for part in ("sources", "claims", "figures", "topics/minsk-ii", "vocabulary")),
    f"/api/v1/answers/?topic={TOPIC}",
)
ASK = json.dumps(
    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "answer", "arguments": {"topic": TOPIC}}}
)
LONGEST_SECONDS = 9.0
"""Four seconds for the answer that does not come, as long for the look at whether it is back, and the answer."""
NOTICE = "The database is not answering at the moment."
RETRACT = """
import sys, django
django.setup()
from perspectives.actions.publication import retracting
from perspectives.models import Edition, User
chief, _ = User.objects.get_or_create(username="chief", defaults={"role": "chief-editor"})
edition = Edition.objects.filter(topic__slug=sys.argv[1]).latest("number")
retracting.retract(edition_id=edition.pk, note="Misread the clause.", by=chief)
"""
SIGN_IN = """
import django
django.setup()
from perspectives.models import User
from tests import people
chief, _ = User.objects.get_or_create(username="chief", defaults={"role": "chief-editor"})
for cookie in people.cookies(chief, "http://127.0.0.1"):
    print("Cookie", f"{cookie['name']}={cookie['value']}")
"""


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A published knowledge base on a primary, and a replica that two web processes read from."""
    made = Cluster(tmp_path_factory.mktemp("replicas") / "var")
    try:
        with made.on(PRIMARY) as server:
            server.execute("ALTER DATABASE debatekb SET log_statement = 'all'")
        made.copy_primary()
        made.start_replica()
        for name in WEB:
            made.start_web(name)
        yield made
    finally:
        made.end()


def does(cluster: Cluster, script: str, *words: str) -> str:
    """Run a script beside the system, to its end."""
    return cluster.python("-c", script, *words, DJANGO_SETTINGS_MODULE="debatekb.settings")


def read_from(cluster: Cluster, path: str, web: str = "web") -> set[str]:
    """Ask for a page, and tell which servers were asked for more than what is published now."""
    before = {name: len(cluster.log(log)) for name, log in LOGS.items()}
    assert cluster.get(web, path).status == 200
    time.sleep(0.1)
    new = {name: cluster.log(log)[before[name] :].splitlines() for name, log in LOGS.items()}
    return {
        name for name, lines in new.items() if any("perspectives_" in line and "max(id)" not in line for line in lines)
    }


class Readers:
    """Threads that read twenty times a second at most each, and what they got."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.is_over = False
        self.failed: list[tuple[str, int]] = []
        self.asked = 0
        self.longest = 0.0

    def read(self, place: int) -> None:
        """Read until the end."""
        while not self.is_over:
            for path in PUBLIC:
                began = time.monotonic()
                answer = self.cluster.get(WEB[place % 2], path)
                self.longest = max(self.longest, time.monotonic() - began)
                self.asked += 1
                if answer.status != 200:
                    self.failed.append((path, answer.status))
                time.sleep(_BETWEEN_SECONDS)


@contextmanager
def reading(cluster: Cluster) -> Iterator[Readers]:
    """Let four readers read while something happens; none of them may see an error."""
    readers = Readers(cluster)
    threads = [threading.Thread(target=readers.read, args=[place]) for place in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield readers
        time.sleep(4)
    finally:
        readers.is_over = True
        for thread in threads:
            thread.join()
    assert readers.asked > 20
    assert not readers.failed


def says(cluster: Cluster, path: str, words: str) -> bool:
    """Whether both web processes say it."""
    return all(words in cluster.get(name, path).text for name in WEB)


@pytest.mark.timeout(600)
def test_readers_are_served_by_whichever_database_is_left(cluster: Cluster) -> None:
    two_workers_share_the_jobs(cluster)
    reads_go_to_the_replica(cluster)
    what_is_retracted_is_seen_at_once_and_a_late_replica_is_not_read(cluster)
    a_killed_replica_is_noticed_by_nobody(cluster)
    a_replica_that_hangs_keeps_nobody_waiting(cluster)
    a_killed_primary_leaves_the_pages(cluster)
    no_process_goes_back_to_what_it_has_seen_change(cluster)


def two_workers_share_the_jobs(cluster: Cluster) -> None:
    names = ("worker-1", "worker-2")
    for name in names:
        words = ("-m", *WORKER[2:-1], "--loglevel=INFO", "--without-gossip", "--without-mingle", "-n", name)
        cluster.start(name, *words, is_ready=lambda: True)
    try:
        wait_until(lambda: all("succeeded in" in cluster.log(name) for name in names), "one of them did nothing")
    finally:
        for name in names:
            cluster.children.stop(name)


def reads_go_to_the_replica(cluster: Cluster) -> None:
    for path in ("/search/?q=ceasefire", "/api/v1/claims/", "/api/v1/search/?q=treaty", "/sources/"):
        assert read_from(cluster, path) == {REPLICA}, path
    assert read_from(cluster, "/people/", "web-2") == {REPLICA}


def what_is_retracted_is_seen_at_once_and_a_late_replica_is_not_read(cluster: Cluster) -> None:
    with cluster.on(REPLICA) as replica, cluster.on(PRIMARY) as primary:
        replica.execute("SELECT pg_wal_replay_pause()")
        does(cluster, RETRACT, TOPIC)
        time.sleep(1.2)
        assert says(cluster, PAGE, "Misread the clause.")
        assert read_from(cluster, "/search/?q=treaty") == {PRIMARY}
        replica.execute("SELECT pg_wal_replay_resume()")
        wait_until(lambda: read_from(cluster, "/search/?q=truce") == {REPLICA})
        assert says(cluster, PAGE, "Misread the clause.")

        replica.execute("SELECT pg_wal_replay_pause()")
        primary.execute("CREATE TABLE of_nobody ()")
        time.sleep(MAX_LAG + 1.2)
        assert read_from(cluster, "/search/?q=peace") == {PRIMARY}
        replica.execute("SELECT pg_wal_replay_resume()")
        wait_until(lambda: read_from(cluster, "/search/?q=army") == {REPLICA})


def a_killed_replica_is_noticed_by_nobody(cluster: Cluster) -> None:
    with reading(cluster):
        time.sleep(0.5)
        cluster.kill(REPLICA)
    assert read_from(cluster, "/search/?q=gas") == {PRIMARY}
    assert not says(cluster, PAGE, NOTICE)
    with reading(cluster):
        cluster.start_replica()
    wait_until(lambda: read_from(cluster, "/search/?q=oil") == {REPLICA})


def a_replica_that_hangs_keeps_nobody_waiting(cluster: Cluster) -> None:
    leader = psutil.Process(cluster.children.running[REPLICA].process.pid)
    family = [leader, *leader.children(recursive=True)]
    with reading(cluster) as readers:
        for process in family:
            process.suspend()
        time.sleep(8)
        for process in family:
            process.resume()
    assert readers.longest < LONGEST_SECONDS
    wait_until(lambda: read_from(cluster, "/search/?q=coal") == {REPLICA})


def no_process_goes_back_to_what_it_has_seen_change(cluster: Cluster) -> None:
    """What was published in the last moment before the primary went may be missing, but never again."""
    page, never_asked_for = f"/topics/{LAST}/", f"/topics/{LAST}/map/"
    wait_until(lambda: read_from(cluster, "/search/?q=steel") == {REPLICA})
    with cluster.on(REPLICA) as replica:
        replica.execute("SELECT pg_wal_replay_pause()")
        does(cluster, RETRACT, LAST)
        wait_until(lambda: says(cluster, page, "Misread the clause."))
        cluster.kill(PRIMARY)
        time.sleep(1.2)
        kept, refused = cluster.get("web", page), cluster.get("web", never_asked_for)
        assert ("Misread the clause." in kept.text, NOTICE in kept.text) == (True, True)
        assert (refused.status, "Retry-After" in refused.headers) == (503, True)
        cluster.start_web("web-4")
        assert NOTICE in cluster.get("web-4", page).text
        replica.execute("SELECT pg_wal_replay_resume()")
    wait_until(lambda: cluster.get("web", never_asked_for).status == 200)
    wait_until(lambda: "Misread the clause." in cluster.get("web-4", page).text)
    cluster.start_primary()
    wait_until(lambda: not says(cluster, page, NOTICE))


def a_killed_primary_leaves_the_pages(cluster: Cluster) -> None:
    name, value = does(cluster, SIGN_IN).split()
    moderator = {name: value}
    assert cluster.get("web", "/desk/", **moderator).status == 200
    with reading(cluster):
        time.sleep(0.5)
        cluster.kill(PRIMARY)
    never_asked_for = "/topics/minsk-ii/brief/"
    for path in (PAGE, never_asked_for, "/search/?q=ceasefire"):
        answer = cluster.get("web", path, **moderator)
        assert (answer.status, NOTICE in answer.text, answer.headers["Cache-Control"]) == (200, True, "no-store"), path
    for path in EVERYTHING:
        assert cluster.get("web-2", path).status in {200, 302}, path
    asked = cluster.get("web", "/mcp", ASK, **{"Content-Type": "application/json"})
    assert (asked.status, TOPIC in asked.text) == (200, True)
    listed = cluster.get("web", "/api/v1/topics/")
    assert (listed.status, listed.headers["Cache-Control"]) == (200, "no-store")
    assert "Misread the clause." in cluster.get("web-2", PAGE).text
    for path in ("/desk/", "/account/"):
        refused = cluster.get("web", path, **moderator)
        assert (refused.status, "Retry-After" in refused.headers) == (503, True), path

    cluster.start_web("web-3")  # one that has never seen the primary
    assert NOTICE in cluster.get("web-3", PAGE).text

    with reading(cluster):
        cluster.start_primary()
    wait_until(lambda: NOTICE not in cluster.get("web", PAGE).text)
    assert cluster.get("web", "/desk/", **moderator).status == 200
    does(cluster, RETRACT, "bucharest-summit-2008")
    wait_until(lambda: says(cluster, "/topics/bucharest-summit-2008/", "Misread the clause."))
    assert NOTICE not in cluster.get("web", "/search/?q=ceasefire").text
