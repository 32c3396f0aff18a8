"""Differences are told by id, are empty only for equal content, and turn round."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.documents.diff import IDENTIFIED_BY, Change, diff
from perspectives.rules.publication.index_records import plain
from tests import depth, factories
from tests.rules.strategies import folders

Plain = dict[str, Any]
TURNED = {"added": "removed", "removed": "added", "changed": "changed"}

VALUES = st.sampled_from(["a", "b", "a/b", "a (2)", ""])
ITEMS = st.dictionaries(st.sampled_from(["id", "text", "source", "relation"]), VALUES, max_size=3)
NAMES = st.sampled_from(["claims", "cites", "tags", "period", "title", "id"])
SMALL: st.SearchStrategy[Any] = st.dictionaries(
    NAMES,
    VALUES | st.lists(VALUES, max_size=3) | st.lists(ITEMS, max_size=4) | ITEMS | st.lists(VALUES | ITEMS, max_size=2),
    max_size=3,
)
"""Small documents of few values, so that two of them share much."""


def topic() -> Plain:
    return plain(factories.topic_edition())


def turned(changes: tuple[Change, ...]) -> set[str]:
    return {repr((TURNED[change.kind], change.path, change.after, change.before)) for change in changes}


def told(changes: tuple[Change, ...]) -> set[str]:
    return {repr((change.kind, change.path, change.before, change.after)) for change in changes}


@depth.times(0.2)
@given(folders(), folders())
def test_generated_documents(one: Plain, other: Plain) -> None:
    for before in one.values():
        assert diff(before, deepcopy(before)) == ()
        for after in other.values():
            changes = diff(before, after)
            assert bool(changes) == (before != after)
            assert told(diff(after, before)) == turned(changes)


@depth.times(2)
@given(SMALL, SMALL)
def test_diff_is_empty_only_for_equal_content_and_turns_round(before: Plain, after: Plain) -> None:
    changes = diff(before, after)
    assert bool(changes) == (json.dumps(before, sort_keys=True) != json.dumps(after, sort_keys=True))
    assert told(diff(after, before)) == turned(changes)


def changed(path: str, before: Any, after: Any) -> Change:
    return Change("changed", path, before, after)


def test_number_of_the_edition_is_no_content_but_that_of_a_book_is() -> None:
    after = topic()
    after["edition"] = 2
    assert diff(topic(), after) == ()
    after["sources"]["brueckner2019stege"]["edition"] = "3"
    assert diff(topic(), after) == (changed("sources/brueckner2019stege/edition", "2", "3"),)


def test_change_of_a_text_is_told_by_the_ids_on_its_way() -> None:
    after = topic()
    after["perspectives"][1]["claims"][0]["text"] = "New."
    before = "The survey found rot that new planks cannot cure."
    assert diff(topic(), after) == (changed("perspectives/replace/claims/o1/text", before, "New."),)


def test_claim_put_between_others_is_one_addition() -> None:
    after = topic()
    claim = {"id": "o4", "text": "New.", "kind": "factual"}
    after["perspectives"][1]["claims"].insert(0, claim)
    assert diff(topic(), after) == (Change("added", "perspectives/replace/claims/o4", after=claim),)
    assert diff(after, topic()) == (Change("removed", "perspectives/replace/claims/o4", before=claim),)


def test_new_order_is_told_once() -> None:
    after = topic()
    after["perspectives"].reverse()
    sides = ["repair", "replace", "wait"]
    assert diff(topic(), after) == (changed("perspectives/order", sides, sides[::-1]),)


def test_field_that_comes_or_goes() -> None:
    after = topic()
    note = after["perspectives"][0].pop("held_by_note")
    assert diff(topic(), after) == (Change("removed", "perspectives/repair/held_by_note", before=note),)
    assert diff(after, topic()) == (Change("added", "perspectives/repair/held_by_note", after=note),)


def test_list_without_ids_is_compared_whole() -> None:
    after = topic()
    after["tags"] = ["bridges"]
    assert diff(topic(), after) == (changed("tags", ["bridges", "village-life"], ["bridges"]),)


def test_claims_of_a_passage_are_texts_and_compared_whole() -> None:
    before, after = plain(factories.article_edition()), plain(factories.article_edition())
    after["passages"][1]["claims"] = ["who-should-pay/id"]
    old = ["who-should-pay/s1", "replace-or-repair/s2"]
    assert diff(before, after) == (changed("passages/p2/claims", old, ["who-should-pay/id"]),)


SLASH = "\N{DIVISION SLASH}"


def test_slash_in_an_id_does_not_look_like_a_way() -> None:
    before = {"links": [{"url": "https://x.example/a", "label": "x"}]}
    after = {"links": [{"url": "https://x.example/a", "label": "y"}]}
    assert diff(before, after) == (changed(f"links/https:{SLASH * 2}x.example{SLASH}a/label", "x", "y"),)


def test_items_that_share_their_fields_are_told_apart_by_place() -> None:
    before = {"events": [{"date": "1", "title": "x", "description": text} for text in ("a", "b")]}
    after = {"events": [{"date": "1", "title": "x", "description": text} for text in ("a", "c")]}
    assert diff(before, after) == (changed("events/1 x (2)/description", "b", "c"),)


EXAMPLES = {
    "perspectives": ({"id": "a"}, "a"),
    "claims": ({"id": "s1"}, "s1"),
    "responses": ({"from": "o1", "type": "rebuts", "to": "s1"}, "o1 rebuts s1"),
    "gaps": ({"claim": "s1", "stance": "neutral"}, "s1 neutral"),
    "common_ground": ({"text": "Agreed."}, "Agreed."),
    "cruxes": ({"question": "Why?"}, "Why?"),
    "events": ({"date": "2014", "title": "War"}, "2014 War"),
    "bibliography": ({"source": "k"}, "k"),
    "terms": ({"term": "rot"}, "rot"),
    "cites": ({"source": "k", "relation": "states", "quote": "words"}, "k states words"),
    "outline": ({"section": "Opening"}, "Opening"),
    "passages": ({"id": "p1"}, "p1"),
    "findings": ({"topic": "t", "finding": "accurate", "note": "So."}, "t accurate So."),
    "links": ({"url": "u"}, "u"),
}


def test_every_list_has_its_example() -> None:
    assert set(EXAMPLES) == set(IDENTIFIED_BY)


@pytest.mark.parametrize("name", EXAMPLES)
def test_items_are_the_same_by_these_fields(name: str) -> None:
    item, label = EXAMPLES[name]
    before, after = {name: [{**item, "rest": "old"}]}, {name: [{**item, "rest": "new"}]}
    assert diff(before, after) == (changed(f"{name}/{label}/rest", "old", "new"),)
    other = {**item, next(iter(item)): "another"}
    kinds = [change.kind for change in diff({name: [item]}, {name: [other]})]
    assert kinds == ["removed", "added"]
