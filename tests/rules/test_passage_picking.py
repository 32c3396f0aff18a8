"""Passages are found in a text as it was pasted, and at most twelve words are kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.errors import NotFoundError, NotPossibleError
from perspectives.rules.articles import guide_parts, passage_picking
from perspectives.rules.articles.passage_picking import ArticleText, PickError, folded
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.documents.problems import Problem
from perspectives.rules.publication.index_records import plain
from tests import factories

TEXT = """\ufeffPlant them now.

\u201cLimes\u00ad cool a street,\u201d  says Orla Finch; and a street that is cool is a street on which people still
stop to talk in the middle of July. Limes drip. Limes live for three hundred years, which no bench does."""
LONG = "a street that is cool is a street on which people still stop to talk in the middle of July"


def why(**given):
    with pytest.raises(PickError) as refused:
        ArticleText(TEXT).pick(**given)
    return refused.value.field, refused.value.sentence


def test_a_short_passage_is_its_own_fragment():
    picked = ArticleText(TEXT).pick("\u201cLimes cool a\n street,\u201d says")
    assert picked.quote == '"Limes cool a street," says'
    assert folded(TEXT)[picked.start : picked.end] == picked.quote
    assert len(picked.text_sha256) == 64


def test_of_a_long_passage_the_chosen_words_are_kept():
    picked = ArticleText(TEXT).pick(LONG, "people still stop to talk")
    assert (picked.quote, picked.end - picked.start) == ("people still stop to talk", len(LONG))


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"passage": " "}, "passage", "Copy the passage"),
        ({"passage": "Oaks drip"}, "passage", "is not in the text that you pasted; copy it from there"),
        ({"passage": "limes Drip"}, "passage", "it is written “Limes drip” there"),
        ({"passage": "Limes"}, "passage", "stands 3 times in the text; copy more"),
        ({"passage": LONG}, "words", "The passage has 20 words, and at most 12"),
        ({"passage": LONG, "words": "Limes drip"}, "words", "is not in the passage"),
        ({"passage": LONG, "words": LONG[:70]}, "words", "These are 16 words, and at most 12"),
        ({"passage": "Limes drip", "paraphrase": f"She says that {LONG}."}, "paraphrase", "in words of your own"),
    ],
)
def test_what_cannot_be_picked_is_told_in_a_sentence(given, field, words):
    told = why(**given)
    assert told[0] == field
    assert words in told[1]


def test_what_is_long_is_told_short():
    assert "…” is not in the text" in why(passage="word " * 50)[1]


@pytest.mark.parametrize("text", ["", " \u200b\n", "x" * (passage_picking.LONGEST_TEXT + 1)])
def test_a_text_is_needed_and_not_a_library(text):
    found, problems = passage_picking.picked(text, [{"passage": "x"}])
    assert not found
    assert [one.path for one in problems] == ["text"]


def test_every_passage_tells_what_is_wrong_with_it():
    given = [{"passage": "Limes drip", "section": "Trees"}, {"passage": "Oaks"}, {"words": "x"}]
    found, problems = passage_picking.picked(TEXT, given)
    assert [one["section"] for one in found] == ["Trees"]
    assert [one.path for one in problems] == ["passages[1].passage", "passages[2].passage"]


@given(st.text(max_size=300), st.text(min_size=1, max_size=40), st.text(max_size=300))
def test_positions_are_those_of_the_folded_text(before, passage, after):
    text = f"{before} \u2029{passage}\u2029 {after}"
    found, problems = passage_picking.picked(text, [{"passage": passage}])
    assert len(found) + len(problems) == 1
    for one in found:
        assert folded(text)[one["start"] : one["end"]] == folded(passage) == folded(one["quote"]) == one["quote"]


def guide():
    return plain(factories.article_edition())


def draft():
    return {name: value for name, value in guide().items() if name not in {"edition", "sources"}}


def test_a_section_that_is_renamed_keeps_its_passages():
    before = draft()
    section = before["outline"][0]
    change = Change("outline/0", section, {**section, "section": "Renamed"})
    after = parts.applied(before, guide_parts.with_passages(before, [change]))
    assert [one["section"] for one in after["passages"]] == ["Renamed", before["outline"][1]["section"]]
    summed = Change("outline/0", section, {**section, "summary": "Summed up anew."})
    assert list(guide_parts.with_passages(before, [summed])) == [summed]


def test_what_goes_with_a_part_of_a_guide():
    before = draft()
    paths = [change.path for change in guide_parts.removal(before, "passages/p1")]
    assert paths == ["passages/p1/findings/0", "passages/p1"]
    after = parts.applied(before, guide_parts.removal(before, "passages/p1/findings/0"))
    assert not after["passages"][0]["findings"]
    with pytest.raises(NotPossibleError, match=r"has passages \(p1\)"):
        guide_parts.removal(before, "outline/0")
    with pytest.raises(NotPossibleError, match="as a whole"):
        guide_parts.removal(before, "head")
    with pytest.raises(NotFoundError):
        guide_parts.removal(before, "passages/p9")
    empty = {**before, "passages": []}
    assert [change.path for change in guide_parts.removal(empty, "outline/0")] == ["outline/0"]


def test_picked_passages_stand_where_the_text_has_them():
    before = draft()
    new = {"section": before["outline"][0]["section"], "quote": "x", "end": 210, "paraphrase": "x"}
    found = tuple(
        guide_parts.with_picked(before, [{**new, "start": 200}, {"id": "p1", "start": 7}, {**new, "start": 900}])
    )
    after = parts.applied(before, found)
    assert [(one["id"], one["start"]) for one in after["passages"]] == [
        ("p1", 7),
        ("p3", 200),
        ("p2", 400),
        ("p4", 900),
    ]
    assert after["passages"][0]["findings"] == before["passages"][0]["findings"]
    places = guide_parts.places_of(after, found)
    problems = [Problem("", 0, "passages[3].quote", "a"), Problem("", 0, "passages[2].quote", "b"), "c"]
    told = guide_parts.as_picked(problems, places)
    assert [getattr(one, "path", one) for one in told] == ["passages[2].quote", "guide.passages[2].quote", "c"]
