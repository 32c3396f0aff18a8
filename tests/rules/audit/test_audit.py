"""The audit finds what editors found in print: each kind in a topic that has it, and none in one that has not."""

from dataclasses import replace

import pytest

from perspectives.rules.audit import wording
from perspectives.rules.audit.kinds import KINDS, audit
from perspectives.rules.documents.packs import Known, parse
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories


@pytest.fixture
def content():
    found, problems = parse(factories.packs(), Known())
    assert problems == []
    assert found.article is not None
    return found


def changed(content, change, *, sources=None):
    """Give the content with the first topic altered in its plain data by `change`."""
    data = plain(content.topics[0])
    change(data)
    records = {key: plain(record) for key, record in content.sources.items()}
    for key, fields in (sources or {}).items():
        records[key] = {name: value for name, value in {**records[key], **fields}.items() if value is not None}
    topics = [TopicDocument.model_validate(data), *content.topics[1:]]
    return replace(content, topics=topics, sources={k: SourceRecord.model_validate(v) for k, v in records.items()})


def side(data, stance):
    return next(one for one in data["perspectives"] if one["stance"] == stance)


def cite(data, stance="opposing"):
    return side(data, stance)["claims"][0]["cites"][0]


def quoted(words, stance="opposing"):
    return lambda data: cite(data, stance).update(quote=words, quote_status="own-text")


def two_quotations(data):
    source = cite(data)["source"]
    first = {"source": source, "relation": "supports", "quote": "The bridge is sound", "quote_status": "own-text"}
    second = {**first, "quote": "The bridge is sound, but only for a year"}
    side(data, "opposing")["claims"][0]["cites"].append(first)
    side(data, "neutral")["claims"][0]["cites"].append(second)


def weak(data):
    for claim in side(data, "opposing")["claims"]:
        for one in claim["cites"]:
            one["relation"] = "supports"


def unstated(data):
    side(data, "author")["claims"][0]["cites"] = [{**cite(data), "relation": "supports"}]


def in_two_stances(data):
    side(data, "neutral")["held_by"] = [side(data, "opposing")["held_by"][0]]


def stranger(data):
    side(data, "opposing")["held_by"] = ["Nobody Atall"]


def unanswered(data):
    data["gaps"] = []
    data["responses"] = [link for link in data["responses"] if not link["from"].startswith("n")]


def loose(data):
    side(data, "opposing")["claims"].append({**side(data, "opposing")["claims"][0], "id": "o99", "text": "More."})


def first_claim(text):
    return lambda data: side(data, "opposing")["claims"][0].update(text=text)


CASES = {
    "unmarked-cut": quoted("The bridge … is sound"),
    "turned-cut": two_quotations,
    "anachronism": first_claim("In 2087 the bridge fell."),
    "weak-perspective": weak,
    "beyond-article": unstated,
    "role": in_two_stances,
    "no-work": stranger,
    "unanswered": unanswered,
    "loose-claim": loose,
    "long-claim": first_claim("Many words " + "and more " * 15 + "come here."),
    "long-summary": lambda data: side(data, "neutral").update(summary="Words " + "and more " * 12 + "here."),
    "idle-term": lambda data: data.update(terms=[{"term": "parapet", "gloss": "A low wall."}]),
    "plain-marks": first_claim("The town's bridge."),
}


def found(content, code):
    return {(one.where, one.message) for one in audit(content) if one.code == code}


@pytest.mark.parametrize("code", CASES)
def test_a_kind_is_found_where_it_is_and_not_before(code, content):
    assert found(changed(content, CASES[code]), code) - found(content, code)


@pytest.mark.parametrize(
    ("code", "fields"),
    [("way", {"DOI": None, "ISBN": None, "URL": None, "archive": None}), ("weak-claim", {"category": "opinion"})],
)
def test_what_a_source_lacks_is_found(code, fields, content):
    bare = changed(content, lambda _: None, sources=dict.fromkeys(content.sources, fields))
    assert found(bare, code) - found(content, code)


def test_a_work_older_than_the_events_is_found(content):
    early = changed(content, lambda data: data["period"].update(start="2090", end="2091"))
    assert found(early, "too-early")


def test_a_locator_is_asked_of_books_and_articles(content):
    def bare(data):
        cite(data).update(relation="states")
        cite(data).pop("locator", None)

    key = cite(plain(content.topics[0]))["source"]
    assert found(changed(content, bare, sources={key: {"type": "book"}}), "locator")
    assert not any(
        key in message for _, message in found(changed(content, bare, sources={key: {"type": "webpage"}}), "locator")
    )


def test_a_marked_cut_and_a_note_are_enough(content):
    assert not found(changed(content, quoted("The bridge […] is sound")), "unmarked-cut")

    def noted(data):
        in_two_stances(data)
        name = side(data, "opposing")["held_by"][0]
        side(data, "neutral")["held_by_note"] = side(data, "opposing")["held_by_note"] = f"{name} is on both sides."

    assert not found(changed(content, noted), "role")


def test_sentences_are_told_apart():
    assert wording.sentences("One. “Two?” Three! by 3.5 percent.") == ["One.", "“Two?”", "Three! by 3.5 percent."]
    assert wording.sentences("") == [""]


def test_every_kind_has_its_own_code():
    assert len({kind.code for kind in KINDS}) == len(KINDS) == len(CASES) + 4
