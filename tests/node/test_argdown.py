"""Argdown's own parser reads our documents without a complaint, and finds in them what we put in."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.formats.argument import argdown
from tests import content, depth
from tests.arguments import argument_of
from tests.rules.formats.test_argdown import HOSTILE, hostile_document
from tests.rules.strategies import folders

SCRIPT = Path(__file__).with_name("argdown.mjs")
DRAWN = {"->": "attack", "_>": "undercut", "+>": "support"}


def parsed(node, topics):
    return json.loads(node(SCRIPT, json.dumps([argdown.topic(topic) for topic in topics])))


def check(found, topic):
    argument = argument_of(topic)
    assert found["errors"] == []
    assert found["arguments"] == []
    assert found["frontMatter"]["debatekb"]["topic"] == topic.topic
    assert found["frontMatter"]["title"] == topic.title
    statements = {item["id"]: item for item in found["statements"]}
    assert {name: item["texts"] for name, item in statements.items()} == {
        claim.id: [claim.text] for claim in argument.claims
    }
    for claim in argument.claims:
        item = statements[claim.id]
        assert item["tags"] == [claim.stance.value]
        assert item["section"] == {"perspective": claim.perspective, "stance": claim.stance.value}
        notes = {
            f"{link.from_claim} {link.type.value}": link.note for link in topic.responses if link.to_claim == claim.id
        }
        assert item["data"] == {"kind": claim.kind.value, **notes}
    drawn = Counter((link.from_claim, link.to_claim, DRAWN[argdown.SIGNS[link.type]]) for link in topic.responses)
    assert {(link["from"], link["to"], link["type"]): link["times"] for link in found["relations"]} == drawn


@pytest.fixture(scope="module")
def fixtures_parsed(node):
    return dict(zip(content.TOPICS, parsed(node, map(content.topic, content.TOPICS)), strict=True))


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_is_argdown(fixtures_parsed, slug):
    check(fixtures_parsed[slug], content.topic(slug))


def test_hostile_texts_are_argdown(node):
    topics = [hostile_document(text) for text in HOSTILE]
    for found, topic in zip(parsed(node, topics), topics, strict=True):
        check(found, topic)


def test_mixtures_of_signs_are_argdown(node):
    draw = Random(7)
    texts = ["x" + "".join(draw.choices("\\\\{}[]#@*_=/.:<>-+()\"'aé", k=draw.randint(1, 30))) for _ in range(150)]
    topics = [hostile_document(f"{text} {text[::-1]}") for text in texts]
    for found, topic in zip(parsed(node, topics), topics, strict=True):
        check(found, topic)


@given(folder=folders())
@depth.times(0.06)
def test_random_topics_are_argdown(node, folder):
    topics = [TopicDocument.model_validate(plain) for name, plain in folder.items() if name.startswith("topics/")]
    for found, topic in zip(parsed(node, topics), topics, strict=True):
        check(found, topic)
