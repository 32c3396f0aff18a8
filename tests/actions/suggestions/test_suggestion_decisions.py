"""Deciding: what accepting changes, what is refused, what can be undone; by another person than the author."""

import pytest

from perspectives.actions.documents import drafting
from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import LogEntry, Source, Suggestion, User
from perspectives.queries.documents import draft_documents
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories
from tests.suggesting import CLAIM, sent

pytestmark = pytest.mark.usefixtures("published")
ACTIONS = {
    "ask": {"text": "Where?"},
    "accept": {},
    "decline": {"reason": "spam"},
    "reopen": {},
    "release": {},
}


def do(action, suggestion, by, **changes):
    return getattr(suggestion_decisions, action)(
        suggestion_id=getattr(suggestion, "pk", suggestion), by=by, **{**ACTIONS[action], **changes}
    )


@pytest.fixture
def draft(topic):
    return lambda: plain(draft_documents.topic_document(topic.pk))


@pytest.fixture
def now(draft):
    return lambda path: parts.find(draft(), path)


def untouched(suggestion):
    suggestion.refresh_from_db()
    return (suggestion.status, suggestion.decided_by, suggestion.reason) == ("open", None, "")


@pytest.mark.parametrize("action", ACTIONS)
def test_only_moderators_decide_and_nobody_on_their_own(action, reader, proposer):
    theirs, own = sent(reader), sent(proposer)
    contributor = User.objects.create_user("contributor", role=Role.CONTRIBUTOR)
    for suggestion, by in ((theirs, None), (theirs, reader), (theirs, contributor), (own, proposer)):
        with pytest.raises(NotPermittedError):
            do(action, suggestion, by)
        assert untouched(suggestion)
    with pytest.raises(NotFoundError):
        do(action, 0, proposer)


def test_a_citation_is_added_to_the_claim(reader, proposer, now):
    before = now(CLAIM)
    do("accept", sent(reader), proposer)
    assert now(CLAIM)["cites"] == [
        *before["cites"],
        {
            "source": "okoro2020spans",
            "locator": "p. 7",
            "quote": "sound enough",
            "quote_status": "not-checked",
            "relation": "supports",
        },
    ]
    suggestion = Suggestion.objects.get()
    assert (suggestion.status, suggestion.reason, suggestion.decided_by) == ("accepted", "as-sent", proposer)
    assert LogEntry.objects.get(code="topic.changed").detail == {"suggestion": suggestion.pk}
    assert LogEntry.objects.get(code="suggestion.accepted").suggestion == suggestion


WORK = {"source": None, "quote": None, "title": "The planks", "authors": ["Lind, Berit"], "issued": "2022"}
RECORD = {"type": "book", "category": "trade-book", "language": "en"}


def test_a_citation_brings_its_work_along(reader, proposer, now):
    do("accept", sent(reader, **WORK, **RECORD), proposer)
    assert now(CLAIM)["cites"][-1]["source"] == "lind2022planks"
    assert Source.objects.get(key="lind2022planks").record["author"] == [{"family": "Lind", "given": "Berit"}]
    assert LogEntry.objects.filter(code="source.added", source__key="lind2022planks").exists()


def test_a_work_that_lacks_something_is_completed_by_the_moderator(reader, proposer):
    suggestion = sent(reader, **WORK)
    with pytest.raises(BrokenRulesError) as caught:
        do("accept", suggestion, proposer)
    assert {problem.path for problem in caught.value.problems} == {"type", "category", "language"}
    assert untouched(suggestion)
    do("accept", suggestion, proposer, payload={**suggestion.payload, **RECORD})
    suggestion.refresh_from_db()
    assert suggestion.reason == "edited"
    assert LogEntry.objects.get(code="suggestion.accepted").detail["payload"]["type"] == "book"


def test_a_work_that_is_known_by_its_doi_is_that_source(reader, proposer, now):
    known = Source.objects.exclude(doi=None).first()
    doi = known.record["DOI"]
    do("accept", sent(reader, source=None, DOI=f"https://doi.org/{doi}", title="T", **RECORD), proposer)
    assert now(CLAIM)["cites"][-1]["source"] == known.key


def test_a_quotation_is_put_in_the_place_of_another(reader, proposer, now):
    do("accept", sent(reader, "quotation"), proposer)
    cite = now(CLAIM)["cites"][0]
    assert (cite["locator"], cite["quote"], cite["quote_status"]) == (
        "section 2",
        "oak that has carried us",
        "not-checked",
    )


def test_a_translation_goes_with_its_quotation(reader, proposer, now):
    path = "perspectives/wait/claims/n3"
    suggestion = sent(reader, "quotation", target=Target(topic=factories.TOPIC, path=path), quote="Other words")
    do("accept", suggestion, proposer)
    assert "translation" not in now(path)["cites"][0]


