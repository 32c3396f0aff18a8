"""Counts of several processes become one sum; a Valkey that is away loses none and hears none twice."""

import pytest
from django.http import HttpResponse
from redis import ConnectionError as AwayError
from redis import Redis
from redis.exceptions import TimeoutError as NoAnswerError

from debatekb.watching import counters, valkey
from debatekb.watching.counters import Counters
from debatekb.watching.middleware import WatchMiddleware
from perspectives.queries.publication.publication_cache import CACHE

SERIES = ("requests", "a view of these tests", "GET", "200")
"""No other test of this process asks for it, whose server may count while these run."""


@pytest.fixture(autouse=True)
def _nothing_counted():
    valkey.client().delete("debatekb:counts")
    CACHE.taken_uses()
    yield
    valkey.client().delete("debatekb:counts")


def test_processes_add_to_one_sum():
    first, second = Counters(), Counters()
    first.add({SERIES: 2})
    second.add({SERIES: 3.5})
    first.flush()
    second.flush()
    second.flush()
    assert counters.sums()[SERIES] == 5.5


@pytest.mark.parametrize(("error", "kept"), [(AwayError, 2), (NoAnswerError, 0)])
def test_what_was_not_sent_is_sent_later_and_what_may_have_been_is_not_sent_again(monkeypatch, error, kept):
    def fail(*_, **__):
        raise error

    counted = Counters()
    counted.add({SERIES: 2})
    with monkeypatch.context() as patch:
        patch.setattr(Redis, "pipeline", fail)
        with pytest.raises(error):
            counted.flush()
    counted.flush()
    assert counters.sums().get(SERIES, 0) == kept


def test_requests_are_counted_by_bucket_and_uses_of_the_cache_by_kind():
    WatchMiddleware(lambda _: HttpResponse())  # knows what is cached
    counters.count_request(SERIES[1], "GET", 200, 0.02)
    counters.count_request(SERIES[1], "GET", 200, 99)
    CACHE.get_or_make("a key of this test", lambda: b"made", kind="test")
    CACHE.get_or_make("a key of this test", lambda: b"made", kind="test")
    found = counters.sums()
    assert found[SERIES] == 2
    assert found["request_buckets", SERIES[1], "GET", "0.05"] == found["request_buckets", SERIES[1], "GET", "+Inf"] == 1
    assert found["cache", "test", "hit"] == found["cache", "test", "miss"] == 1


def test_a_method_that_nobody_knows_is_other():
    assert counters.known_method("BREW") == counters.known_method(None) == "other"
    assert counters.known_method("GET") == "GET"
