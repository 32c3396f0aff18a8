"""Web Annotations: each obeys the data model, as a JSON Schema of ours states it, and targets the right words."""

import json
from pathlib import Path

import jsonschema
import pytest

from perspectives.rules.formats.linked_data import annotation
from perspectives.rules.publication import index_records
from tests import content, factories

BASE = "https://kb.example"
SCHEMA = json.loads(Path(__file__).with_name("annotation.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def check(data):
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


def records(document):
    sources = {key: index_records.plain(record) for key, record in document.sources.items()}
    return [(record, sources) for record in index_records.claim_records(document)]


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_quotation_of_a_topic_is_an_annotation(slug):
    for record, sources in records(content.topic(slug)):
        made = annotation.of_claim(record, sources, BASE)
        quoted = [cite for cite in record["cites"] if "quote" in cite]
        assert [item["target"]["selector"]["exact"] for item in made] == [cite["quote"] for cite in quoted]
        for item in made:
            check(item)
            assert item["body"][0]["value"] == record["text"]
            assert item["body"][1]["source"] == f"{BASE}/api/v1/claims/{record['id']}/"


def test_ids_are_the_places_of_citations():
    for record, sources in records(factories.topic_edition()):
        ids = [item["id"].rsplit("-", 1)[1] for item in annotation.of_claim(record, sources, BASE)]
        assert ids == [str(place) for place, cite in enumerate(record["cites"], start=1) if "quote" in cite]


def test_a_translation_is_a_second_text_with_its_translator():
    found = [
        (item, cite)
        for slug in content.TOPICS
        for record, sources in records(content.topic(slug))
        for item, cite in zip(
            annotation.of_claim(record, sources, BASE),
            [cite for cite in record["cites"] if "quote" in cite],
            strict=True,
        )
        if "translation" in cite
    ]
    assert found
    for item, cite in found:
        body = item["body"][-1]
        assert (body["value"], body["creator"]) == (cite["translation"], {"name": cite["translator"]})
        assert body["language"] == "en"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DOI": "10.1/x", "URL": "https://x.example/"}, "https://doi.org/10.1/x"),
        ({"URL": "https://x.example/"}, "https://x.example/"),
        ({}, f"{BASE}/sources/k/"),
    ],
)
def test_the_target_is_the_work_where_it_lies(changes, expected):
    cite = {"source": "k", "quote": "words", "quote_status": "own-text", "relation": "states"}
    record = {"id": "t/c", "text": "A claim.", "cites": [cite]}
    [item] = annotation.of_claim(record, {"k": changes}, BASE)
    assert item["target"]["source"] == expected


def test_every_passage_is_an_annotation_with_its_findings():
    document = content.article()
    made = annotation.of_article(document, BASE)
    assert len(made) == len(document.passages)
    for item, passage in zip(made, document.passages, strict=True):
        check(item)
        position = item["target"]["selector"]
        quote = position["refinedBy"]
        assert (quote["exact"], position["start"], position["end"]) == (passage.quote, passage.start, passage.end)
        values = [body["value"] for body in item["body"] if body.get("purpose") == "assessing"]
        assert values == [f"{finding.finding.value}: {finding.note}" for finding in passage.findings]
        links = [body["source"] for body in item["body"] if body["type"] == "SpecificResource"]
        assert links == [f"{BASE}/topics/{slug}/" for slug in passage.topics]


def test_the_quotation_and_the_position_of_every_passage_select_the_same_words():
    """In a text made for it, since the article's is not ours: each passage is where it says, and holds its words."""
    document = content.article()
    text = [" "] * max(passage.end for passage in document.passages)
    for passage in document.passages:
        text[passage.start : passage.start + len(passage.quote)] = passage.quote
    whole = "".join(text)
    for item, passage in zip(annotation.of_article(document, BASE), document.passages, strict=True):
        assert selected(whole, item["target"]["selector"]) == passage.quote


def selected(text, selector):
    """Select as the data model says: alternatives must agree, and a refinement selects within what it refines."""
    if isinstance(selector, list):
        found = {selected(text, one) for one in selector}
        assert len(found) == 1, found
        return found.pop()
    if selector["type"] == "TextQuoteSelector":
        assert text.count(selector["exact"]) == 1
        return selector["exact"]
    within = text[selector["start"] : selector["end"]]
    return selected(within, selector["refinedBy"]) if "refinedBy" in selector else within


def test_pages_and_collections():
    items = annotation.of_article(factories.article_edition(), BASE)
    address, first = f"{BASE}/api/v1/annotations/", f"{BASE}/api/v1/annotations/?page=1"
    page = annotation.page(first, items, collection=address, start=20, following=f"{address}?page=2")
    check(page)
    assert (page["startIndex"], page["next"], len(page["items"])) == (20, f"{address}?page=2", len(items))
    check(annotation.page(first, [], collection=address))
    assert "next" not in annotation.page(first, [], collection=address)
    collection = annotation.collection(address, "Passages", total=2, first=first)
    check(collection)
    assert collection["first"] == first
    assert "first" not in annotation.collection(address, "Nothing", total=0, first=first)


def test_the_schema_refuses_what_the_data_model_forbids():
    record, sources = next(
        pair for pair in records(factories.topic_edition()) if any("quote" in c for c in pair[0]["cites"])
    )
    [item, *_] = annotation.of_claim(record, sources, BASE)
    for change in (
        {"motivation": "judging"},
        {"body": []},
        {"target": {"source": "x"}},
        {"type": "Note"},
        {"extra": 1},
    ):
        assert list(VALIDATOR.iter_errors({**item, **change}))
