"""Years and spans: what is read, and what is refused."""

import pytest

from perspectives.rules.search import years


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1990", (1990, 1990)),
        ("1990..1999", (1990, 1999)),
        ("1990..1990", (1990, 1990)),
        ("1990..", (1990, 9999)),
        ("..1999", (1, 1999)),
        ("9999..", (9999, 9999)),
        ("1", (1, 1)),
    ],
)
def test_what_is_a_span(text, span):
    assert years.read(text) == span
    assert years.read(text).is_single == (span[0] == span[1])


@pytest.mark.parametrize(
    "text",
    ["", "..", "0", "0..5", "10000", "1999..1990", "1990...1999", "1990-1999", "19x", " 1990", "\u0661", "1..2..3"],
)
def test_what_is_none(text):
    with pytest.raises(ValueError, match=r"1990\.\.1999"):
        years.read(text)
