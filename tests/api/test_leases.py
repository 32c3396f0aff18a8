"""The limiter itself: exact over threads, processes and windows. Models are not named here: processes import this."""

import logging
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from perspectives.api.http import rate_limit_leases
from perspectives.api.http.rate_limit_leases import Limiter

PREFIX = "debatekb:limit:"
NOBODY = "redis://127.0.0.1:1/0"


class Clock:
    """A clock that is put forward by hand."""

    now = 1000.0

    def __call__(self):
        return self.now


def granted(limiter, client, limit, tries):
    return sum(limiter.take(client, limit).is_granted for _ in range(tries))


@pytest.mark.parametrize("limit", [1, 2, 7, 19, 20, 100, 600, 6000])
def test_the_limit_is_reached_exactly(valkey, limit):
    limiter = Limiter(valkey)
    for left in range(limit - 1, -1, -1):
        allowance = limiter.take("one", limit)
        assert (allowance.is_granted, allowance.remaining) == (True, left)
    assert not limiter.take("one", limit).is_granted
    assert limiter.take("two", limit).is_granted


def test_valkey_is_asked_rarely(valkey):
    limiter = Limiter(valkey)
    asked = []
    ask = limiter._ask
    limiter._ask = lambda *words: asked.append(words) or ask(*words)
    assert granted(limiter, "one", 600, tries=2000) == 600
    assert len(asked) < 40


def test_leases_are_small(valkey):
    limiters = [Limiter(valkey) for _ in range(8)]
    assert all(limiter.take("one", 600).is_granted for limiter in limiters)
    assert int(valkey.get(f"{PREFIX}one")) <= 8 * 600 // 20


@pytest.mark.parametrize("limit", [5, 97, 600])
def test_limiters_that_share_a_valkey_grant_the_limit_together(valkey, limit):
    limiters = [Limiter(valkey) for _ in range(3)]
    assert sum(limiters[number % 3].take("one", limit).is_granted for number in range(4 * limit)) == limit


def count_granted(location, limit, tries, counts):
    """Count what a process of its own is granted."""
    with Redis.from_url(location) as client:
        counts.put(granted(Limiter(client), "one", limit, tries))


def test_processes_that_share_a_valkey_grant_the_limit_together(settings, valkey):
    spawn = multiprocessing.get_context("spawn")
    counts = spawn.Queue()
    words = (settings.CACHE_URL, 600, 900, counts)
    processes = [spawn.Process(target=count_granted, args=words) for _ in range(2)]
    for process in processes:
        process.start()
    assert sum(counts.get(timeout=60) for _ in processes) == 600
    for process in processes:
        process.join()


def test_threads_that_share_a_limiter_grant_the_limit_together(valkey):
    limiter = Limiter(valkey)
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: granted(limiter, "one", 600, tries=200), range(8)))
    assert sum(counts) == 600


def test_a_new_window_opens_when_the_old_one_ends(valkey):
    clock = Clock()
    limiter = Limiter(valkey, clock=clock)
    assert granted(limiter, "one", 40, tries=50) == 40
    assert 55 < limiter.take("one", 40).seconds <= 60
    clock.now += 59
    assert not limiter.take("one", 40).is_granted
    clock.now += 1
    assert not limiter.take("one", 40).is_granted, "Valkey's clock is what counts"
    valkey.delete(f"{PREFIX}one")
    clock.now += 60
    assert granted(limiter, "one", 40, tries=50) == 40


def test_a_lease_ends_with_its_window(valkey):
    clock = Clock()
    limiter = Limiter(valkey, clock=clock)
    assert limiter.take("one", 600).remaining == 599
    clock.now += 60
    assert limiter.take("one", 600).remaining == 569, "what was leased in the old window is not carried over"


def test_valkey_forgets_a_counter_when_its_window_ends(valkey):
    limiter = Limiter(valkey, window_seconds=0.2)
    limiter.take("one", 5)
    assert 0 < valkey.pttl(f"{PREFIX}one") <= 200
    deadline = time.monotonic() + 10
    while valkey.exists(f"{PREFIX}one"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert limiter.take("one", 5).remaining == 4


def test_leases_of_two_threads_at_once_are_joined(valkey):
    limiter = Limiter(valkey)
    ask = limiter._ask

    def ask_after_another_thread(*words):
        limiter._ask = ask
        assert limiter.take("one", 600).remaining == 599
        return ask(*words)

    limiter._ask = ask_after_another_thread
    assert limiter.take("one", 600).remaining == 598
    assert granted(limiter, "one", 600, tries=700) == 598


def test_ten_thousand_clients_are_counted_and_memory_is_bounded(valkey):
    limiter = Limiter(valkey, window_seconds=3600, most_clients=5_000)
    assert all(limiter.take(str(client), 1).is_granted for client in range(10_000))
    assert len(limiter) == 5_000
    assert not any(limiter.take(str(client), 1).is_granted for client in range(10_000))
    assert len(limiter) == 5_000


def test_a_valkey_that_is_away_is_left_alone_for_a_while(caplog):
    clock = Clock()
    limiter = Limiter(Redis.from_url(NOBODY), clock=clock)
    asked = []
    ask = limiter._ask
    limiter._ask = lambda *words: asked.append(words) or ask(*words)
    with caplog.at_level(logging.WARNING, logger=rate_limit_leases.__name__):
        for seconds, times_asked, times_logged in ((0, 1, 1), (4.9, 1, 1), (5, 2, 1), (59, 3, 1), (65, 4, 2)):
            clock.now = Clock.now + seconds
            assert limiter.take("one", 5) is None
            assert (len(asked), len(caplog.records)) == (times_asked, times_logged), seconds


def test_leases_outlast_a_valkey_that_goes_away(valkey):
    limiter = Limiter(valkey)
    limiter.take("one", 40)
    limiter._ask = Redis.from_url(NOBODY).register_script("return 1")
    assert limiter.take("one", 40).remaining == 38
    assert limiter.take("one", 40) is None
