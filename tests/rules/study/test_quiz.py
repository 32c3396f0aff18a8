"""The sheet of a quiz: the same for everybody, spread over topics, and without what gives a claim away."""

import pytest

from perspectives.rules.study import quiz

PEOPLE = ("Mara Ellingwood", "Ṣadé Okoro", "Vít O'Brien", "Rob Li", "")


def record(claim, text="The oak is sound.", held_by=(), stated_by=()):
    people = {"held_by": list(held_by), "stated_by": list(stated_by)}
    return {"id": claim, "topic": claim.split("/")[0], "text": text, **people}


def records(**topics):
    return [record(f"{topic}/c{number}") for topic, count in topics.items() for number in range(count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As Ellingwood wrote, the oak is sound.", True),
        ("Ellingwood's thumb tells more than a survey.", True),
        ("Ellingwood\N{RIGHT SINGLE QUOTATION MARK}s thumb tells more.", True),
        ("O'Brien counts otherwise.", True),
        ("Okoro’s", True),
        ("The oak is sound.", False),
        ("The ellingwood is a tree.", False),
        ("The Ellingwoodians disagree.", False),
        ("Li is too short to be told from a word.", False),
        ("", False),
        ("Allied scholars say the oak is sound.", True),
        ("Others on this side say that it is sound.", True),
        ("A joiner adds that the oak is sound.", True),
        ("Allied troops crossed the bridge in additional boats.", False),
    ],
)
def test_a_name_gives_a_claim_away(text, expected):
    assert quiz.tells_its_side(text, PEOPLE) is expected


def test_the_same_number_makes_the_same_sheet_whatever_the_order():
    claims = records(a=9, b=9)
    assert quiz.sheet(claims, people=(), seed=3) == quiz.sheet(reversed(claims), people=(), seed=3)
    assert quiz.sheet(claims, people=(), seed=3) != quiz.sheet(claims, people=(), seed=4)


def test_a_sheet_is_spread_over_its_topics_and_has_no_claim_twice():
    chosen = [one["id"] for one in quiz.sheet([*records(a=9, b=9, c=1), *records(a=9)], people=(), seed=3)]
    topics = [one[0] for one in chosen]
    assert (len(chosen), len(set(chosen))) == (quiz.QUESTIONS, quiz.QUESTIONS)
    assert sorted((topics.count("a"), topics.count("b"))) == [3, 4]
    assert topics.count("c") == 1


def test_a_sheet_has_no_claim_that_names_an_author_a_holder_or_one_who_states_a_claim():
    claims = [
        record("a/s1", "As Ellingwood wrote."),
        record("a/s2", "Okoro is wrong."),
        record("a/s3", "So says Brückner."),
        record("a/s4", held_by=["Ṣadé Okoro"], stated_by=["Änne Brückner"]),
    ]
    assert quiz.sheet(claims, people={"Mara Ellingwood"}, seed=1) == [claims[3]]


def test_a_small_topic_makes_a_small_sheet():
    assert len(quiz.sheet(records(a=3), people=(), seed=1)) == 3
    assert quiz.sheet([], people=(), seed=1) == []
