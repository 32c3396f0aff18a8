"""Two texts compared word by word."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.word_diff import MOST_WORDS, Words, word_diff

WORDS = st.lists(st.sampled_from(["oak", "bridge", "is", "old", "new"]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", ()),
        ("the oak", "the oak", (Words("same", "the oak"),)),
        (
            "the oak bridge",
            "the steel bridge",
            (
                Words("same", "the"),
                Words("gone", "oak"),
                Words("new", "steel"),
                Words("same", "bridge"),
            ),
        ),
        ("", "new words", (Words("new", "new words"),)),
        ("old words", "", (Words("gone", "old words"),)),
    ],
)
def test_word_diff(before, after, runs):
    assert word_diff(before, after) == runs


@given(WORDS, WORDS)
def test_the_runs_make_both_texts_again(before, after):
    runs = word_diff(before, after)
    assert " ".join(run.text for run in runs if run.kind != "new") == before
    assert " ".join(run.text for run in runs if run.kind != "gone") == after


def test_long_texts_are_shown_one_after_the_other_at_once():
    before, after = "a b " * MOST_WORDS, "b a " * MOST_WORDS
    began = perf_counter()
    assert [run.kind for run in word_diff(before, after)] == ["gone", "new"]
    assert perf_counter() - began < 1
