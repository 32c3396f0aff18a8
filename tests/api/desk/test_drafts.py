"""Drafts over REST: what was seen is named, what changed is told, nothing is half done."""

import pytest
from allauth.mfa.models import Authenticator

from perspectives.models import LogEntry
from perspectives.vocab import Role, Scope
from tests import factories, people
from tests.api.conftest import assert_problem

TOPIC = f"topics/{factories.TOPIC}/"
CLAIM = f"{TOPIC}parts/perspectives/repair/claims/s1/"


def test_drafts_are_listed_and_given_whole(moderator, drafts):
    listed = moderator.get("topics/").json()["results"]
    assert [row["topic"] for row in listed] == [factories.TOPIC, factories.OTHER_TOPIC]
    answer = moderator.get(TOPIC)
    assert answer.json()["topic"] == factories.TOPIC
    assert answer["Cache-Control"] == "no-store"
    assert answer["Allow"] == "GET, PUT"


def test_a_part_is_changed_in_the_version_that_was_seen(moderator, drafts):
    seen = moderator.get(CLAIM)
    answer = moderator.ask("put", f"{CLAIM}?note=Clearer", {**seen.json(), "text": "Anew."}, version=seen["ETag"])
    assert answer.status_code == 200, answer.content
    assert moderator.get(CLAIM).json()["text"] == "Anew."
    assert moderator.get(CLAIM)["ETag"] == answer["ETag"] != seen["ETag"]
    entry = LogEntry.objects.get(code="topic.changed")
    assert (entry.by, entry.note) == (moderator.user, "Clearer")


def test_a_stale_version_is_refused_and_shows_how_it_stands(moderator, drafts):
    seen = moderator.get(CLAIM)
    moderator.ask("put", CLAIM, {**seen.json(), "text": "Theirs."}, version=seen["ETag"])
    for method, body in (("put", {**seen.json(), "text": "Mine."}), ("delete", None)):
        answer = moderator.ask(method, CLAIM, body, version=seen["ETag"])
        assert_problem(answer, 412, "precondition_failed")
        assert answer.json()["now"]["text"] == "Theirs."


def test_a_change_without_a_version_is_refused(moderator, drafts):
    assert_problem(moderator.ask("put", CLAIM, {}), 428, "precondition_required")
    assert_problem(moderator.ask("delete", CLAIM), 428, "precondition_required")
    assert_problem(moderator.ask("put", CLAIM, {}, version='W/"1"'), 400, "bad_request")


def test_every_problem_is_told(moderator, drafts):
    seen = moderator.get(CLAIM)
    answer = moderator.ask("put", CLAIM, {**seen.json(), "text": "", "kind": "musical"}, version=seen["ETag"])
    assert_problem(answer, 422, "rules_broken")
    told = answer.json()["problems"]
    assert len(told) == 2
    assert all("perspectives[0].claims[0]" in problem for problem in told)


def test_a_part_is_added_once_and_removed(moderator, drafts):
    path = f"{TOPIC}parts/perspectives/repair/claims/s9/"
    claim = {**moderator.get(CLAIM).json(), "id": "s9"}
    added = moderator.ask("put", path, claim, **{"if-none-match": "*"})
    assert added.status_code == 200, added.content
    assert_problem(moderator.ask("put", path, claim, **{"if-none-match": "*"}), 412, "precondition_failed")
    gone = moderator.ask("delete", path, version=added["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert_problem(moderator.get(path), 404, "not_found")


def test_a_part_is_moved_and_the_whole_replaced(moderator, drafts):
    before = moderator.get(TOPIC)
    moved = moderator.ask("post", f"{TOPIC}moves/", {"path": "events/0", "to": 1}, version=before["ETag"])
    assert moved.json()["events"][1] == before.json()["events"][0]
    assert_problem(
        moderator.ask("post", f"{TOPIC}moves/", {"path": "events/0", "to": 1}, version=before["ETag"]),
        412,
        "precondition_failed",
    )
    put = moderator.ask("put", TOPIC, before.json(), version=moved["ETag"])
    assert put["ETag"] == before["ETag"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "bad_request"),
        (b"\xff", "application/json", 400, "bad_request"),
        (b"[" * 100_000, "application/json", 400, "bad_request"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b'{"path": "events/0", "to": -1}', "application/json", 422, "rules_broken"),
        (b'{"path": "events/0", "to": 1, "more": 1}', "application/json", 422, "rules_broken"),
        (b" " * 2_000_001, "application/json", 413, "content_too_large"),
    ],
)
def test_rubbish_is_refused(content, kind, status, code, moderator, drafts):
    answer = moderator.client.post(
        f"/api/v1/desk/{TOPIC}moves/", content, content_type=kind, headers={"if-match": '"0123456789abcdef"'}
    )
    assert_problem(answer, status, code)


@pytest.mark.parametrize(
    "body",
    [{"perspectives": "x"}, {"events": ["x"]}, {"perspectives": [{"id": []}]}, {"perspectives": [{"claims": {}}]}],
)
def test_what_is_no_topic_is_refused(body, moderator, drafts):
    seen = moderator.get(TOPIC)
    answer = moderator.ask("put", TOPIC, {**seen.json(), **body}, version=seen["ETag"])
    assert_problem(answer, 422, "rules_broken")


@pytest.mark.parametrize("length", ["rubbish", "", "-1", "1e3", "²"])
def test_a_length_that_is_no_number_is_refused(length, moderator, drafts):
    answer = moderator.client.generic(
        "POST",
        f"/api/v1/desk/{TOPIC}moves/",
        b"{}",
        content_type="application/json",
        headers={"if-match": '"0123456789abcdef"'},
        CONTENT_LENGTH=length,
    )
    assert_problem(answer, 400, "bad_request")


def test_only_who_may_see_the_desk_learns_of_it(curator, client, drafts):
    for address in ("topics/", TOPIC, CLAIM, f"{TOPIC}moves/", f"{TOPIC}proposals/", "proposals/"):
        assert_problem(client.get(f"/api/v1/desk/{address}"), 401, "invalid_key")
    assert_problem(curator(Role.READER).get("topics/"), 404, "not_found")
    assert_problem(curator(username="reads", scopes=[Scope.READ.value]).get("topics/"), 403, "not_permitted")
    contributor = curator(Role.CONTRIBUTOR)
    seen = contributor.get(CLAIM)
    assert seen.status_code == 200
    assert_problem(contributor.ask("put", CLAIM, seen.json(), version=seen["ETag"]), 403, "not_permitted")


def test_a_key_does_not_do_without_the_second_factor(curator, drafts):
    """It was lost, or the owner became a moderator since: the key waits until there is one."""
    promoted = curator(Role.CONTRIBUTOR)
    Authenticator.objects.filter(user=promoted.user).delete()
    assert promoted.get("topics/").status_code == 200
    promoted.user.role = Role.MODERATOR
    promoted.user.save()
    refused = promoted.get("topics/")
    assert_problem(refused, 403, "not_permitted")
    assert "second factor" in refused.json()["detail"]
    people.protect(promoted.user)
    assert promoted.get("topics/").status_code == 200


def test_other_methods_are_not_taken(moderator, drafts):
    answer = moderator.ask("patch", TOPIC, {})
    assert_problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "GET, PUT"
