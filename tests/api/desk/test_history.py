"""The history over REST: narrowed, in pages, and turned round."""

import pytest

from perspectives.models import LogEntry
from perspectives.vocab import Role
from tests import factories
from tests.api.conftest import assert_problem

CLAIM = f"topics/{factories.TOPIC}/parts/perspectives/repair/claims/s1/"
SOURCE = "sources/pratt2018timber/"


@pytest.fixture
def changed(moderator, drafts):
    """The number of an action on a draft, in which a claim was changed."""
    seen = moderator.get(CLAIM)
    moderator.ask("put", f"{CLAIM}?note=Clearer", {**seen.json(), "text": "Anew."}, version=seen["ETag"])
    return LogEntry.objects.get(code="topic.changed").pk


def test_it_is_narrowed_and_costs_the_same(moderator, changed, django_assert_num_queries):
    moderator.get("history/")
    with django_assert_num_queries(3):
        everything = moderator.get("history/").json()["results"]
    assert everything[0]["id"] == LogEntry.objects.latest("pk").pk
    name = moderator.user.username
    for query in (f"topic={factories.TOPIC}&person={name}", "part=perspectives/repair/claims/s1", "code=topic.changed"):
        [action] = moderator.get(f"history/?{query}").json()["results"]
        assert (action["id"], action["note"], action["by"]) == (changed, "Clearer", name)
    assert moderator.get("history/?part=nothing").json() == {"results": []}
    assert moderator.get(f"history/{changed}/").json() == action
    assert_problem(moderator.get("history/?code=topic.sung"), 400, "invalid_parameter", parameter="code")
    assert_problem(moderator.get("history/?who=me"), 400, "unknown_parameter", parameter="who")
    assert_problem(moderator.get("history/99999999/"), 404, "not_found")


def test_it_comes_in_pages(moderator, changed):
    first = LogEntry.objects.get(pk=changed)
    rows = [LogEntry(code=first.code, at=first.at, by=first.by, topic=first.topic) for _ in range(60)]
    LogEntry.objects.bulk_create(rows)
    page = moderator.get("history/?code=topic.changed").json()
    rest = moderator.get(page["next"].removeprefix("http://testserver")).json()
    assert (len(page["results"]), len(rest["results"]), "next" in rest) == (50, 11, False)


def test_a_change_of_a_draft_is_undone_where_nobody_was_there_since(moderator, changed):
    assert moderator.post(f"history/{changed}/revert/", {"note": "It was right."}).status_code == 204
    assert moderator.get(CLAIM).json()["text"] != "Anew."
    again = moderator.post(f"history/{changed}/revert/")
    assert_problem(again, 412, "precondition_failed")
    assert again.json()["path"] == "perspectives/repair/claims/s1"


def test_a_change_of_a_record_is_undone(moderator, drafts):
    seen = moderator.get(SOURCE)
    moderator.ask("put", SOURCE, {**seen.json(), "volume": "77"}, version=seen["ETag"])
    [action] = moderator.get("history/?source=pratt2018timber&part=volume").json()["results"]
    assert moderator.post(f"history/{action['id']}/revert/").status_code == 204
    assert moderator.get(SOURCE)["ETag"] == seen["ETag"]


def test_what_changed_nothing_is_not_undone(moderator, curator, drafts):
    other = LogEntry.objects.filter(topic=None, source=None).latest("pk")
    assert_problem(moderator.post(f"history/{other.pk}/revert/"), 409, "not_possible")
    contributor = curator(Role.CONTRIBUTOR)
    for answer in (contributor.get("history/"), contributor.post(f"history/{other.pk}/revert/")):
        assert_problem(answer, 404, "not_found")
