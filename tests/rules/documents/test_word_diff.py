"""Two texts in pieces: nothing is lost, and what is shown as same is in both."""

from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.documents.word_diff import Piece, words_diff

TEXTS = st.text(alphabet="ab ,.\n", max_size=60)


def test_words_that_were_exchanged_stand_between_those_that_stayed():
    assert words_diff("The frame is sound at heart.", "The frame is rotten at heart.") == (
        Piece("same", "The frame is "),
        Piece("removed", "sound "),
        Piece("added", "rotten "),
        Piece("same", "at heart."),
    )


def test_equal_texts_are_one_piece_and_empty_ones_none():
    assert words_diff("As it was.", "As it was.") == (Piece("same", "As it was."),)
    assert words_diff("", "") == ()
    assert words_diff("", "New.") == (Piece("added", "New."),)
    assert words_diff("Old.", "") == (Piece("removed", "Old."),)


def test_texts_with_little_in_common_are_shown_one_after_the_other():
    assert words_diff("Oak lasts.", "The county asked three engineers.") == (
        Piece("removed", "Oak lasts."),
        Piece("added", "The county asked three engineers."),
    )


def test_very_long_texts_are_not_compared_word_by_word():
    before = "word " * 3000
    assert words_diff(before, before + "more") == (Piece("removed", before), Piece("added", before + "more"))


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before, after):
    pieces = words_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)
