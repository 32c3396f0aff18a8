"""AIF: out and back the same; the xaif package finds in it what we put in; what cannot be read is said."""

import json
import sys
from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.formats.argument import aif, aif_reading
from tests import content, depth, factories
from tests.arguments import argument_of
from tests.rules.strategies import folders


@pytest.fixture(scope="module")
def outside_reader():
    """The class of the xaif package. It imports pandas, which it does not require, for a table that nobody asks for."""
    patch = pytest.MonkeyPatch()
    patch.setitem(sys.modules, "pandas", ModuleType("pandas"))
    from xaif import AIF

    yield AIF
    patch.undo()


def written(document):
    return json.dumps(aif.topic(document), ensure_ascii=False)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_comes_back_the_same(slug):
    topic = content.topic(slug)
    assert aif_reading.read(written(topic)) == argument_of(topic)


@given(folders())
@depth.times(0.2)
def test_random_topics_come_back_the_same(folder):
    for name, plain in folder.items():
        if name.startswith("topics/"):
            topic = TopicDocument.model_validate(plain)
            assert aif_reading.read(written(topic)) == argument_of(topic)


@pytest.mark.parametrize("slug", content.TOPICS)
def test_the_xaif_package_finds_claims_speakers_and_relations(outside_reader, slug):
    topic = content.topic(slug)
    found = outside_reader(json.loads(written(topic)))
    assert found.is_valid_json_aif()
    assert found.is_json_aif_dialog()
    labels = {claim.text: f"{side.label} ({side.stance.value})" for side in topic.perspectives for claim in side.claims}
    spoken = {node["text"]: found.get_speaker(node["nodeID"])[0] for node in found.nodes if node["type"] == "L"}
    assert spoken == labels
    pairs = found._get_relations_argument(found.nodes, found.aif["edges"], "argument-relation")
    texts = {claim.id: claim.text for side in topic.perspectives for claim in side.claims}
    schemes = {"RA": "Default Inference", "CA": "Default Conflict"}
    assert Counter(
        zip(pairs["proposition1_text"], pairs["proposition2_text"], pairs["relation"], strict=True)
    ) == Counter(
        (texts[link.from_claim], texts[link.to_claim], schemes[aif.SCHEMES[link.type]]) for link in topic.responses
    )
    asserted = found._get_relations_locution(found.nodes, found.aif["edges"], "locution")
    assert asserted["proposition1_text"] == asserted["proposition2_text"] == list(labels)


def test_what_a_tool_adds_is_read(outside_reader):
    """A proposition and a relation that xaif adds need our words beside them, then they come back."""
    found = outside_reader(aif.topic(factories.topic_edition()))
    found.add_component("proposition", Lnode_ID=2, proposition="A new claim.")
    new, old = found.nodes[-2], found.nodes[0]
    new[aif.EXTRA] = {"claim": "new-1", "kind": "causal", "perspective": "p", "stance": "neutral"}
    found.add_component("argument_relation", relation_type="CA", iNode_ID1=new["nodeID"], iNode_ID2=old["nodeID"])
    found.nodes[-1][aif.EXTRA] = {"response": "qualifies", "note": "Within limits."}
    argument = aif_reading.read(json.dumps(found.xaif))
    assert argument.claims[-1].id == "new-1"
    assert (argument.responses[-1].from_claim, argument.responses[-1].to_claim) == ("new-1", old[aif.EXTRA]["claim"])


def test_node_ids_may_be_texts():
    topic = factories.topic_edition()
    data = aif.topic(topic)
    for edge in data["AIF"]["edges"]:
        edge["fromID"] = str(edge["fromID"])
    assert aif_reading.read(json.dumps(data)) == argument_of(topic)


def test_a_draft_has_no_edition():
    draft = TopicDocument.model_validate(factories.topic_document())
    assert "edition" not in aif.topic(draft)[aif.EXTRA]
    assert aif.topic(factories.topic_edition())[aif.EXTRA]["edition"] == 1


def changed(change):
    data = aif.topic(factories.topic_edition())
    change(data)
    return json.dumps(data)


def scheme_node(data):
    return next(node for node in data["AIF"]["nodes"] if node["type"] in {"CA", "RA"})


def first_claim(**extra):
    return lambda data: data["AIF"]["nodes"][0][aif.EXTRA].update(extra)


WRONG = [
    ("{", "file:1: is not JSON: Expecting property name"),
    ('{"a": ' + "1" * 5000 + "}", "file: is not JSON: a number is too long; correct the line"),
    ("x" * 2_000_001, "file: is too long; the limit is 2,000,000 bytes"),
    ("[" * 200_000, "file: is nested too deep"),
    ("[]", "file: holds no nodes; write xAIF"),
    ("{}", "file: names no topic; add"),
    (changed(lambda data: data.pop(aif.EXTRA)), "file: names no topic; add"),
    (changed(lambda data: data[aif.EXTRA].update(topic="A B")), "file: topic: 'A B' is not a slug"),
    (
        changed(lambda data: data["AIF"]["nodes"][0].pop(aif.EXTRA)),
        "file: AIF.nodes[0]: says not whose claim it is; add",
    ),
    (changed(lambda data: scheme_node(data).pop(aif.EXTRA)), "says not how and why it answers; add"),
    (changed(first_claim(kind="odd")), "file: AIF.nodes[0].kind: 'odd' is not one of the known values"),
    (changed(first_claim(claim="A")), "file: AIF.nodes[0].id: 'A' is not a slug"),
    (
        changed(lambda data: data["AIF"]["nodes"][0].update(text=3)),
        "file: AIF.nodes[0].text: is a int; write one text here",
    ),
    (changed(lambda data: data["AIF"].update(edges=[3])), "leads from 0 claims to 0; join it by edges"),
    (changed(lambda data: scheme_node(data)[aif.EXTRA].update(response="odd")), "].type: 'odd' is not one of"),
    (changed(lambda data: scheme_node(data).update(type="MA")), "is MA but says '"),
    (changed(lambda data: data["AIF"]["nodes"].append(data["AIF"]["nodes"][0])), "stands here a second time"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:60] for _, expected in WRONG])
def test_what_cannot_be_read_is_said(text, expected):
    with pytest.raises(BrokenRulesError) as refusal:
        aif_reading.read(text, "file")
    assert [problem for problem in map(str, refusal.value.problems) if expected in problem]


ODD_VALUES = [None, True, 0, -1, 1.5, "", "x", "\ud800", "\0", [], {}, [[]], {"topic": 1}, "CA", "I"]


def outcome(text):
    """Read; give the argument, or the problems with which it was refused."""
    try:
        return aif_reading.read(text), ()
    except BrokenRulesError as refusal:
        return None, refusal.problems


@given(st.integers(0, 10_000), st.sampled_from(ODD_VALUES))
@depth.times(2)
def test_nothing_but_a_refusal_comes_of_odd_values(place, value):
    data = aif.topic(factories.topic_edition())
    places = list(containers(data))
    container, key = places[place % len(places)]
    container[key] = value
    argument, found = outcome(json.dumps(data))
    assert all("; " in str(problem) for problem in found)
    assert found or argument.topic == factories.TOPIC


def containers(value):
    """Every place in plain data: its list or mapping, and its index or key."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from containers(inner)
