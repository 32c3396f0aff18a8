"""Proposals over REST: two people, each with a key of their own."""

from perspectives.models import Edition
from tests import factories
from tests.api.conftest import assert_problem

TOPIC = f"topics/{factories.TOPIC}/"
CLAIM = f"{TOPIC}parts/perspectives/repair/claims/s1/"


def proposed(moderator):
    seen = moderator.get(CLAIM)
    moderator.ask("put", CLAIM, {**seen.json(), "text": "Anew."}, version=seen["ETag"])
    return moderator.ask("post", f"{TOPIC}proposals/", {"note": "A clearer claim."})


def test_another_person_approves(moderator, curator, published):
    made = proposed(moderator)
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert made["Location"] == f"/api/v1/desk/proposals/{number}/"
    other = curator(username="other")
    assert [row["id"] for row in other.get("proposals/").json()["results"]] == [number]
    seen = other.get(f"proposals/{number}/")
    own = moderator.ask("post", f"proposals/{number}/", {"decision": "approve"}, version=seen["ETag"])
    assert_problem(own, 403, "not_permitted")
    decided = other.ask("post", f"proposals/{number}/", {"decision": "approve"}, version=seen["ETag"])
    assert (decided.json()["status"], decided.json()["decided_by"]) == ("approved", "other")
    assert Edition.objects.filter(topic__slug=factories.TOPIC).count() == 2
    again = other.ask("post", f"proposals/{number}/", {"decision": "approve"}, version=seen["ETag"])
    assert_problem(again, 412, "precondition_failed")
    assert other.get("proposals/").json()["results"] == []


def test_a_return_needs_a_reason(moderator, curator, published):
    number = proposed(moderator).json()["id"]
    other = curator(username="other")
    version = other.get(f"proposals/{number}/")["ETag"]
    assert_problem(
        other.ask("post", f"proposals/{number}/", {"decision": "return"}, version=version), 409, "not_possible"
    )
    body = {"decision": "return", "reason": "Cite the survey."}
    assert other.ask("post", f"proposals/{number}/", body, version=version).json()["reason"] == "Cite the survey."


def test_what_has_not_changed_is_not_proposed(moderator, published):
    assert_problem(moderator.ask("post", f"{TOPIC}proposals/", {}), 409, "not_possible")
    assert_problem(moderator.ask("post", f"articles/{factories.ARTICLE}/proposals/", {}), 409, "not_possible")
    assert_problem(moderator.ask("post", "articles/nobody/proposals/", {}), 404, "not_found")
    assert_problem(moderator.get("proposals/99/"), 404, "not_found")
