"""A correction reaches readers over REST: two people, one bundle."""

import pytest

from perspectives.models import Edition, Proposal
from tests import bundling, factories
from tests.api.conftest import assert_problem

PLACE = f"sources/{bundling.KEY}/bundles/"
BOTH = {"topics": [factories.TOPIC, factories.OTHER_TOPIC], "note": "The volume."}


@pytest.fixture
def corrected(moderator, published):
    bundling.correct(moderator.user, volume="77")


def test_a_bundle_is_proposed_and_approved_by_another(moderator, curator, corrected):
    seen = moderator.get(PLACE)
    assert seen.json()["results"] == [
        {"topic": slug, "edition": 1, "broken": []} for slug in (factories.TOPIC, factories.OTHER_TOPIC)
    ]
    made = moderator.post(PLACE, BOTH, version=seen["ETag"])
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert made["Location"] == f"/api/v1/desk/bundles/{number}/"
    assert [one["edition"] for one in made.json()["proposals"]] == [2, 2]
    other = curator(username="other")
    [waiting] = other.get("bundles/").json()["results"]
    assert (waiting["id"], waiting["source"], waiting["size"]) == (number, bundling.KEY, 2)
    assert {one["bundle"] for one in other.get("proposals/").json()["results"]} == {number}
    place = f"bundles/{number}/"
    own = moderator.post(place, {"decision": "approve"}, version=made["ETag"])
    assert_problem(own, 403, "not_permitted")
    decided = other.post(place, {"decision": "approve"}, version=other.get(place)["ETag"])
    assert {one["status"] for one in decided.json()["proposals"]} == {"approved"}
    assert Edition.objects.filter(number=2).count() == 2
    assert moderator.get(PLACE).json()["results"] == other.get("bundles/").json()["results"] == []
    assert_problem(other.post(place, {"decision": "approve"}, version=made["ETag"]), 412, "precondition_failed")


def test_some_of_it_goes_back(moderator, curator, corrected):
    made = moderator.post(PLACE, BOTH, version=moderator.get(PLACE)["ETag"])
    place, other = f"bundles/{made.json()['id']}/", curator(username="other")
    alone = Proposal.objects.get(topic__slug=factories.TOPIC)
    said = {"decision": "approve", "proposals": [alone.pk]}
    assert_problem(other.post(place, said, version=made["ETag"]), 409, "not_possible")
    decided = other.post(place, {**said, "reason": "Later."}, version=made["ETag"]).json()
    assert [one["status"] for one in decided["proposals"]] == ["approved", "returned"]


def test_it_is_returned_or_withdrawn_whole(moderator, curator, corrected):
    for person, decision in ((curator(username="other"), "return"), (moderator, "withdraw")):
        made = moderator.post(PLACE, BOTH, version=moderator.get(PLACE)["ETag"])
        body = {"decision": decision, "reason": "Not yet."}
        decided = person.post(f"bundles/{made.json()['id']}/", body, version=made["ETag"]).json()
        assert {one["status"] for one in decided["proposals"]} == {"returned" if decision == "return" else "withdrawn"}


def test_what_cannot_be_is_told(moderator, corrected):
    version = moderator.get(PLACE)["ETag"]
    assert_problem(moderator.post(PLACE, {}, version=version), 409, "not_possible")
    assert_problem(moderator.post(PLACE, BOTH, version='"0123456789abcdef"'), 412, "precondition_failed")
    assert_problem(moderator.get("sources/nothing/bundles/"), 404, "not_found")
    assert_problem(moderator.get("bundles/99/"), 404, "not_found")
