"""The queue of suggestions over REST: each decision in the version that was seen, and by another than the author."""

import pytest

from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.models import Suggestion
from perspectives.queries.documents import lookups
from perspectives.rules.documents import parts
from perspectives.vocab import Role
from tests import factories, suggesting
from tests.api.conftest import assert_problem

PLACE = "suggestions/{}/"


@pytest.fixture
def sent(reader, published):
    return suggesting.sent(reader, "correction")


def decided(curator, one, decision, version=None, **more):
    place = PLACE.format(one.pk)
    seen = curator.get(place)["ETag"] if version is None else version
    return curator.post(f"{place}decision/", {"decision": decision, **more}, version=seen)


def test_the_queue_is_narrowed_and_comes_in_pages(moderator, reader, topic, published, django_assert_num_queries):
    suggesting.sent(reader, "dispute")
    suggesting.many(reader, topic, 51)
    moderator.get("suggestions/")
    with django_assert_num_queries(4):
        first = moderator.get("suggestions/").json()
    assert (first["total"], len(first["results"])) == (52, 50)
    rest = moderator.get(first["next"].removeprefix("http://testserver")).json()
    assert ([one["kind"] for one in rest["results"]], "next" in rest) == (["missing-view"] * 2, False)
    assert moderator.get("suggestions/?kind=dispute").json()["total"] == 1
    assert moderator.get(f"suggestions/?topic={factories.TOPIC}").json()["total"] == 51
    assert moderator.get("suggestions/?status=declined").json()["total"] == 0
    assert moderator.get("suggestions/?status=any&quarantined=yes").json()["total"] == 0
    wrong = moderator.get("suggestions/?status=lost")
    assert_problem(wrong, 400, "invalid_parameter", parameter="status")
    assert "declined" in wrong.json()["known"]
    long = moderator.get(f"suggestions/?topic={'x' * 81}")
    assert_problem(long, 400, "invalid_parameter", parameter="topic")


def test_one_is_accepted_as_sent_and_altered(moderator, reader, sent):
    answer = decided(moderator, sent, "accept")
    assert (answer.status_code, answer.json()["reason"]) == (200, "as-sent"), answer.content
    assert answer.json()["decided_by"] == moderator.user.username
    draft = lookups.draft(factories.TOPIC)
    assert parts.find(draft, suggesting.CLAIM)["text"] == "The oak frame is sound and needs two new boards."
    other = suggesting.sent(reader, "missing-view")
    assert_problem(decided(moderator, other, "accept"), 422, "rules_broken")
    by_hand = decided(moderator, other, "accept", is_by_hand=True, words="It has a perspective now.")
    assert by_hand.json()["reason"] == "done-otherwise"


def test_what_has_changed_since_is_compared_first(moderator, reader, sent):
    mine = suggesting.sent(reader, "correction", words="Another.")
    assert decided(moderator, sent, "accept").status_code == 200
    payload = {"wording": {"text": "The oak frame needs three planks."}}
    stale = decided(moderator, mine, "accept", payload=payload)
    assert_problem(stale, 412, "precondition_failed")
    assert stale.json()["now"]["text"] == "The oak frame is sound and needs two new boards."
    assert Suggestion.objects.get(pk=mine.pk).status == "open"
    done = decided(moderator, mine, "accept", payload=payload, onto=stale.json()["version"])
    assert done.json()["reason"] == "edited"


def test_one_is_declined_for_a_reason_and_opened_again(moderator, sent):
    assert_problem(decided(moderator, sent, "decline"), 422, "rules_broken")
    assert_problem(decided(moderator, sent, "decline", reason="ugly"), 422, "rules_broken")
    declined = decided(moderator, sent, "decline", reason="duplicate", words="See the other.")
    assert (declined.json()["status"], declined.json()["answer"]) == ("declined", "See the other.")
    assert decided(moderator, sent, "reopen").json()["status"] == "open"
    assert_problem(decided(moderator, sent, "reopen"), 409, "not_possible")


def test_one_is_asked_about_and_the_answer_is_a_new_version(moderator, reader, sent):
    asked = decided(moderator, sent, "ask", text="On which page?")
    assert asked.json()["messages"][0]["text"] == "On which page?"
    authoring.answer(suggestion_id=sent.pk, by=reader, text="On page 3.")
    stale = decided(moderator, sent, "decline", version=asked["ETag"], reason="spam")
    assert_problem(stale, 412, "precondition_failed")
    assert stale.json()["now"]["messages"][1] == {**stale.json()["now"]["messages"][1], "by": "author"}
    assert Suggestion.objects.get().status == "open"


def test_one_is_let_out_of_quarantine(moderator, sent):
    assert_problem(decided(moderator, sent, "release"), 409, "not_possible")
    Suggestion.objects.update(is_quarantined=True)
    assert moderator.get("suggestions/").json()["total"] == 0
    assert moderator.get(PLACE.format(sent.pk)).json()["is_quarantined"] is True
    assert decided(moderator, sent, "release").json()["is_quarantined"] is False


def test_a_decision_needs_its_version_and_its_own_fields(moderator, sent):
    place = f"{PLACE.format(sent.pk)}decision/"
    assert_problem(moderator.post(place, {"decision": "release"}), 428, "precondition_required")
    nothing = moderator.ask("post", place, {"decision": "reopen"}, **{"if-none-match": "*"})
    assert_problem(nothing, 412, "precondition_failed")
    strange = decided(moderator, sent, "ask", text="Where?", reason="spam")
    assert_problem(strange, 422, "rules_broken")
    assert "takes no 'reason'" in strange.json()["problems"][0]
    for body in ({}, {"decision": "love"}, {"decision": "accept", "payload": 5}, []):
        answer = moderator.post(place, body, version='"0123456789abcdef"')
        assert_problem(answer, 422, "rules_broken")
    assert_problem(decided(moderator, sent, "ask", text="a\x00"), 422, "rules_broken")


def test_only_other_moderators_decide(moderator, curator, published):
    contributor = curator(Role.CONTRIBUTOR)
    own = suggesting.sent(moderator.user, "correction")
    for address in ("suggestions/", PLACE.format(own.pk)):
        assert_problem(contributor.get(address), 404, "not_found")
    version = moderator.get(PLACE.format(own.pk))["ETag"]
    assert_problem(decided(contributor, own, "accept", version=version), 404, "not_found")
    assert_problem(decided(moderator, own, "accept"), 403, "not_permitted")
    assert_problem(moderator.get(PLACE.format(10**30)), 404, "not_found")
    suggestion_decisions.decline(suggestion_id=own.pk, by=curator(username="another").user, reason="spam")
    assert moderator.get(PLACE.format(own.pk)).json()["reason"] == "spam"
