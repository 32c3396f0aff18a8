"""How far evidence was checked, counted on the footbridge."""

from perspectives.rules.publication.evidence_states import evidence_states
from perspectives.rules.publication.index_records import plain
from tests import factories


def counted(node, name):
    if isinstance(node, dict):
        return (name in node) + sum(counted(value, name) for value in node.values())
    return sum(counted(value, name) for value in node) if isinstance(node, list) else 0


def test_every_citation_and_every_record_is_counted_once():
    for document in (factories.topic_edition(), factories.article_edition()):
        states = evidence_states(document)
        content = {name: value for name, value in plain(document).items() if name != "sources"}
        assert states.citations == counted(content, "relation")
        assert sum(states.quotations.values()) == counted(content, "quote_status")
        assert sum(states.records.values()) == len(document.sources)
        assert states.citations > sum(states.quotations.values()) or states.citations


def test_states_are_told_apart():
    topic = factories.topic_document()
    cites = topic["perspectives"][0]["claims"][0]["cites"]
    before = evidence_states(factories.topic_edition())
    topic["perspectives"][0]["claims"][0]["cites"] = [{**cites[0], "quote_status": "not-checked"}]
    after = evidence_states(factories.topic_edition(perspectives=topic["perspectives"]))
    assert after.quotations["not-checked"] == before.quotations["not-checked"] + 1
    assert after.quotations["own-text"] == before.quotations["own-text"] - 1
    assert set(after.records) == {"verified", "partly"}
