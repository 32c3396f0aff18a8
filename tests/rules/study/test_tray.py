"""The tray as a text and back, and what a reader does to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.study import tray

SLUGS = st.sampled_from(["a", "s1", "minsk-ii", "0", "a-1-b"])
CLAIMS = st.lists(st.tuples(SLUGS, SLUGS).map("/".join), unique=True, max_size=tray.MOST_CLAIMS).map(tuple)
THREE = ("bridge/s1", "bridge/o1", "pay/s1")
FULL = tuple(f"bridge/s{number}" for number in range(tray.MOST_CLAIMS))


@given(CLAIMS)
def test_reading_gives_back_what_was_written(claims):
    assert tray.read(tray.written(claims)) == claims


def test_a_topic_is_written_where_it_changes():
    assert tray.written(THREE) == "bridge/s1.o1.pay/s1"


@pytest.mark.parametrize(
    "text",
    [
        "s1", ".", "bridge/s1.", ".bridge/s1", "bridge/s1..o1", "bridge/", "/s1", "bridge/s1/o1", "Bridge/s1",
        "bridge/S1", "bridge/s1 ", "bridge/s1\n", "bridge/s1,o1", "brïdge/s1", "bridge/s1\x00",
        "<script>/s1", "../s1", "-a/s1", "a--b/s1",
        "bridge/s1.s1", "bridge/s1.bridge/s1", ".".join([*FULL, "x"]), f"{'a' * tray.LONGEST}/s1",
    ],
)  # fmt: skip
def test_what_is_no_tray_is_refused(text):
    with pytest.raises(tray.BrokenTrayError, match=r"tray"):
        tray.read(text)


def test_a_claim_is_added_once_at_the_end():
    assert tray.added(THREE, "pay/o1") == (*THREE, "pay/o1")
    assert tray.added(THREE, "bridge/s1") == THREE
    assert tray.added(FULL, FULL[0]) == FULL


@pytest.mark.parametrize("claim", ["", "s1", "bridge/s1.o1", "bridge/s1\n", "<b>/s1", "a" * 5000])
def test_what_is_no_claim_is_not_added(claim):
    with pytest.raises(tray.BrokenTrayError, match="not the name of a claim"):
        tray.added(THREE, claim)


def test_a_full_tray_takes_no_more():
    with pytest.raises(tray.BrokenTrayError, match="24 claims, and no more"):
        tray.added(FULL, "pay/s1")


def test_a_tray_does_not_outgrow_its_address():
    long = tuple(f"{'t' * 78}{number}/{'c' * 79}" for number in range(10, 32))
    with pytest.raises(tray.BrokenTrayError, match="too long for an address"):
        tray.added(long, f"{'u' * 80}/{'c' * 80}")


def test_a_claim_is_left_out():
    assert tray.without(THREE, "bridge/o1") == ("bridge/s1", "pay/s1")
    assert tray.without(THREE, "pay/o9") == THREE


@pytest.mark.parametrize(
    ("claim", "places", "expected"),
    [
        ("bridge/s1", 1, ("bridge/o1", "bridge/s1", "pay/s1")),
        ("pay/s1", -1, ("bridge/s1", "pay/s1", "bridge/o1")),
        ("pay/s1", -9, ("pay/s1", "bridge/s1", "bridge/o1")),
        ("bridge/s1", 9, ("bridge/o1", "pay/s1", "bridge/s1")),
        ("bridge/s1", -1, THREE),
        ("pay/s1", 1, THREE),
        ("pay/o9", 1, THREE),
    ],
)
def test_a_claim_is_moved_and_stops_at_the_ends(claim, places, expected):
    assert tray.moved(THREE, claim, places) == expected
