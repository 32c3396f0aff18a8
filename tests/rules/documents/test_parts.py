"""Parts of a document: any document becomes any other by the changes found, and goes back by the same turned round."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.errors import ConflictError, NotFoundError, NotPossibleError
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change, applied, compare, find, removal
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from tests import depth, factories
from tests.rules.strategies import folders

Plain = dict[str, Any]


def topic(**changes: Any) -> Plain:
    return plain(TopicDocument.model_validate(factories.topic_document(**changes)))


def same(document: Plain) -> Plain:
    """Leave out what is empty, which says the same in a document as what is missing."""
    holders = {
        name: [{inner: value for inner, value in part.items() if value != []} for part in document.get(name, [])]
        for name in ("perspectives", "passages")
    }
    return {name: value for name, value in {**document, **holders}.items() if value not in ([], ())}


def there_and_back(before: Plain, after: Plain) -> None:
    changes = compare(before, after)
    assert bool(changes) == (same(before) != same(after))
    assert same(applied(before, changes)) == same(after)
    assert [Change.from_json(change.as_json()) for change in changes] == list(changes)
    back = [change.turned_round() for change in reversed(changes)]
    assert same(applied(after, back)) == same(before)


@depth.times(0.2)
@given(folders(), folders())
def test_any_topic_becomes_any_other_and_goes_back(one: Plain, other: Plain) -> None:
    topics = [document for folder in (one, other) for name, document in folder.items() if name.startswith("topics/")]
    for before in topics:
        for after in topics:
            there_and_back(before, after)


@depth.times(0.2)
@given(folders(), folders())
def test_any_guide_becomes_any_other_and_goes_back(one: Plain, other: Plain) -> None:
    guides = [folder["article.yaml"] for folder in (one, other) if "article.yaml" in folder]
    for before in guides:
        for after in guides:
            there_and_back(before, {**after, "article": before["article"]})


def test_the_parts_of_a_guide_are_walked_and_found() -> None:
    guide = factories.article_document()
    walked = dict(parts.parts(guide))
    assert list(walked) == [
        "head",
        "outline/0",
        "outline/1",
        *("passages/p1", "passages/p1/findings/0", "passages/p2", "passages/p2/findings/0"),
        "links/0",
    ]
    assert all(find(guide, path) == part for path, part in walked.items())
    assert "findings" not in walked["passages/p1"]
    assert walked["passages/p1"]["claims"]
    with pytest.raises(NotPossibleError, match="has findings; remove them first"):
        applied(guide, [Change("passages/p1", before=walked["passages/p1"])])
    for path in ("perspectives/p1", "passages/p1/claims/0", "passages/p9/findings/0"):
        with pytest.raises(NotFoundError):
            find(guide, path)


ITEMS = st.lists(st.sampled_from([{"text": letter} for letter in "abcd"]), max_size=6)
SIDES = st.lists(st.sampled_from("abcd"), max_size=4, unique=True).flatmap(
    lambda ids: st.tuples(
        *(
            st.builds(
                lambda label, claims, own=own: {"id": own, "label": label, "claims": [{"id": c} for c in claims]},
                st.sampled_from("xy"),
                st.lists(st.sampled_from("1234"), max_size=4, unique=True),
            )
            for own in ids
        )
    )
)
SMALL = st.builds(
    lambda title, sides, events: {"title": title, "perspectives": list(sides), "events": events},
    st.sampled_from("tu"),
    SIDES,
    ITEMS,
)


@depth.times(2)
@given(SMALL, SMALL)
def test_orders_repetitions_and_moves_survive(before: Plain, after: Plain) -> None:
    there_and_back(before, after)


def test_every_part_is_found_at_its_path() -> None:
    document = topic()
    listed = dict(parts.parts(document))
    assert {path: find(document, path) for path in listed} == listed
    assert "perspectives/repair/claims/s1" in listed
    assert "claims" not in listed["perspectives/repair"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "events",
        "events/99",
        "events/x",
        "perspectives/repair/claims",
        "perspectives/nobody/claims/s1",
        "perspectives/repair/claims/s99",
        "a/b/c/d/e",
    ],
)
def test_an_unknown_path_is_not_found(path: str) -> None:
    with pytest.raises(NotFoundError):
        find(topic(), path)
    with pytest.raises(NotFoundError):
        removal(topic(), path)


def test_a_changed_part_is_a_conflict_that_shows_how_it_stands() -> None:
    document, path = topic(), "perspectives/repair/claims/s1"
    claim = find(document, path)
    theirs = applied(document, [Change(path, claim, {**claim, "text": "Theirs."})])
    with pytest.raises(ConflictError) as caught:
        applied(theirs, [Change(path, claim, {**claim, "text": "Mine."})])
    assert caught.value.now == {**claim, "text": "Theirs."}
    assert caught.value.path == path


def test_changes_of_different_parts_do_not_meet() -> None:
    document = topic()
    (one, two) = (find(document, f"perspectives/repair/claims/{name}") for name in ("s1", "s2"))
    result = applied(document, [Change("perspectives/repair/claims/s1", one, {**one, "text": "One."})])
    result = applied(result, [Change("perspectives/repair/claims/s2", two, {**two, "text": "Two."})])
    assert [find(result, f"perspectives/repair/claims/{name}")["text"] for name in ("s1", "s2")] == ["One.", "Two."]


def test_a_part_without_an_id_is_found_where_it_went() -> None:
    document = topic()
    event = find(document, "events/0")
    moved = applied(document, [Change("events/0", event, place=0, moved_to=1)])
    assert find(moved, "events/1") == event
    result = applied(moved, [Change("events/0", event, {**event, "title": "New"})])
    assert find(result, "events/1")["title"] == "New"


def test_what_is_gone_is_a_conflict() -> None:
    document = topic()
    event = find(document, "events/0")
    gone = applied(document, [Change("events/0", before=event)])
    with pytest.raises(ConflictError):
        applied(gone, [Change("events/0", event, {**event, "title": "New"})])
    claim = find(document, "perspectives/repair/claims/s1")
    with pytest.raises(ConflictError):
        applied(
            applied(document, removal(document, "perspectives/repair/claims/s1")),
            [Change("perspectives/repair/claims/s1", claim, {**claim, "text": "New"})],
        )


def test_an_id_is_given_once_and_stays() -> None:
    document = topic()
    claim = find(document, "perspectives/repair/claims/s1")
    with pytest.raises(ConflictError, match="choose another id"):
        applied(document, [Change("perspectives/repair/claims/s1", after=claim)])
    with pytest.raises(NotPossibleError, match="ids are public"):
        applied(document, [Change("perspectives/repair/claims/s1", claim, {**claim, "id": "s77"})])
    with pytest.raises(NotPossibleError, match="ids are public"):
        applied(document, [Change("perspectives/repair/claims/s88", after={**claim, "id": "s77"})])


def test_a_perspective_is_added_without_claims_and_not_removed_with_them() -> None:
    document = topic()
    side = find(document, "perspectives/repair")
    result = applied(document, [Change("perspectives/more", after={**side, "id": "more", "stance": "neutral"})])
    assert result["perspectives"][-1]["claims"] == []
    with pytest.raises(NotPossibleError, match="has claims"):
        applied(document, [Change("perspectives/repair", before=side)])


def test_removal_takes_along_what_cannot_stand_alone() -> None:
    document = topic()
    result = applied(document, removal(document, "perspectives/repair/claims/s1"))
    left = {end for link in result["responses"] for end in (link["from"], link["to"])}
    assert "s1" not in left
    assert all(gap["claim"] != "s1" for gap in result["gaps"])
    bare = applied(document, removal(document, "perspectives/repair"))
    assert "repair" not in [side["id"] for side in bare["perspectives"]]
    fewer = applied(document, removal(document, "events/0"))
    assert fewer["events"] == document["events"][1:]


@pytest.mark.parametrize(
    ("path", "steps", "to"),
    [
        ("perspectives/repair/claims/s1", 1, 1),
        ("perspectives/repair/claims/s2", -5, 0),
        ("perspectives/wait", 1, 2),
        ("events/0", 9, 1),
        ("responses/2", -1, 1),
    ],
)
def test_a_part_moves_in_its_list_and_not_out_of_it(path: str, steps: int, to: int) -> None:
    document = topic()
    part, place = find(document, path), parts.location(document, path)
    after = applied(document, parts.movement(document, path, steps))
    names = path.rpartition("/")[0]
    places = [one for one, value in parts.parts(after) if value == part and one.startswith(names)]
    assert parts.location(after, places[0]) == (*place[:-1], to)


def test_the_place_of_a_part_is_where_problems_see_it() -> None:
    document = topic()
    assert parts.location(document, "head") == ()
    assert parts.location(document, "events/1") == ("events", 1)
    assert parts.location(document, "perspectives/wait/claims/n2") == ("perspectives", 2, "claims", 1)


@pytest.mark.parametrize("path", ["head", "events/9", "perspectives/nobody/claims/s1", "nothing/0"])
def test_what_is_in_no_list_moves_nowhere(path: str) -> None:
    with pytest.raises(NotFoundError):
        parts.movement(topic(), path, 1)


def test_a_move_of_nothing_is_a_conflict() -> None:
    with pytest.raises(ConflictError, match="no longer there"):
        applied(topic(), [Change("events/99", place=99, moved_to=0)])