def test_a_citation_that_is_not_there_is_not_changed(reader, proposer):
    suggestion = sent(reader, "quotation", cite=9)
    with pytest.raises(NotPossibleError):
        do("accept", suggestion, proposer)
    assert untouched(suggestion)


def test_a_gap_is_filled(reader, proposer, draft):
    do("accept", sent(reader, "gap-answer"), proposer)
    document = draft()
    assert document.get("gaps", []) == []
    claim = parts.find(document, "perspectives/replace/claims/o4")
    assert claim["text"] == "No tender was ever asked for the mending."
    assert document["responses"][-1] == {
        "from": "o4",
        "to": "s2",
        "type": "undercuts",
        "note": "Without a tender there is no ratio.",
    }


def test_a_gap_is_not_filled_by_a_perspective_of_another_stance(reader, proposer):
    suggestion = sent(reader, "gap-answer", perspective="wait")
    with pytest.raises(NotPossibleError):
        do("accept", suggestion, proposer)


def test_words_are_corrected(reader, proposer, now):
    do("accept", sent(reader, "correction"), proposer)
    assert now(CLAIM)["text"] == "The oak frame is sound and needs two new boards."


def test_the_head_of_a_topic_is_corrected(reader, proposer, draft):
    target = Target(topic=factories.TOPIC)
    do("accept", sent(reader, "correction", target=target, wording={"title": "The footbridge"}), proposer)
    assert draft()["title"] == "The footbridge"


def test_codes_are_no_words(reader, proposer):
    suggestion = sent(reader, "correction", wording={"kind": "legal"})
    with pytest.raises(NotPossibleError, match="no words"):
        do("accept", suggestion, proposer)


def test_the_record_of_a_source_is_corrected(reader, proposer):
    target = Target(source="pratt2018timber")
    do("accept", sent(reader, "correction", target=target, wording={"title": "On timber"}), proposer)
    assert Source.objects.get(key="pratt2018timber").title == "On timber"
    change = Change.from_json(LogEntry.objects.get(code="source.changed").changes[0])
    assert (change.path, change.after) == ("title", "On timber")


def test_a_record_stays_sound(reader, proposer):
    target = Target(source="pratt2018timber")
    suggestion = sent(reader, "correction", target=target, wording={"issued": "lately"})
    with pytest.raises(BrokenRulesError):
        do("accept", suggestion, proposer)


def test_a_link_is_mended(reader, proposer):
    source = next(one for one in Source.objects.all() if "URL" in one.record)
    suggestion = sent(reader, "broken-link", target=Target(source=source.key), url=source.record["URL"])
    do("accept", suggestion, proposer)
    source.refresh_from_db()
    assert source.record["URL"] == "https://example.org/new"


def test_a_link_that_the_record_lacks_is_not_mended(reader, proposer):
    with pytest.raises(NotPossibleError):
        do("accept", sent(reader, "broken-link"), proposer)


def test_a_new_source_is_added(reader, proposer):
    do("accept", sent(reader, "new-source"), proposer)
    assert Source.objects.get(key="lind2022timber").record["checked"]["metadata"] == "partly"


