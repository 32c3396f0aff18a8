"""A quotation may say no more of how it was seen than its source's record."""

from itertools import product

import pytest

from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication import balance
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import QuoteStatus
from tests import factories

CLOSEST_FIRST = ["own-text", "reproduction", "translated", "description", "second-hand", "not-checked"]


@pytest.mark.parametrize(("claimed", "seen"), list(product(QuoteStatus, [*QuoteStatus, None])))
def test_a_state_may_not_be_closer_than_the_record(claimed, seen):
    allowed = CLOSEST_FIRST[CLOSEST_FIRST.index(seen) :] if seen else ["second-hand", "not-checked"]
    assert claimed.claims_more_than(seen) == (claimed.value not in allowed)


def records(text):
    """Give the records of the footbridge, each saying this of its text."""
    found = {}
    for key, record in factories.topic_edition().sources.items():
        data = plain(record)
        checked = {name: value for name, value in data["checked"].items() if name != "text"}
        found[key] = SourceRecord.model_validate({**data, "checked": checked | ({"text": text} if text else {})})
    return found


def found_in(document, sources):
    return [one for one in balance.broken(document, sources) if one.code == "quotations-as-seen"]


def test_the_gate_names_the_quotation_and_how_to_mend_it():
    topic = TopicDocument.model_validate(factories.topic_document())
    assert found_in(topic, records("own-text")) == []
    weaker = found_in(topic, records("description"))
    assert weaker
    assert all("as 'own-text', and the source's record says 'description'" in one.message for one in weaker)
    silent = found_in(topic, records(None))
    assert {one.where for one in silent} == {one.where for one in weaker}
    assert "says nothing of its text; write in the record how its text was seen, or" in silent[0].message
    assert found_in(topic, {}) != []


def test_agreements_and_events_are_looked_at_as_well():
    data = factories.topic_document()
    quoted = {**data["perspectives"][0]["claims"][0]["cites"][0], "quote": "a plank", "quote_status": "own-text"}
    data["common_ground"][0]["cites"] = data["events"][0]["cites"] = [quoted]
    found = found_in(TopicDocument.model_validate(data), records(None))
    assert {"common_ground/0", "events/0"} <= {one.where for one in found}


def test_a_guide_is_held_to_it_too():
    guide = ArticleDocument.model_validate(factories.article_document())
    sources = factories.article_edition().sources
    assert balance.broken_in_guide(guide, sources) == ()
    (found,) = balance.broken_in_guide(guide, {})
    assert found.where.startswith(f"{guide.article}/")
    assert "quotations-as-seen: " in str(found)
    assert "write in the record how its text was seen" in str(found)
