"""Quotations are found only where the text has their words, and what turns their sense is said."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.evidence.folded_text import FoldedText, fold_words
from perspectives.rules.evidence.quotation import find
from perspectives.vocab import QuotationMatch
from tests.rules.evidence.pairs import MAY_BE, PROSE, TRUE, pairs

ALL = pairs()


def test_there_are_many_pairs_of_every_kind():
    number = Counter(pair.kind for pair in ALL)
    assert len(ALL) >= 300
    assert number.keys() == MAY_BE.keys()
    assert min(number.values()) >= 30


@pytest.mark.parametrize("kind", MAY_BE)
def test_pairs_have_a_right_outcome(kind):
    found = [(pair.quotation, find(pair.quotation, FoldedText(pair.page)).outcome) for pair in ALL if pair.kind == kind]
    assert [(quotation, outcome) for quotation, outcome in found if outcome not in MAY_BE[kind]] == []


def test_a_quotation_in_its_text_is_found_where_it_stands():
    text = FoldedText(PROSE)
    for pair in ALL:
        if pair.page == PROSE and pair.kind == TRUE and not re.search(r"\[|\.\.\.|\u2026", pair.quotation):
            match = find(pair.quotation, text)
            assert PROSE[match.start : match.end] == match.exact
            assert "".join(fold_words(match.exact)) == "".join(fold_words(pair.quotation))
            assert PROSE[: match.start].endswith(match.prefix)
            assert PROSE[match.end :].startswith(match.suffix)
            assert match.exact.split()[0] in match.sentence


def test_what_differs_is_told():
    match = find("Observers counted 1,520 people, 40% of them students", FoldedText(PROSE))
    assert [(one.quoted, one.text) for one in match.differences] == [("1520", "1250")]
    assert match.exact == "Observers counted 1,250 people, 40 % of them students"
    assert 90 < match.likeness < 100


def test_what_was_cut_off_is_told():
    assert find("the treaty would bind all parties", FoldedText(PROSE)).left_out == ("nobody", "although")
    assert find("the ministers agreed to the plan", FoldedText(PROSE)).left_out == ("not",)
    gap = find(
        "The chair said ... nobody had signed it", FoldedText("The chair said he was not sure nobody had signed it.")
    )
    assert (gap.outcome, gap.left_out) == (QuotationMatch.CUT, ("not",))


def test_a_whole_place_goes_before_one_that_is_cut():
    page = "It is not true that they agreed to leave. He wrote: they agreed to leave. Later they left."
    match = find("they agreed to leave", FoldedText(page))
    assert (match.outcome, match.start) == (QuotationMatch.FOUND, page.rindex("they agreed"))


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        ("\u2026 [...] !", PROSE),
        ("[only an editor's words]", PROSE),
        ("some words", ""),
        ("some words", "\u2014 \u2014"),
    ],
)
def test_without_words_nothing_can_be_checked(quotation, page):
    assert find(quotation, FoldedText(page)).outcome is QuotationMatch.NOT_CHECKABLE


def test_words_of_a_translation_may_be_missing_from_the_original():
    german = FoldedText(
        "Die Parteien haben den Vertrag bis zum Ende des Jahres nicht unterzeichnet, sagte der Minister."
    )
    words = "the parties did not sign the treaty by the end of the year"
    assert find(words, german).outcome is QuotationMatch.MISSING
    assert find(words, german, is_translated=True).outcome is QuotationMatch.NOT_CHECKABLE


def test_words_that_a_line_divides_are_whole_or_two():
    page = FoldedText("They were anti-\nRussian and infor-\nmal, well-\nknown and in a long co-\noperation.")
    for quotation in (
        "They were anti-Russian and informal",
        "informal, well-known and in a long cooperation",
        "long co-operation",
    ):
        match = find(quotation, page)
        assert match.outcome is QuotationMatch.FOUND
        assert "".join(fold_words(match.exact)) == "".join(fold_words(quotation))


@given(st.text(max_size=400), st.integers(0, 60), st.integers(1, 6))
def test_every_word_has_its_place(text, first, number):
    folded = FoldedText(text * 3)
    words = folded.words_for(()).split()
    if len(words) > first + number:
        start, end = folded.span(first, first + number - 1)
        assert 0 <= start < end <= len(text * 3)
        assert fold_words(folded.original[start:end])[0].startswith(words[first][0])


def test_places_in_a_long_text():
    sentence = "The na\u00efve \u201cofficers\u201d of the \ufb01rst co-\nhort left in 1\u202f990. "
    page = sentence * 400 + "Here stands the one thing that is sought. " + sentence * 400
    match = find("the one thing that is sought", FoldedText(page))
    assert (match.start, match.exact) == (page.index("the one thing"), "the one thing that is sought")


def test_a_text_shorter_than_the_quotation_does_not_have_it():
    assert find("some words of a speech that was long", FoldedText("some words of a")).outcome is QuotationMatch.MISSING


def test_words_that_are_a_little_alike_are_missing():
    page = FoldedText(
        "The winter treaty of the northern ports bound some of the captains to a tax on herring and on salt."
    )
    match = find("The summer treaty of the southern towns bound none of the bishops to a toll on timber or tar", page)
    assert match.outcome is QuotationMatch.MISSING
