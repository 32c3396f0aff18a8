"""Checks within one document take documents and plain data alike, and survive any shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.documents.yaml_text import write
from tests import factories
from tests.rules.broken.rows import ARTICLE, SOURCES, TOPIC


def topic(**changes: Any) -> TopicDocument:
    return TopicDocument.model_validate(factories.topic_document(**changes))


def guide(**changes: Any) -> ArticleDocument:
    return ArticleDocument.model_validate(factories.article_document(**changes))


def test_document_and_its_plain_data_give_the_same() -> None:
    tags = ["a", "b", "a"]
    expected = [(("tags", 2), "'a' stands here a second time; keep one or rename it")]
    assert list(consistency.check_topic(topic(tags=tags), None)) == expected
    assert list(consistency.check_topic(factories.topic_document(tags=tags), None)) == expected
    outline = [*factories.article_document()["outline"]] * 2
    assert [path for path, _ in consistency.check_article(guide(outline=outline))] == [
        ("outline", 2, "section"),
        ("outline", 3, "section"),
    ]


def test_source_keys_are_given_with_their_paths() -> None:
    found = dict(consistency.topic_source_keys(topic()))
    assert found["perspectives", 0, "claims", 1, "cites", 1, "source"] == "weir2016cost"
    assert found["common_ground", 0, "cites", 0, "source"] == "council2020survey"
    assert found["events", 1, "cites", 0, "source"] == "council2020survey"
    assert found["bibliography", 0, "source"] == "okoro2020spans"
    assert len(found) == 15
    assert dict(consistency.article_source_keys(guide())) == {
        ("source",): "ellingwood2021leave",
        ("passages", 0, "findings", 0, "cites", 0, "source"): "council2020survey",
    }


def test_all_source_keys_are_those_of_topics_and_guides() -> None:
    assert consistency.all_source_keys([]) == set()
    assert consistency.all_source_keys([guide()]) == {"ellingwood2021leave", "council2020survey"}
    assert consistency.all_source_keys([topic(), guide()]) == set(factories.source_records())


@pytest.mark.parametrize(
    ("perspectives", "is_readable"),
    [
        ([], True),
        ([{"claims": []}], True),
        ([{"claims": [{"id": "a"}]}, {"claims": [{"id": "b"}]}], True),
        ([{"claims": [{"id": "a"}]}, {}], False),
        ([{"claims": [{"id": "a"}, {}]}], False),
        ([{"claims": [{"id": ["a"]}]}], False),
        ([{"claims": {"id": "a"}}], False),
        (["claims"], False),
        ({}, False),
        ("x", False),
    ],
)
def test_claims_are_readable_only_if_all_ids_are(perspectives: Any, is_readable: bool) -> None:
    assert consistency.has_readable_claims({"perspectives": perspectives}) is is_readable


@pytest.mark.parametrize("data", [{}, [], "text", None])
def test_claims_of_no_topic_are_not_readable(data: Any) -> None:
    assert consistency.has_readable_claims(data) is False


def test_answers_and_gaps_are_judged_only_as_far_as_claims_can_be_read() -> None:
    data = factories.topic_document()
    data["perspectives"][0]["claims"][0].pop("id")
    data["responses"].append({"from": "n1", "to": "n2", "type": "rebuts"})
    data["gaps"].append({"claim": "o1", "stance": "neutral"})
    assert [path for path, _ in consistency.check_topic(data, None)] == [("responses", 6), ("gaps", 1, "claim")]


def test_unreadable_stance_is_no_reason_to_doubt_a_gap() -> None:
    data = factories.topic_document()
    data["perspectives"][0]["stance"] = "pro"
    assert list(consistency.check_topic(data, None)) == []
    data["gaps"] += [{"claim": "s2"}, {"claim": "s2"}, {"claim": "s2", "stance": "author"}]
    assert list(consistency.check_topic(data, None)) == []


def test_same_claim_id_in_two_perspectives_belongs_to_the_first() -> None:
    data = factories.topic_document()
    data["perspectives"][2]["claims"].append({"id": "s1", "text": "x", "kind": "factual"})
    assert [path for path, _ in consistency.check_topic(data, None)] == [("perspectives", 2, "claims", 3, "id")]


def test_article_that_is_not_known_sets_no_limit() -> None:
    data = factories.topic_document()
    data["perspectives"][0]["claims"][0]["cites"][0]["quote"] = " ".join(["word"] * 13)
    assert list(consistency.check_topic(data, None)) == []
    assert list(consistency.check_topic(data, "okoro2020spans")) == []
    assert [path[-1] for path, _ in consistency.check_topic(data, "ellingwood2021leave")] == ["quote"]


def test_unknown_section_is_told_only_where_the_outline_can_be_read() -> None:
    passages = factories.article_document()["passages"]
    for outline in ("x", [{"summary": "x"}]):
        data = factories.article_document(outline=outline, passages=passages)
        assert list(consistency.check_article(data)) == []
    found = list(consistency.check_article({"passages": passages}))
    assert [path for path, _ in found] == [("passages", 0, "section"), ("passages", 1, "section")]


ANYTHING = st.recursive(st.sampled_from(["", "x", "s1"]), lambda inner: st.lists(inner, max_size=2), max_leaves=4)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Put nonsense somewhere into a valid file, or take something out."""
    file = draw(st.sampled_from([ARTICLE, SOURCES, TOPIC]))
    data: Any = {
        ARTICLE: factories.article_document,
        SOURCES: factories.source_records,
        TOPIC: factories.topic_document,
    }[file]()
    place = data
    while True:
        step = draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if not isinstance(place[step], dict | list) or not place[step] or draw(st.integers(0, 3)) == 0:
            break
        place = place[step]
    if draw(st.booleans()):
        del place[step]
    else:
        place[step] = draw(ANYTHING | st.dictionaries(st.sampled_from(["id", "x"]), ANYTHING, max_size=2))
    return file, write(data).encode()


@given(damaged())
def test_damage_anywhere_gives_sentences_never_a_crash(damage: tuple[str, bytes]) -> None:
    file, content = damage
    _, problems = parse({**factories.packs(), file: content}, Known())
    assert problems == sorted(problems)
    assert all("; " in problem.message and str(problem).isprintable() for problem in problems)
    lines = content.count(b"\n")
    assert all(0 < problem.line <= lines for problem in problems if problem.file == file)
