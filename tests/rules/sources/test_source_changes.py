"""Records field by field, and other sources in their place."""

import pytest

from perspectives.errors import BrokenRulesError, ConflictError
from perspectives.rules.documents.parts import Change
from perspectives.rules.sources import source_changes
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories


def test_a_record_may_keep_its_own_doi_and_be_given_read_or_plain():
    record = factories.source_record()
    dois = {record["DOI"].lower(): "pratt2018timber"}
    read = source_changes.checked(record, key="pratt2018timber", dois=dois)
    assert source_changes.checked(read, key="pratt2018timber", dois=dois) == read == SourceRecord.model_validate(record)


def test_every_problem_is_told_with_its_field():
    record = factories.source_record(title=" ", author=[{"given": "A"}])
    with pytest.raises(BrokenRulesError) as caught:
        source_changes.checked(record, key="pratt2018timber", dois={record["DOI"].lower(): "other"}, taken=True)
    assert [problem.path for problem in caught.value.problems] == ["key", "title", "author[0]", "DOI"]


def test_differences_lead_from_one_record_to_the_other():
    before, after = {"title": "A", "page": "1"}, {"title": "B", "volume": "2"}
    changes = source_changes.compare(before, after)
    assert [change.path for change in changes] == ["page", "title", "volume"]
    assert source_changes.applied(before, changes) == after
    with pytest.raises(ConflictError):
        source_changes.applied(after, changes)
    assert source_changes.applied(after, [Change("genre")]) == after


def test_documents_name_the_survivor_and_say_nothing_twice():
    cite = {"source": "old", "relation": "states"}
    document = {
        "source": "old",
        "claims": [{"cites": [cite, {**cite, "source": "new"}, {**cite, "locator": "p. 1"}]}],
        "bibliography": [
            {"source": "new", "argues": "One."},
            {"source": "old", "argues": "Two."},
            {"source": "other", "argues": "Three."},
        ],
    }
    made = source_changes.repointed(document, {"old": "new"})
    assert made["source"] == "new"
    assert made["claims"][0]["cites"] == [{**cite, "source": "new"}, {**cite, "source": "new", "locator": "p. 1"}]
    assert made["bibliography"] == [{"source": "new", "argues": "One. Two."}, {"source": "other", "argues": "Three."}]


def test_what_is_said_already_is_not_said_again_and_the_rest_stays():
    entries = [{"source": "new", "argues": "One and two."}, {"source": "old", "argues": "One and two."}]
    assert source_changes.repointed({"bibliography": entries}, {"old": "new"})["bibliography"] == entries[:1]
    untouched = {"cites": [1, 1], "bibliography": entries, "source": ["no key"]}
    assert source_changes.repointed(untouched, {"nothing": "new"}) == untouched