BY_HAND = {
    "dispute": {},
    "missing-view": {},
    "broken-link": {"replacement": None},
    "correction": {"wording": None},
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_what_no_machine_can_do_needs_words(kind, reader, proposer, draft):
    suggestion, before = sent(reader, kind, **BY_HAND[kind]), draft()
    with pytest.raises(BrokenRulesError):
        do("accept", suggestion, proposer)
    assert untouched(suggestion)
    do("accept", suggestion, proposer, words="We wrote to the author.")
    suggestion.refresh_from_db()
    assert (suggestion.reason, suggestion.answer) == ("done-otherwise", "We wrote to the author.")
    assert draft() == before


def test_what_was_done_by_hand_is_not_done_again(reader, proposer, draft):
    suggestion, before = sent(reader), draft()
    do("accept", suggestion, proposer, words="Cited it elsewhere.", is_by_hand=True)
    assert draft() == before


def test_a_correction_of_the_guide_is_made_by_hand(reader, proposer):
    target = Target(article=factories.ARTICLE, path="passages/p1")
    suggestion = sent(reader, "correction", target=target, wording={"paraphrase": "Other."})
    with pytest.raises(BrokenRulesError):
        do("accept", suggestion, proposer)


@pytest.fixture
def changed(topic, now, reviewer):
    def change(path=CLAIM, **fields):
        part = now(path)
        drafting.change(topic_id=topic.pk, changes=[Change(path, part, {**part, **fields})], by=reviewer)

    return change


def test_a_stale_suggestion_stays_open_and_both_are_shown(reader, proposer, changed, now):
    suggestion = sent(reader, "correction")
    changed(text="Said otherwise.")
    with pytest.raises(ConflictError) as caught:
        do("accept", suggestion, proposer)
    assert caught.value.now["text"] == "Said otherwise."
    assert untouched(suggestion)
    do("accept", suggestion, proposer, onto=parts.version(caught.value.now))
    assert now(CLAIM)["text"] == "The oak frame is sound and needs two new boards."


def test_a_part_that_is_gone_is_a_conflict(reader, proposer, topic, now, reviewer):
    suggestion = sent(reader, "gap-answer")
    version = parts.version(now("gaps/0"))
    drafting.remove(topic_id=topic.pk, path="gaps/0", version=version, by=reviewer)
    with pytest.raises(ConflictError) as caught:
        do("accept", suggestion, proposer)
    assert caught.value.now is None


def test_a_part_that_moved_is_found_by_its_content(reader, proposer, topic, draft, reviewer):
    target = Target(topic=factories.TOPIC, path="common_ground/0")
    suggestion = sent(reader, "correction", target=target, wording={"text": "Two planks were soft."})
    first = parts.find(draft(), "common_ground/0")
    drafting.change(topic_id=topic.pk, changes=[Change("common_ground/0", first, place=0, moved_to=1)], by=reviewer)
    do("accept", suggestion, proposer)
    assert draft()["common_ground"][1]["text"] == "Two planks were soft."


def test_a_record_that_was_changed_is_a_conflict(reader, proposer):
    target = Target(source="pratt2018timber")
    suggestion = sent(reader, "correction", target=target, wording={"title": "On timber"})
    source = Source.objects.get(key="pratt2018timber")
    Source.objects.filter(pk=source.pk).update(record={**source.record, "title": "Between"})
    with pytest.raises(ConflictError) as caught:
        do("accept", suggestion, proposer)
    assert caught.value.now["title"] == "Between"
    do("accept", suggestion, proposer, onto=parts.version(caught.value.now))


def test_a_draft_that_would_not_be_sound_stays_and_so_does_the_suggestion(reader, proposer, draft):
    suggestion, before = sent(reader, source="nobody1999"), draft()
    with pytest.raises(BrokenRulesError, match="nobody1999"):
        do("accept", suggestion, proposer)
    assert untouched(suggestion)
    assert draft() == before


def test_declining_gives_a_reason_and_can_be_undone(reader, proposer, reviewer):
    suggestion = sent(reader)
    do("decline", suggestion, proposer, reason="no-source", words="Which one?")
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.reason, suggestion.answer) == ("declined", "no-source", "Which one?")
    do("reopen", suggestion, reviewer)
    assert untouched(suggestion)
    codes = list(LogEntry.objects.filter(suggestion=suggestion).order_by("pk").values_list("code", flat=True))
    assert codes == ["suggestion.sent", "suggestion.declined", "suggestion.reopened"]


@pytest.mark.parametrize("reason", ["", "dislike", "other"])
def test_a_reason_is_of_the_list_and_other_needs_words(reason, reader, proposer):
    suggestion = sent(reader)
    with pytest.raises(BrokenRulesError):
        do("decline", suggestion, proposer, reason=reason)
    with pytest.raises(BrokenRulesError):
        suggestion_decisions.decline_many(suggestion_ids=[suggestion.pk], by=proposer, reason=reason)
    assert untouched(suggestion)


def test_many_are_declined_and_the_others_are_told(reader, proposer):
    made = [sent(reader) for _ in range(3)]
    own = sent(proposer)
    authoring.withdraw(suggestion_id=made[0].pk, by=reader)
    ids = [*(one.pk for one in made), own.pk, 0]
    outcome = suggestion_decisions.decline_many(suggestion_ids=ids, by=proposer, reason="spam")
    assert outcome.done == (made[1].pk, made[2].pk)
    assert set(outcome.refused) == {made[0].pk, own.pk, 0}
    assert LogEntry.objects.filter(code="suggestion.declined").count() == 2


def test_declining_many_is_for_moderators_and_has_an_end(reader, proposer):
    for by in (None, reader):
        with pytest.raises(NotPermittedError):
            suggestion_decisions.decline_many(suggestion_ids=[], by=by, reason="spam")
    with pytest.raises(NotPossibleError):
        suggestion_decisions.decline_many(suggestion_ids=range(201), by=proposer, reason="spam")


def test_what_is_quarantined_is_let_out_once(reader, proposer):
    suggestion = sent(reader, words="https://a.example " * 5)
    assert suggestion.is_quarantined
    do("release", suggestion, proposer)
    with pytest.raises(NotPossibleError):
        do("release", suggestion, proposer)


def test_a_question_asks_something(reader, proposer):
    suggestion = sent(reader)
    with pytest.raises(BrokenRulesError):
        do("ask", suggestion, proposer, text=" ")
    assert untouched(suggestion)
