"""The quiz: its sheets, its results, and what is refused."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from perspectives.models import PublishedClaim
from tests import factories

QUIZ = "/quiz/"

pytestmark = pytest.mark.django_db


def page(client, status=200, **values):
    response = client.get(f"{QUIZ}?{urlencode(values)}")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def asked(text):
    return sorted(set(re.findall(r'type="radio" name="([^"]+)"', text)))


def sides(claims):
    return dict(PublishedClaim.objects.filter(public_id__in=claims).values_list("public_id", "stance"))


def test_without_a_number_chance_chooses_one_and_nobody_may_keep_it(client, published):
    response = client.get(QUIZ, {"topic": factories.TOPIC})
    values = parse_qs(urlsplit(response["Location"]).query)
    assert response.status_code == 302
    assert values["topic"] == [factories.TOPIC]
    assert 1 <= int(values["sheet"][0]) <= 9999
    assert "no-store" in response["Cache-Control"]


def test_a_sheet_asks_about_real_claims_and_tells_nothing_of_their_sides(client, published):
    text = page(client, sheet=7)
    claims = asked(text)
    assert len(claims) == 8
    assert set(sides(claims)) == set(claims)
    assert text.count('type="radio"') == 24
    assert "Stated by" not in text
    assert "sheet=7" in re.search(r'id="sheet_address" type="text" value="([^"]+)"', text)[1]
    assert asked(page(client, sheet=7)) == claims


def test_a_sheet_of_a_topic_has_claims_of_that_topic_alone(client, published):
    claims = asked(page(client, sheet=7, topic=factories.TOPIC))
    assert {claim.split("/")[0] for claim in claims} == {factories.TOPIC}


def test_a_result_says_who_makes_each_claim_and_where_it_stands(client, published):
    claims = asked(page(client, sheet=7))
    right = sides(claims)
    wrong = {"author": "neutral", "opposing": "author", "neutral": "opposing"}
    answers = {**right, claims[0]: wrong[right[claims[0]]]}
    del answers[claims[1]]
    text = page(client, sheet=7, done=1, **answers)
    assert "You found the side of 6 of 8 claims." in text
    assert f"You chose {wrong[right[claims[0]]]}." in text
    assert text.count("Left open.") == 1
    assert text.count("<strong>Found.</strong>") == 6
    for claim in claims:
        topic, anchor = claim.split("/")
        assert f'href="/topics/{topic}/#{anchor}"' in text
    assert 'type="radio"' not in text


def test_a_claim_argued_by_others_is_told_so(client, published):
    claims = asked(page(client, sheet=7, topic=factories.TOPIC))
    text = page(client, sheet=7, topic=factories.TOPIC, done=1, **{claims[0]: "author"})
    assert text.count("Argued by others on this side") == 1


def test_before_anything_is_published_there_is_nothing_to_ask(client, db):
    assert "There is no claim to ask about." in page(client, sheet=7)


@pytest.mark.parametrize("number", ["", "0", "10000", "-1", "seven", "٣", "9" * 5000, "\x00", "<b>"])
def test_a_sheet_with_no_such_number_is_refused(client, published, number):
    text = page(client, 400, sheet=number)
    assert "no sheet" in text or "too long" in text
    assert "<b>" not in text


def test_an_unknown_topic_is_not_found(client, published):
    assert "There is no published topic" in page(client, 404, sheet=7, topic="<script>")


@pytest.mark.parametrize("answer", ["everybody", "<script>", "\x00", "a" * 5000])
def test_an_answer_that_is_no_side_is_refused(client, published, answer):
    claim = asked(page(client, sheet=7))[0]
    text = page(client, 400, sheet=7, done=1, **{claim: answer})
    assert "There is no side" in text or "too long" in text
    assert "<script>" not in text


def test_an_empty_sheet_is_not_scored_but_asked_again(client, published):
    for answers in ({}, {"elsewhere/s1": "author"}):
        text = page(client, sheet=7, done=1, **answers)
        assert "nothing to score" in text
        assert "You found" not in text
        assert asked(text) == asked(page(client, sheet=7))


def test_a_result_gives_the_reason_and_the_evidence(client, published):
    claims = asked(page(client, sheet=7, topic=factories.TOPIC))
    text = page(client, sheet=7, topic=factories.TOPIC, done=1, **{claims[0]: "author"})
    assert text.count("<strong>Why:</strong>") == len(claims)
    cites = PublishedClaim.objects.get(public_id=claims[0]).record["cites"]
    assert all(f'href="/sources/{cite["source"]}/"' in text for cite in cites if cite["relation"] != "disputes")


def test_a_rebuttal_is_found_among_claims_whose_names_tell_nothing(client, published):
    chosen = {"sheet": 7, "topic": factories.TOPIC, "ask": "rebuttal"}
    text = page(client, **chosen)
    claims = asked(text)
    offered = {claim: re.findall(rf'name="{claim}" value="([^"]+)"', text) for claim in claims}
    assert claims
    assert all(re.fullmatch("[0-9a-f]{12}", value) for values in offered.values() for value in values)
    found = 0
    for value in offered[claims[0]]:
        text = page(client, done=1, **chosen, **{claims[0]: value})
        found += f"You found 1 of {len(claims)} rebuttals." in text
        assert "What rebuts it:" in text
    assert found == 1
    assert "There is no answer" in page(client, 400, done=1, **chosen, **{claims[0]: "author"})


def test_a_quiz_that_asks_something_else_is_refused(client, published):
    assert "There is no quiz" in page(client, 400, sheet=7, ask="opinion")
