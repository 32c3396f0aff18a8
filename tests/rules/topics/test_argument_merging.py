"""Arguments merged into topics: citations stay, order stays, and what does not fit is refused."""

import pytest
from hypothesis import given

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.formats.argument import argdown, argdown_reading
from perspectives.rules.formats.argument.argument import Argument
from perspectives.rules.topics.argument_merging import merged
from tests import content, depth, factories
from tests.arguments import argument_of
from tests.rules.strategies import folders


def draft(**changes):
    return TopicDocument.model_validate(factories.topic_document(**changes))


def edited(document, change):
    data = argument_of(document).model_dump(mode="json", by_alias=True)
    change(data)
    return Argument.model_validate(data)


def merge(document, argument, *, may_remove=False):
    return merged(document, argument, article_source=factories.ARTICLE_SOURCE, may_remove=may_remove)


def problems(document, argument, *, may_remove=False):
    with pytest.raises(BrokenRulesError) as refusal:
        merge(document, argument, may_remove=may_remove)
    return list(map(str, refusal.value.problems))


@pytest.mark.parametrize("slug", content.TOPICS)
def test_a_topic_merged_with_its_own_file_is_the_same(slug):
    topic = next(topic for topic in content.packs().topics if topic.topic == slug)
    same = merge(topic, argdown_reading.read(argdown.topic(topic)))
    assert same.document == topic
    assert (same.added, same.changed, same.removed, same.moot_gaps) == ((), (), (), ())


@given(folders())
@depth.times(0.2)
def test_a_random_topic_merged_with_its_own_file_is_the_same(folder):
    for name, plain in folder.items():
        if name.startswith("topics/"):
            topic = TopicDocument.model_validate(plain)
            assert merge(topic, argdown_reading.read(argdown.topic(topic))).document == topic


def test_changes_are_taken_over_and_citations_stay():
    topic = draft()
    first = topic.perspectives[0].claims[0]

    def change(data):
        data["claims"][0] |= {"text": "Said anew.", "kind": "legal"}
        data["responses"][0]["note"] = "Another note."

    result = merge(topic, edited(topic, change))
    claim = result.document.perspectives[0].claims[0]
    assert (claim.text, claim.kind.value, claim.cites) == ("Said anew.", "legal", first.cites)
    assert claim.cites
    assert result.changed == (first.id,)
    notes = {link.note for link in result.document.responses}
    assert "Another note." in notes
    assert len(result.document.responses) == len(topic.responses)


def test_a_new_claim_has_no_citations_and_may_answer():
    topic = draft()
    side = topic.perspectives[1]

    def change(data):
        claim = {"id": "new", "text": "New.", "kind": "causal", "perspective": side.id, "stance": side.stance.value}
        data["claims"].append(claim)
        link = {"from": "new", "to": topic.perspectives[0].claims[0].id, "type": "qualifies", "note": "Because."}
        data["responses"].insert(0, link)

    result = merge(topic, edited(topic, change))
    assert result.added == ("new",)
    assert result.document.perspectives[1].claims[-1].id == "new"
    assert result.document.perspectives[1].claims[-1].cites == ()
    assert result.document.responses[-1].from_claim == "new"
    assert result.document.responses[:-1] == topic.responses


def test_a_claim_moves_to_another_perspective_of_its_heading():
    topic = draft(responses=[], gaps=[])
    side = topic.perspectives[1]
    moved = topic.perspectives[0].claims[0].id

    def change(data):
        data["claims"][0] |= {"perspective": side.id, "stance": side.stance.value}

    result = merge(topic, edited(topic, change))
    assert result.changed == (moved,)
    assert moved in {claim.id for claim in result.document.perspectives[1].claims}


def test_claims_go_only_when_that_is_allowed():
    topic = draft()
    gone = topic.perspectives[1].claims[0].id

    def change(data):
        data["claims"] = [claim for claim in data["claims"] if claim["id"] != gone]
        data["responses"] = [link for link in data["responses"] if gone not in (link["from"], link["to"])]

    argument = edited(topic, change)
    assert problems(topic, argument) == [
        f"argument: claims: lack '{gone}', which is in the draft; add it, or allow removal"
    ]
    result = merge(topic, argument, may_remove=True)
    assert result.removed == (gone,)
    assert gone not in {claim.id for side in result.document.perspectives for claim in side.claims}


def gap_topic():
    topic = draft(responses=[], gaps=[])
    claim = topic.perspectives[0].claims[0].id
    gaps = [{"claim": claim, "stance": stance, "note": "Nobody does."} for stance in ("opposing", "neutral")]
    return draft(responses=[], gaps=gaps), claim


def test_a_gap_that_a_response_fills_is_closed():
    topic, claim = gap_topic()
    side = next(side for side in topic.perspectives if side.stance == "neutral")
    link = {"from": side.claims[0].id, "to": claim, "type": "rebuts", "note": "Now somebody does."}
    result = merge(topic, edited(topic, lambda data: data["responses"].append(link)))
    assert [gap.stance.value for gap in result.moot_gaps] == ["neutral"]
    assert [gap.stance.value for gap in result.document.gaps] == ["opposing"]


def test_gaps_of_a_claim_that_goes_are_closed():
    topic, claim = gap_topic()
    result = merge(topic, edited(topic, lambda data: data["claims"].pop(0)), may_remove=True)
    assert result.removed == (claim,)
    assert len(result.moot_gaps) == 2
    assert result.document.gaps == ()


def test_what_does_not_fit_is_refused_all_at_once():
    topic = draft()
    author = topic.perspectives[0]
    first, second = author.claims[:2]
    sides = ", ".join(side.id for side in topic.perspectives)

    def change(data):
        data["topic"] = "other"
        data["claims"][0]["perspective"] = "odd"
        data["claims"][1]["stance"] = "neutral"

    assert problems(topic, edited(topic, change)) == [
        f"argument: claim {first.id}: names the perspective 'odd', which the topic lacks; write one of {sides}",
        f"argument: claim {second.id}: says 'neutral'; '{author.id}' is 'author'",
        f"argument: topic: is 'other'; name '{topic.topic}', or choose the other topic's file",
    ]


def test_responses_within_a_perspective_are_refused():
    topic = draft()
    side = topic.perspectives[0]

    def change(data):
        data["responses"][0] |= {"from": side.claims[0].id, "to": side.claims[1].id}

    assert any("links two claims of the same perspective" in found for found in problems(topic, edited(topic, change)))
