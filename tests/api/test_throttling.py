"""The counter of requests, over threads, processes and windows. Models are not named here: processes import this."""

import logging
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

from redis import Redis

from perspectives.serving import counting
from perspectives.serving.counting import Counter

PREFIX = "debatekb:limit:"
NOBODY = "redis://127.0.0.1:1/0"


def counted(counter, client, times):
    return [counter.count(client).requests for _ in range(times)]


def test_each_request_of_a_client_is_counted_and_others_are_not(valkey):
    counter = Counter(valkey)
    assert counted(counter, "one", 5) == [1, 2, 3, 4, 5]
    assert counted(counter, "two", 1) == [1]


def count_for(location, times, counts):
    """Count in a process of its own."""
    with Redis.from_url(location) as client:
        counts.put(counted(Counter(client), "one", times))


def test_processes_that_share_a_valkey_count_together(settings, valkey):
    spawn = multiprocessing.get_context("spawn")
    counts = spawn.Queue()
    processes = [spawn.Process(target=count_for, args=(settings.CACHE_URL, 300, counts)) for _ in range(2)]
    for process in processes:
        process.start()
    found = [number for _ in processes for number in counts.get(timeout=60)]
    for process in processes:
        process.join()
    assert sorted(found) == list(range(1, 601))


def test_threads_that_share_a_counter_count_together(valkey):
    counter = Counter(valkey)
    with ThreadPoolExecutor(8) as pool:
        found = [number for numbers in pool.map(lambda _: counted(counter, "one", 50), range(8)) for number in numbers]
    assert sorted(found) == list(range(1, 401))


def test_a_window_opens_with_the_first_request_and_ends_by_itself(valkey):
    counter = Counter(valkey, window_seconds=0.4)
    first, second = counter.count("one"), counter.count("one")
    assert 0 < second.seconds <= first.seconds <= 0.4
    deadline = time.monotonic() + 10
    while valkey.exists(f"{PREFIX}one"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert counter.count("one").requests == 1


def test_a_counter_that_has_no_end_gets_one(valkey):
    valkey.set(f"{PREFIX}one", 7)
    assert Counter(valkey).count("one").requests == 8
    assert 0 < valkey.pttl(f"{PREFIX}one") <= 60_000


def test_a_valkey_that_is_away_is_left_alone_for_a_while(valkey, caplog, monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr(counting.time, "monotonic", lambda: now)
    away, counter = Redis.from_url(NOBODY), Counter(Redis.from_url(NOBODY))
    begin = now
    with caplog.at_level(logging.WARNING, logger=counting.__name__):
        for seconds, times_logged in ((0, 1), (5, 1), (59, 1), (65, 2)):
            counter._valkey, now = away, begin + seconds
            assert counter.count("one") is None
            counter._valkey, now = valkey, now + 4.9
            assert counter.count("one") is None, "it is not asked again so soon"
            assert len(caplog.records) == times_logged, seconds
    now += 0.2
    assert counter.count("one").requests == 1
