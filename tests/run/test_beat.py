"""Two beats on one Valkey: one sends; when it is killed the other follows, and it does not send twice."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from django.conf import settings
from redis import Redis

from debatekb import beat
from tests.run.system import ROOT

PATIENCE_SECONDS = 60
SENT = "Scheduler: Sending due task"
RUN = """
import sys
from debatekb import settings
settings.CELERY_BEAT_SCHEDULE = {"each-second": {"task": "perspectives.nothing", "schedule": 1.0}}
from debatekb.celery import app
app.Beat(schedule=sys.argv[1], loglevel="INFO", pidfile=None, quiet=True).run()
"""


@pytest.fixture
def valkey():
    """Valkey without a lease and without what beats sent."""
    with Redis.from_url(settings.CACHE_URL) as cache:
        cache.delete(beat.NAME)
        yield cache
        cache.delete(beat.NAME)


def begin(stack, folder, name):
    """Start a beat; give its process and its log."""
    log = folder / f"{name}.log"
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder / name)],
        cwd=ROOT,
        stdout=stack.enter_context(log.open("wb")),
        stderr=subprocess.STDOUT,
        env={**os.environ, "REDIS_URL": settings.REDIS_URL},
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process, log


def wait_for(is_so):
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(0.2)
    return time.monotonic() - began


@pytest.mark.timeout(240)
def test_one_beat_sends_and_another_follows(tmp_path, valkey):
    with ExitStack() as stack:
        beats = [begin(stack, tmp_path, name) for name in ("one", "two")]

        def senders():
            return [place for place in beats if SENT in place[1].read_text()]

        wait_for(senders)
        wait_for(lambda: all("beat: Starting" in log.read_text() for _, log in beats))
        time.sleep(beat.RENEWED_AFTER_SECONDS + 2)
        [(first, log)] = senders()
        assert log.read_text().count(SENT) > beat.RENEWED_AFTER_SECONDS
        first.kill()
        first.wait()
        seconds = wait_for(lambda: len(senders()) == len(beats))
        assert seconds < beat.LEASE_SECONDS + beat.RENEWED_AFTER_SECONDS + 3


@pytest.mark.timeout(240)
def test_a_beat_that_ends_in_order_lets_go_and_one_that_was_away_too_long_notices(valkey, monkeypatch):
    monkeypatch.setattr(beat, "RENEWED_AFTER_SECONDS", 0.0)
    one, other = beat.Lease(valkey, seconds=0.3), beat.Lease(valkey, seconds=30)
    assert one.is_held()
    assert not other.is_held()
    time.sleep(0.4)
    assert other.is_held()
    one._renewed_at -= beat.RENEWED_AFTER_SECONDS
    assert not one.is_held()
    other.let_go()
    assert one.is_held()


def test_without_valkey_no_beat_sends():
    with Redis(unix_socket_path="/nowhere", socket_connect_timeout=0.1) as nobody:
        assert not beat.Lease(nobody).is_held()
