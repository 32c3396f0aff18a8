"""The map of an argument: everything is on it, once, within its edges, and nothing lies on anything else."""

import re
from itertools import combinations

import pytest
from hypothesis import given

from perspectives.rules.argument_map.drawing import WIDTH, drawing
from perspectives.rules.argument_map.map_boxes import Point
from perspectives.rules.argument_map.map_columns import COLUMNS, column_of
from perspectives.rules.argument_map.map_labels import WORD_HEIGHT, word_places
from tests import content
from tests.rules.argument_map.maps import argument, arguments


def claims_of(sides):
    return sorted(claim.id for side in sides for claim in side.claims)


def points(path):
    """The absolute points of a line: its start, its handles and its ends; a level part has an x alone."""
    numbers = [
        [float(number) for number in re.findall(r"-?[\d.]+", part)] for part in re.findall(r"[MC][^MCHl]*", path)
    ]
    return [(x, y) for part in numbers for x, y in zip(part[::2], part[1::2], strict=True)]


def assert_apart(boxes):
    for one, other in combinations(boxes, 2):
        is_beside = one.right < other.x or other.right < one.x
        is_below = one.y + one.height < other.y or other.y + other.height < one.y
        assert is_beside or is_below, (one, other)


def assert_sound(sides, responses):
    made = drawing(sides, responses)
    boxes = {box.claim: box for box in made.boxes}
    assert sorted(box.claim for box in made.boxes) == claims_of(sides)
    assert [(arrow.tail, arrow.head) for arrow in made.arrows] == [
        (response.from_claim, response.to_claim) for response in responses
    ]
    assert_apart(made.boxes)
    for box in made.boxes:
        assert 0 < box.x < box.x + box.width == box.right < made.width == WIDTH
        assert 0 < box.y < box.y + box.height < made.height
    for arrow in made.arrows:
        assert all(0 < x < made.width and 0 < y < made.height for x, y in [*points(arrow.line), arrow.word])
        start, end = points(arrow.line)[0], points(arrow.tip)[0]
        for name, (x, y) in ((arrow.tail, start), (arrow.head, end)):
            assert x in {boxes[name].x, boxes[name].right}
            assert boxes[name].y < y < boxes[name].y + boxes[name].height
    return made


@given(arguments())
def test_any_argument_is_drawn_whole(given_argument):
    made = assert_sound(*given_argument)
    assert drawing(*given_argument) == made


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_is_drawn_and_its_words_lie_off_each_other(slug):
    document = content.topic(slug)
    made = assert_sound(document.perspectives, document.responses)
    for one, other in combinations(made.arrows, 2):
        across = abs(one.word.x - other.word.x) - (one.word_width + other.word_width) / 2
        assert across > -8 or abs(one.word.y - other.word.y) >= WORD_HEIGHT - 4, (one, other)


def test_each_stance_has_its_column_and_the_walk_goes_through_them_from_above():
    made = assert_sound(*argument("a1 n1 o1 o2 n2 a2", "o1 rebuts a1", "o2 rebuts a2", "n1 qualifies a1"))
    assert [column_of(box.stance) for box in made.boxes] == sorted(column_of(box.stance) for box in made.boxes)
    assert {box.stance: box.x for box in made.boxes} == dict(zip(COLUMNS, (8, 483, 958), strict=True))
    for above, below in zip(made.boxes, made.boxes[1:], strict=False):
        assert above.x < below.x or above.y < below.y


def test_claims_that_nobody_answers_stand_below_a_note():
    made = assert_sound(*argument("a1 o1 o2 o3", "o1 rebuts a1"))
    tops = {box.claim: box.y for box in made.boxes}
    assert tops["o1"] < made.note < tops["o2"] < tops["o3"]


def test_without_such_claims_there_is_no_note():
    assert drawing(*argument("a1 o1", "o1 rebuts a1")).note is None


def test_nothing_is_drawn_of_nothing():
    made = drawing([], [])
    assert (made.boxes, made.arrows, made.note) == ((), (), None)
    assert made.height > 0


def test_an_arrow_past_the_author_keeps_off_the_authors_boxes():
    made = assert_sound(*argument("a1 a2 o1 n1", "n1 qualifies o1", "o1 rebuts a1", "n1 rebuts a2", "n1 rebuts a1"))
    [passing] = [arrow for arrow in made.arrows if arrow.head == "o1"]
    assert "H" in passing.line
    for box in made.boxes:
        if box.claim in {"a1", "a2"}:
            assert not box.y <= passing.word.y <= box.y + box.height


@pytest.mark.parametrize(("names", "is_right"), [("o1 o2", True), ("a1 a2", True), ("n1 n2", False)])
def test_an_arrow_within_a_column_bends_out_into_a_gutter(names, is_right):
    tail, head = names.split()
    made = assert_sound(*argument(names, f"{tail} rebuts {head}"))
    [arrow], side = made.arrows, {box.claim: box.right if is_right else box.x for box in made.boxes}
    assert points(arrow.line)[0][0] == side[tail] == points(arrow.tip)[0][0]
    assert (arrow.word.x > side[tail]) == is_right


def test_two_claims_that_answer_each_other_have_two_arrows_beside_each_other():
    made = assert_sound(*argument("a1 o1", "o1 rebuts a1", "a1 undercuts o1"))
    first, second = made.arrows
    assert points(first.line)[0][1] == points(first.tip)[0][1] != points(second.line)[0][1]
    assert points(first.tip)[0][0] > points(second.tip)[0][0]


def test_answers_stand_beside_what_they_answer():
    made = assert_sound(*argument("a1 a2 a3 o3", "o3 rebuts a3", "a1 concedes o3"))
    centres = {box.claim: box.centre for box in made.boxes}
    assert centres["a1"] < centres["o3"] < centres["a3"]


def test_a_word_that_covers_nothing_stays_in_its_best_place():
    assert word_places([[Point(0, 0), Point(9, 9)], [Point(200, 0), Point(9, 9)]], [50, 50]) == [(0, 0), (200, 0)]


def test_a_word_gives_way_to_another():
    places = word_places([[Point(0, 0), Point(0, 60)], [Point(0, 5)]], [50, 50])
    assert places == [(0, 60), (0, 5)]


def test_words_without_another_place_cover_each_other():
    assert word_places([[Point(0, 0)], [Point(0, 5)]], [50, 50]) == [(0, 0), (0, 5)]
