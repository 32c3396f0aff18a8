"""When a message is sent again."""

import pytest

from perspectives.rules.webhooks import retries


def test_waits_grow_and_end_after_three_days():
    waits = [retries.wait(attempts, None) for attempts in range(1, retries.MOST_ATTEMPTS + 1)]
    assert waits == [*retries.WAITS, None]
    assert list(retries.WAITS) == sorted(set(retries.WAITS))
    assert 3 * 86_400 < sum(retries.WAITS) < 4 * 86_400


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(0, 60), (59.0, 60), (600, 600), (10**9, 86_400), (-5, 60), (None, 60)]
)
def test_a_receiver_may_ask_for_a_longer_wait_within_reason(retry_after, seconds):
    assert retries.wait(1, retry_after) == seconds


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_success(status):
    assert retries.is_success(status)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (199, "a success is 200 to 299"),
        (301, "redirects are not followed"),
        (308, "redirects are not followed"),
        (404, "a success is 200 to 299"),
        (410, "it wants no more messages"),
        (500, "a success is 200 to 299"),
    ],
)
def test_anything_else_is_told_in_a_sentence(status, words):
    assert not retries.is_success(status)
    assert f"kb.example answered {status}" in retries.complaint("kb.example", status)
    assert words in retries.complaint("kb.example", status)
