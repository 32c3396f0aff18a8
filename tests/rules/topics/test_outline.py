"""The argument as a nested list: everything once, however the responses run."""

import pytest
from hypothesis import given

from perspectives.rules.topics.outline import DEEPEST, outline
from tests import content
from tests.rules.argument_map.maps import argument, arguments


def entries(entry, level=1):
    yield entry, level
    for answer in entry.answers:
        if answer.answered:
            yield from entries(answer.answered, level + 1)


def shape(entry):
    """The list as nested pairs of a claim and its answers; a claim that is only named stands for itself."""
    return entry.claim.id, [
        shape(answer.answered) if answer.answered else f"see {answer.claim.id}" for answer in entry.answers
    ]


def assert_whole(sides, responses):
    found = [pair for root in outline(sides, responses) for pair in entries(root)]
    assert sorted(entry.claim.id for entry, _ in found) == sorted(claim.id for side in sides for claim in side.claims)
    told = [answer.response for entry, _ in found for answer in entry.answers]
    assert sorted(map(repr, told)) == sorted(map(repr, responses))
    assert all(answer.response.to_claim == entry.claim.id for entry, _ in found for answer in entry.answers)
    assert all(answer.response.from_claim == answer.claim.id for entry, _ in found for answer in entry.answers)
    assert all(level <= DEEPEST for _, level in found)


@given(arguments())
def test_every_claim_and_every_response_is_told_once(given_argument):
    assert_whole(*given_argument)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_is_told_whole(slug):
    document = content.topic(slug)
    assert_whole(document.perspectives, document.responses)


@pytest.mark.parametrize(
    ("given_argument", "told"),
    [
        (argument("a1 o1", "o1 rebuts a1"), [("a1", [("o1", [])])]),
        (argument("a1 o1", "o1 rebuts a1", "a1 rebuts o1"), [("a1", [("o1", ["see a1"])])]),
        (argument("o1 n1", "o1 rebuts n1", "n1 rebuts o1"), [("o1", [("n1", ["see o1"])])]),
        (argument("a1 a2 o1", "o1 rebuts a1", "o1 rebuts a2"), [("a1", [("o1", [])]), ("a2", ["see o1"])]),
        (argument("o1 a1"), [("a1", []), ("o1", [])]),
    ],
)
def test_outline_of(given_argument, told):
    assert [shape(entry) for entry in outline(*given_argument)] == told


def test_what_would_be_too_deep_has_an_entry_of_its_own():
    links = [f"{tail} rebuts {head}" for tail, head in (("o1", "a1"), ("n1", "o1"), ("o2", "n1"), ("n2", "o2"))]
    found = [shape(entry) for entry in outline(*argument("a1 o1 n1 o2 n2", *links))]
    assert found == [("a1", [("o1", [("n1", [("o2", ["see n2"])])])]), ("n2", [])]
