"""Taking sources in over REST: hand in, look, decide entry by entry."""

import pytest

from perspectives.actions.intake import intake_reading
from perspectives.models import IntakeBatch, IntakeEntry, Source
from perspectives.vocab import Role
from tests.api.conftest import assert_problem

RIS = "TY  - BOOK\nTI  - Timber in running water\nAU  - Lind, Berit\nPY  - 2019\nER  - \n"
"""One work that nothing here is like."""
LACKING = {"category": "trade-book", "language": "en"}


@pytest.fixture
def contributor(curator):
    return curator(Role.CONTRIBUTOR)


@pytest.fixture
def entry(moderator, drafts):
    """The address of an entry that was read."""
    made = moderator.post("intakes/", {"text": RIS, "note": "From the library"})
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    intake_reading.read_next(batch_id=number)
    return f"intakes/{number}/entries/1/"


def decided(who, place, decision, **more):
    return who.post(place, {"decision": decision, **more}, version=who.get(place)["ETag"])


def test_what_is_handed_in_is_counted_and_listed(contributor, drafts):
    made = contributor.post("intakes/", {"text": "This line holds nothing.\n" * 60})
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/desk/intakes/{made.json()['id']}/")
    record = contributor.get(made["Location"]).json()
    assert (record["counts"]["failed"], record["is_done"], record["by"]) == (60, True, contributor.user.username)
    [row] = contributor.get("intakes/").json()["results"]
    assert (row["total"], row["undecided"], row["working"]) == (60, 60, 0)
    first = contributor.get(f"{made['Location']}entries/?state=failed").json()
    rest = contributor.get(first["next"].removeprefix("http://testserver")).json()
    assert [one["number"] for one in first["results"] + rest["results"]] == list(range(1, 61))
    assert contributor.get(f"{made['Location']}entries/?state=ready").json() == {"results": []}
    assert_problem(contributor.get("intakes/99/"), 404, "not_found")
    assert_problem(contributor.get("intakes/99/entries/"), 404, "not_found")
    assert_problem(contributor.get(f"{made['Location']}entries/99/"), 404, "not_found")


@pytest.mark.parametrize("body", [{}, {"text": 5}, {"text": ""}, {"text": "a\x00"}, {"text": "x", "note": "a\nb"}])
def test_rubbish_is_not_taken_in(body, contributor, drafts):
    assert_problem(contributor.post("intakes/", body), 422, "rules_broken")
    assert not IntakeBatch.objects.exists()


def test_an_entry_is_added_as_a_source(moderator, entry):
    seen = moderator.get(entry).json()
    assert seen["state"] == "ready", seen
    assert_problem(decided(moderator, entry, "add", record={}), 422, "rules_broken")
    assert_problem(decided(moderator, entry, "add", record={"title": 5, "author": "x"}), 422, "rules_broken")
    added = decided(moderator, entry, "add", record={**seen["record"], **LACKING}, key="lind2019timber")
    assert (added.status_code, added.json()["source"]) == (200, "lind2019timber"), added.content
    assert Source.objects.get(key="lind2019timber").title == "Timber in running water"
    assert_problem(decided(moderator, entry, "retry"), 409, "not_possible")


def test_what_looks_known_is_merged_or_said_to_be_another(moderator, entry):
    record = {**moderator.get(entry).json()["record"], **LACKING}
    confirmed = {**record, "checked": {"metadata": "partly"}}
    moderator.ask("put", "sources/lind2019here/", confirmed, **{"if-none-match": "*"})
    known = decided(moderator, entry, "add", record=record)
    assert_problem(known, 412, "precondition_failed")
    assert (known.json()["path"], known.json()["now"]) == ("lind2019here", confirmed)
    stale = decided(moderator, entry, "merge", into="lind2019here", version="0" * 16)
    assert_problem(stale, 412, "precondition_failed")
    version = known.json()["version"]
    merged = decided(moderator, entry, "merge", into="lind2019here", version=version, fields=["title"])
    assert (merged.status_code, merged.json()["state"]) == (200, "merged"), merged.content


def test_an_entry_is_put_aside_and_taken_up_again(moderator, entry):
    aside = decided(moderator, entry, "dismiss", note="Not of our subject.")
    assert aside.json()["state"] == "dismissed"
    assert decided(moderator, entry, "retry").json()["state"] == "waiting"


def test_all_that_is_ready_is_added(moderator, entry):
    place = entry.removesuffix("entries/1/")
    left = moderator.post(f"{place}additions/").json()
    assert (left["added"], left["left"][0]["number"]) == (0, 1)
    added = moderator.post(f"{place}additions/", {"language": "en", "is_category_confirmed": True}).json()
    assert added["added"] + len(added["left"]) == 1
    assert_problem(moderator.post("intakes/99/additions/"), 404, "not_found")


def test_a_decision_needs_its_version_and_its_own_fields(moderator, entry):
    assert_problem(moderator.post(entry, {"decision": "dismiss"}), 428, "precondition_required")
    stale = moderator.post(entry, {"decision": "dismiss"}, version='"0123456789abcdef"')
    assert_problem(stale, 412, "precondition_failed")
    assert stale.json()["now"]["number"] == 1
    for decision, more in (("add", {}), ("merge", {}), ("dismiss", {"key": "x"}), ("burn", {})):
        assert_problem(decided(moderator, entry, decision, **more), 422, "rules_broken")
    assert IntakeEntry.objects.get().decided_at is None


def test_contributors_hand_in_and_do_not_decide(contributor, moderator, entry):
    place = entry.removesuffix("entries/1/")
    assert contributor.get(entry).status_code == 200
    assert_problem(decided(contributor, entry, "dismiss"), 403, "not_permitted")
    assert_problem(contributor.post(f"{place}additions/"), 403, "not_permitted")
