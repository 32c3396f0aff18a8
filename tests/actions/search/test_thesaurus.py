"""The thesaurus is changed by moderators, one at a time, and every change is in the log."""

import pytest

from perspectives.actions.search import thesaurus as actions
from perspectives.errors import ConflictError, NotPermittedError
from perspectives.models import LogEntry, SynonymGroup
from perspectives.queries.search import thesaurus
from perspectives.queries.search.claim_search import search
from perspectives.vocab import EventCode

NOTHING = thesaurus.version({})
GROUPS = {"bridge": ["footbridge", "steg", "містк*"], "wood": ["timber", "holz"]}


def test_groups_are_put_in_the_place_of_those_that_stood(proposer):
    actions.change(groups=GROUPS, version=NOTHING, by=proposer, note="Asked for in German")
    assert thesaurus.groups() == GROUPS
    fewer = {"wood": ["timber", "holz", "lumber"]}
    actions.change(groups=fewer, version=thesaurus.version(GROUPS), by=proposer)
    assert thesaurus.groups() == fewer
    first, second = LogEntry.objects.filter(code=EventCode.THESAURUS_CHANGED).order_by("pk")
    assert (first.note, sorted(first.detail["groups"])) == ("Asked for in German", ["bridge", "wood"])
    assert second.detail["groups"] == {"bridge": [GROUPS["bridge"], []], "wood": [GROUPS["wood"], fewer["wood"]]}


def test_what_changes_nothing_leaves_no_trace(proposer):
    actions.change(groups=GROUPS, version=NOTHING, by=proposer)
    actions.change(groups=GROUPS, version=thesaurus.version(GROUPS), by=proposer)
    assert LogEntry.objects.filter(code=EventCode.THESAURUS_CHANGED).count() == 1


def test_nobody_writes_over_what_somebody_else_wrote(proposer, reviewer):
    actions.change(groups=GROUPS, version=NOTHING, by=proposer)
    with pytest.raises(ConflictError, match="somebody else"):
        actions.change(groups={}, version=NOTHING, by=reviewer)
    assert thesaurus.groups() == GROUPS


def test_readers_change_nothing(reader):
    with pytest.raises(NotPermittedError):
        actions.change(groups=GROUPS, version=NOTHING, by=reader)
    assert not SynonymGroup.objects.exists()


def test_a_question_finds_what_is_written_in_other_words(published, proposer):
    def found(text):
        return {hit["id"] for hit in search(text, filters={}, limit=50)["results"] if not hit["stand_in"]}

    assert not found("Holz")
    actions.change(groups=GROUPS, version=NOTHING, by=proposer)
    assert found("Holz") == found("timber") != set()
    assert found("містками") == found("footbridge") != set()
