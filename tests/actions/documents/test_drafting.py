"""Drafts are changed part by part: by one who may, from what is there, with a record that can be turned round."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from perspectives.actions.documents import drafting
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import LogEntry, Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from tests import factories

CLAIM = "perspectives/repair/claims/s1"


def draft(topic):
    return plain(draft_documents.topic_document(topic.pk))


def reworded(topic, text="Said anew."):
    claim = parts.find(draft(topic), CLAIM)
    return Change(CLAIM, claim, {**claim, "text": text})


def test_a_change_is_written_and_recorded(topic, proposer):
    wanted = reworded(topic)
    drafting.change(topic_id=topic.pk, changes=[wanted], by=proposer, note="Clearer.")
    assert parts.find(draft(topic), CLAIM)["text"] == "Said anew."
    entry = LogEntry.objects.get(code="topic.changed")
    assert (entry.by, entry.topic, entry.note) == (proposer, topic, "Clearer.")
    assert [Change.from_json(item) for item in entry.changes] == [wanted]


def test_an_edit_costs_a_dozen_queries_however_much_there_is(topic, proposer):
    prices = []
    for text in ("Said anew.", "And again."):
        change = reworded(topic, text)
        with CaptureQueriesContext(connection) as queries:
            drafting.change(topic_id=topic.pk, changes=[change], by=proposer)
        prices.append(len(queries))
        for number in range(20):
            agreement = {"text": f"Fact {number}.", "cites": [{"source": "pratt2018timber", "relation": "states"}]}
            changes = [Change(f"common_ground/{number + 1}", None, agreement)]
            drafting.change(topic_id=topic.pk, changes=changes, by=proposer)
    assert prices == [14, 14], [query["sql"] for query in queries]


@pytest.mark.parametrize("source", ["a\0b", "\ud800", "x" * 100_000, ""])
@pytest.mark.parametrize("name", ["cites", "article", "topic"])
def test_hostile_names_are_problems_of_the_document(source, name, topic, proposer):
    before = draft(topic)
    claim = parts.find(before, CLAIM)
    wanted = {**before, name: source}
    if name == "cites":
        cites = [{"source": source, "relation": "states"}]
        wanted = parts.applied(before, [Change(CLAIM, claim, {**claim, "cites": cites})])
    with pytest.raises(BrokenRulesError), transaction.atomic():
        drafting.edit(topic_id=topic.pk, edit=lambda _: parts.compare(before, wanted), by=proposer)


def test_what_changes_nothing_leaves_no_trace(topic, proposer):
    drafting.change(topic_id=topic.pk, changes=[], by=proposer)
    assert not LogEntry.objects.filter(code="topic.changed").exists()


@pytest.mark.parametrize(
    ("note", "words"),
    [("n" * 3001, "The note has 3,001 characters; make it 3,000"), ("a\u202eb", "invisible")],
)
def test_a_note_that_the_log_cannot_take_undoes_the_change(note, words, topic, proposer):
    before = draft(topic)
    with pytest.raises(NotPossibleError, match=words), transaction.atomic():
        drafting.change(topic_id=topic.pk, changes=[reworded(topic)], by=proposer, note=note)
    assert draft(topic) == before


@pytest.mark.parametrize("who", [None, "reader"])
def test_only_moderators_change_drafts(who, topic, reader):
    with pytest.raises(NotPermittedError):
        drafting.change(topic_id=topic.pk, changes=[], by=who and reader)


def test_an_unknown_topic_is_not_found(proposer):
    with pytest.raises(NotFoundError):
        drafting.change(topic_id=0, changes=[], by=proposer)


def test_a_stale_edit_is_a_conflict_and_loses_nothing(topic, proposer, reviewer):
    stale = reworded(topic, "Mine.")
    drafting.change(topic_id=topic.pk, changes=[reworded(topic, "Theirs.")], by=reviewer)
    with pytest.raises(ConflictError) as caught:
        drafting.change(topic_id=topic.pk, changes=[stale], by=proposer)
    assert caught.value.now["text"] == "Theirs."
    assert parts.find(draft(topic), CLAIM)["text"] == "Theirs."


def test_every_problem_of_the_document_is_told(topic, proposer):
    claim = parts.find(draft(topic), CLAIM)
    wrong = {**claim, "text": "", "kind": "musical", "cites": [{"source": "nobody1999", "relation": "states"}]}
    with pytest.raises(BrokenRulesError) as caught:
        drafting.change(topic_id=topic.pk, changes=[Change(CLAIM, claim, wrong)], by=proposer)
    told = " ".join(map(str, caught.value.problems))
    for word in ("text", "musical", "nobody1999"):
        assert word in told


def test_a_claim_that_the_guide_names_stays(topic, proposer):
    version = parts.version(parts.find(draft(topic), CLAIM))
    with pytest.raises(BrokenRulesError, match="names"):
        drafting.remove(topic_id=topic.pk, path=CLAIM, version=version, by=proposer)


def test_a_part_is_removed_in_the_version_that_was_seen(topic, proposer):
    before = draft(topic)
    version = parts.version(parts.find(before, "events/0"))
    with pytest.raises(ConflictError):
        drafting.remove(topic_id=topic.pk, path="events/0", version="0" * 16, by=proposer)
    drafting.remove(topic_id=topic.pk, path="events/0", version=version, by=proposer)
    assert draft(topic).get("events", []) == before["events"][1:]


def test_a_whole_draft_is_replaced_in_the_version_that_was_seen(topic, proposer):
    before = draft(topic)
    wanted = {**before, "title": "Another title"}
    with pytest.raises(ConflictError) as caught:
        drafting.replace(topic_id=topic.pk, document=wanted, version="0" * 16, by=proposer)
    assert caught.value.now == before
    drafting.replace(topic_id=topic.pk, document=wanted, version=parts.version(before), by=proposer)
    assert draft(topic) == wanted


def test_a_draft_stays_the_draft_of_its_topic(topic, proposer):
    before = draft(topic)
    with pytest.raises(NotPossibleError):
        drafting.replace(
            topic_id=topic.pk, document={**before, "topic": "other"}, version=parts.version(before), by=proposer
        )


def test_a_change_is_undone_and_that_too(topic, proposer, reviewer):
    before = draft(topic)
    drafting.change(topic_id=topic.pk, changes=[reworded(topic)], by=proposer)
    drafting.revert(entry_id=LogEntry.objects.get(code="topic.changed").pk, by=reviewer, note="It was better.")
    assert draft(topic) == before
    entry = LogEntry.objects.get(code="topic.reverted")
    assert entry.by == reviewer
    drafting.revert(entry_id=entry.pk, by=proposer)
    assert parts.find(draft(topic), CLAIM)["text"] == "Said anew."


def test_what_was_changed_since_is_not_undone(topic, proposer):
    drafting.change(topic_id=topic.pk, changes=[reworded(topic)], by=proposer)
    entry = LogEntry.objects.get(code="topic.changed")
    drafting.change(topic_id=topic.pk, changes=[reworded(topic, "Later still.")], by=proposer)
    with pytest.raises(ConflictError):
        drafting.revert(entry_id=entry.pk, by=proposer)


def test_what_changed_no_draft_cannot_be_undone(topic, proposer):
    with pytest.raises(NotPossibleError):
        drafting.revert(entry_id=LogEntry.objects.filter(code="pack.loaded").first().pk, by=proposer)
    with pytest.raises(NotFoundError):
        drafting.revert(entry_id=0, by=proposer)


def test_a_part_moves_in_the_version_that_was_seen_and_back(topic, proposer):
    before = draft(topic)
    version = parts.version(parts.find(before, "events/0"))
    with pytest.raises(ConflictError):
        drafting.move(topic_id=topic.pk, path="events/0", steps=1, version="0" * 16, by=proposer)
    drafting.move(topic_id=topic.pk, path="events/0", steps=1, version=version, by=proposer)
    assert draft(topic)["events"] == before["events"][::-1]
    drafting.revert(entry_id=LogEntry.objects.get(code="topic.changed").pk, by=proposer)
    assert draft(topic) == before


def test_a_part_at_an_end_stays_there(topic, proposer):
    version = parts.version(parts.find(draft(topic), CLAIM))
    drafting.move(topic_id=topic.pk, path=CLAIM, steps=-1, version=version, by=proposer)
    assert not LogEntry.objects.filter(code="topic.changed").exists()


def new_topic(**changes):
    document = factories.topic_document("new-lamps", order=90)
    side = {**document["perspectives"][0], "claims": []}
    return {**document, "perspectives": [side], "responses": [], "gaps": [], **changes}


def test_a_topic_is_begun(drafts, proposer):
    begun = drafting.begin(document=new_topic(), by=proposer, note="Somebody asked.")
    assert begun.slug == "new-lamps"
    assert begun.perspectives.get().stance == "author"
    entry = LogEntry.objects.get(code="topic.changed")
    assert (entry.by, entry.topic, entry.note, entry.changes) == (proposer, begun, "Somebody asked.", [])


def test_a_topic_that_is_there_is_not_begun_again(topic, proposer):
    with pytest.raises(NotPossibleError):
        drafting.begin(document=factories.topic_document(), by=proposer)


def test_a_topic_with_problems_is_not_begun(drafts, proposer, reader):
    with pytest.raises(BrokenRulesError):
        drafting.begin(document=new_topic(order=10, title=""), by=proposer)
    with pytest.raises(NotPermittedError):
        drafting.begin(document=new_topic(), by=reader)
    assert not Topic.objects.filter(slug="new-lamps").exists()
