"""One's own notices over REST: a proposal is told of, read, and how it is mailed is chosen."""

import pytest

from perspectives.actions.publication import publishing
from perspectives.models import Crux, Topic, User
from perspectives.vocab import MailFrequency, NoticeKind, Role, Scope
from tests import factories
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import Curator

NOTICES = "/api/v1/notices/"


@pytest.fixture
def told(published, proposer):
    person = Curator(User.objects.create_user("told", role=Role.MODERATOR), scopes=[Scope.NOTICES.value])
    Crux.objects.filter(topic__slug=factories.TOPIC, order=0).update(would_settle="Another survey.")
    topic = Topic.objects.get(slug=factories.TOPIC)
    publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    return person


def test_notices_are_listed_and_marked_as_read(told, reader):
    [one] = told.get(NOTICES).json()["results"]
    assert (one["kind"], one["words"], "read_at" in one) == ("proposal", "A better test", False)
    assert "proposed the draft of" in one["sentence"]
    assert "/desk/proposals/" in one["url"]
    other = Curator(reader, scopes=[Scope.NOTICES.value])
    assert other.get(NOTICES).json() == {"results": []}
    assert other.post(f"{NOTICES}reading/", {"notices": [one["id"]]}).json() == {"read": 0}
    assert told.post(f"{NOTICES}reading/", {"notices": [one["id"]]}).json() == {"read": 1}
    assert told.post(f"{NOTICES}reading/").json() == {"read": 0}
    assert told.get(NOTICES).json()["results"][0]["read_at"]


def test_mails_are_chosen_kind_by_kind(told):
    before = told.get(f"{NOTICES}mails/").json()["frequencies"]
    assert set(before) == set(NoticeKind.values)
    changed = told.ask("put", f"{NOTICES}mails/", {"frequencies": {"mention": "never"}}).json()["frequencies"]
    assert (
        changed
        == {**before, "mention": MailFrequency.NEVER.value}
        == told.get(f"{NOTICES}mails/").json()["frequencies"]
    )
    for wrong in ({"frequencies": {"mention": "hourly"}}, {"frequencies": {"weather": "daily"}}):
        assert_problem(told.ask("put", f"{NOTICES}mails/", wrong), 422, "rules_broken")


def test_a_key_needs_the_scope(moderator):
    assert_problem(moderator.get(NOTICES), 403, "not_permitted")
