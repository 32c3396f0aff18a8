"""What finds the changes that a draft gets, where it has moved on or is given something else."""

import pytest

from perspectives.actions.documents import edits
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change

DRAFT = {"topic": "piers", "title": "Piers", "perspectives": [{"id": "p", "claims": []}]}
VERSION = parts.version(DRAFT)


def refusing(_):
    raise BrokenRulesError("This is no topic.", ("perspectives: should be a list",))


def test_changes_may_name_the_draft_that_they_are_for():
    change = Change("head", before={"title": "Piers"}, after={"title": "Ferries"})
    assert [*edits.changing([change])(DRAFT)] == [change]
    assert [*edits.changing([change], VERSION)(DRAFT)] == [change]
    with pytest.raises(ConflictError, match="somebody else"):
        edits.changing([change], parts.version({}))(DRAFT)


@pytest.mark.parametrize("lists", ["piers", [{"id": 1}], [{"id": "p", "claims": "none"}]])
def test_a_document_without_parts_is_told_of_by_its_check(lists):
    with pytest.raises(BrokenRulesError, match="This is no topic"):
        edits.replacing({**DRAFT, "perspectives": lists}, VERSION, name="topic", check=refusing)(DRAFT)


def test_a_document_of_another_topic_is_refused():
    with pytest.raises(NotPossibleError, match="must be of the topic 'piers'"):
        edits.replacing({**DRAFT, "topic": "ferries"}, VERSION, name="topic", check=refusing)(DRAFT)
    assert [*edits.replacing(dict(DRAFT), VERSION, name="topic", check=refusing)(DRAFT)] == []
