"""Whom comments mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.discussion import mentions

PEOPLE = {"ada": 1, "Ben.Fox": 2, "c+d@e": 3}


@pytest.mark.parametrize(
    ("text", "kept", "people", "unknown"),
    [
        ("@ada look", "@[1] look", {1}, ()),
        ("Look, @ADA, and @ben.fox.", "Look, @[1], and @[2].", {1, 2}, ()),
        ("(@c+d@e) @ada's", "(@[3]) @[1]'s", {1, 3}, ()),
        ("write to x@ada or x.@ada", "write to x@ada or x.@ada", set(), ()),
        ("@nobody, @nobody and @", "@nobody, @nobody and @", set(), ("nobody",)),
        ("@[1] and @...", "@ [1] and @...", set(), ()),
        ("", "", set(), ()),
    ],
)
def test_kept(text, kept, people, unknown):
    assert mentions.kept(text, PEOPLE) == (kept, people, unknown)
    assert mentions.mentioned(kept) == people


def test_names_come_back_as_they_are_now():
    assert mentions.shown("@[1] and @[2]; @[9] @[x]", {1: "ada", 2: "erased-2"}) == "@ada and @erased-2; @nobody @[x]"


@given(st.text(alphabet="@[]123 .abdex+-\n", max_size=60))
def test_what_is_shown_is_kept_the_same_again(text):
    kept = mentions.kept(text, PEOPLE)
    shown = mentions.shown(kept.text, {number: name for name, number in PEOPLE.items()})
    assert mentions.kept(shown, PEOPLE).people == kept.people
