"""Questions of the quiz on every real topic: one answer is right, nothing tells it, and it is said why."""

import pytest

from perspectives.rules.publication.index_records import claim_records
from perspectives.rules.study import quiz, quiz_questions
from perspectives.rules.study.quiz_questions import KINDS, REBUTTAL, SIDE, evidence, sheet, told
from tests import content

PEOPLE = ("Jeffrey D. Sachs",)
TELLING = ("allied scholar", " adds ", "this side")


def questions(slug, kind, seed=1):
    return sheet(claim_records(content.topic(slug)), kind=kind, people=PEOPLE, seed=seed)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_has_both_quizzes(slug):
    sides, rebuttals = questions(slug, SIDE), questions(slug, REBUTTAL)
    assert len(sides) == quiz.QUESTIONS
    assert rebuttals
    for one in sides:
        assert one.right == one.claim["stance"]
        assert not any(word in one.claim["text"].lower() for word in TELLING)
    links = {(link.from_claim, link.to_claim): link for link in content.topic(slug).responses}
    for one in rebuttals:
        asked, right = one.claim["id"].split("/")[1], one.answer["id"].split("/")[1]
        assert links[right, asked].type.value == "rebuts"
        assert links[right, asked].note == one.reason
        offered = {quiz.question_id(f"{slug}/{name}"): name for name in _claims(slug)}
        wrong = {offered[choice.value] for choice in one.choices} - {right}
        assert len(wrong) == quiz_questions.CHOICES - 1
        assert not any((name, asked) in links or (asked, name) in links for name in wrong)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_answer_has_a_reason_and_evidence(slug):
    sources = content.topic(slug).sources
    for kind in KINDS:
        for one in questions(slug, kind):
            assert one.reason
            assert one.right_text
            assert evidence(one.answer, sources)


def _claims(slug):
    return [claim.id for side in content.topic(slug).perspectives for claim in side.claims]


def record(claim, text="The oak is sound.", answered_by=(), stance="author"):
    return {
        "id": claim, "topic": "a", "text": text, "stance": stance, "perspective_label": "Sound", "held_by": [],
        "stated_by": [], "is_authors_own": True, "cites": [], "answers": [], "answered_by": list(answered_by),
    }  # fmt: skip


def test_a_claim_that_nothing_answers_is_explained_by_its_position():
    (one,) = sheet([record("a/s1")], kind=SIDE, people=(), seed=1)
    assert one.reason == "It belongs to the position “Sound”."


def test_a_claim_whose_answers_are_elsewhere_is_explained_by_its_position_too():
    far = {"claim": "b/o1", "type": "rebuts", "note": "No."}
    (one,) = sheet([{**record("a/s1", answered_by=[far]), "answers": [far]}], kind=SIDE, people=(), seed=1)
    assert "position" in one.reason
    near = {**far, "claim": "a/o1"}
    claims = [record("a/s1", answered_by=[near]), record("a/o1", "It is soft.", stance="opposing")]
    reasons = {one.claim["id"]: one.reason for one in sheet(claims, kind=SIDE, people=(), seed=1)}
    assert reasons["a/s1"] == "A claim of the opposing side rebuts it, “It is soft.” No."


def test_where_there_is_too_little_to_choose_from_no_rebuttal_is_asked_for():
    link = {"claim": "a/o1", "type": "rebuts", "note": "No."}
    claims = [record("a/s1", answered_by=[link]), record("a/o1"), record("a/o2")]
    assert sheet(claims, kind=REBUTTAL, people=(), seed=1) == []
    assert len(sheet([*claims, record("a/o3")], kind=REBUTTAL, people=(), seed=1)) == 1


def test_without_answers_nothing_is_told_of_them():
    for kind in KINDS:
        for one in told(questions("minsk-ii", kind), None):
            assert set(one) == ({"id", "text"} if kind == SIDE else {"id", "text", "choices"})


def test_what_is_cited_against_a_claim_is_no_evidence_for_it():
    edition = content.topic("minsk-ii")
    key = next(iter(edition.sources))
    cites = [{"source": key, "relation": "disputes"}, {"source": "unheard-of", "relation": "states"}]
    assert evidence({"cites": cites}, edition.sources) == ()
