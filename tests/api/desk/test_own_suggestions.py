"""What readers suggest over REST: exactly what, once, and nobody else's."""

import pytest

from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import Suggestion, User
from perspectives.queries.suggestions.suggestion_targets import shown
from perspectives.vocab import Scope, SuggestionStatus
from tests import factories, suggesting
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import SUGGESTIONS, Curator


def body(kind="citation", **more):
    target, payload = suggesting.KINDS[kind]
    named = {name: getattr(target, name) for name in ("topic", "article", "source", "path")}
    return {"kind": kind, "payload": payload, **{name: value for name, value in named.items() if value}, **more}


@pytest.fixture
def sent(sender, published):
    return sender.post(SUGGESTIONS, body()).json()


@pytest.mark.parametrize("kind", suggesting.KINDS)
def test_each_kind_is_sent_and_the_key_is_noted(kind, sender, published):
    answer = sender.post(SUGGESTIONS, body(kind, words="I looked it up.", anyway=True))
    assert answer.status_code == 201, answer.content
    assert answer["Location"] == f"{SUGGESTIONS}{answer.json()['id']}/"
    one = Suggestion.objects.get()
    assert (one.kind, one.by, one.via) == (kind, sender.user, sender.user.api_keys.get())
    assert sender.get(answer["Location"]).json() == answer.json()
    assert sender.get(answer["Location"])["ETag"] == answer["ETag"]


def test_what_is_there_already_is_told_until_it_is_something_else(sender, sent, published):
    again = sender.post(SUGGESTIONS, body())
    assert_problem(again, 409, "not_possible")
    assert [one["id"] for one in again.json()["like"]["suggestions"]] == [sent["id"]]
    other = Curator(User.objects.create_user("other"), scopes=[Scope.SUGGEST.value])
    [hint] = other.post(SUGGESTIONS, body()).json()["like"]["suggestions"]
    assert set(hint) == {"kind", "status", "sent_on"}
    assert Suggestion.objects.count() == 1
    assert other.post(SUGGESTIONS, body(anyway=True)).status_code == 201
    assert Suggestion.objects.count() == 2


def test_a_source_that_is_known_is_told(sender, published):
    doi = factories.source_record()["DOI"]
    answer = sender.post(SUGGESTIONS, {"kind": "new-source", "payload": {"DOI": f"https://doi.org/{doi}"}})
    assert_problem(answer, 409, "not_possible")
    assert len(answer.json()["like"]["sources"]) == 1


def test_a_token_sends_once(sender, published):
    named = {**body(), "token": "of the first attempt"}
    first, second = sender.post(SUGGESTIONS, named), sender.post(SUGGESTIONS, named)
    assert (first.json(), first.status_code) == (second.json(), second.status_code)
    assert Suggestion.objects.count() == 1


def test_another_version_than_the_one_that_was_seen_is_told(sender, published):
    now = shown(suggesting.KINDS["citation"][0])
    stale = sender.post(SUGGESTIONS, body(version="0" * 16))
    assert_problem(stale, 412, "precondition_failed")
    assert (stale.json()["now"], stale.json()["version"]) == (now.part, now.version)
    assert sender.post(SUGGESTIONS, body(version=now.version)).status_code == 201


def test_the_quota_is_told_and_keeps(sender, published):
    for place in range(5):
        assert sender.post(SUGGESTIONS, body("missing-view", words=f"{place}.", anyway=True)).status_code == 201
    refused = sender.post(SUGGESTIONS, body("missing-view", words="6.", anyway=True))
    assert_problem(refused, 409, "not_possible")
    assert "wait until one is decided" in refused.json()["detail"]
    assert set(Suggestion.objects.order_by("pk").values_list("is_quarantined", flat=True)) == {False, True}
    assert "is_quarantined" not in refused.content.decode()


def test_ones_own_are_listed_fifty_a_page(sender, topic, published, django_assert_num_queries):
    suggesting.many(sender.user, topic, 51)
    sender.get(SUGGESTIONS)
    with django_assert_num_queries(2):
        first = sender.get(SUGGESTIONS).json()
    assert len(first["results"]) == 50
    assert first["results"][0]["id"] > first["results"][1]["id"]
    rest = sender.get(first["next"].removeprefix("http://testserver")).json()
    assert (len(rest["results"]), "next" in rest) == (1, False)
    assert_problem(sender.get(f"{SUGGESTIONS}?cursor=abc"), 404, "invalid_cursor", parameter="cursor")


def test_a_question_is_answered_and_a_suggestion_withdrawn(sender, sent, proposer):
    place = f"{SUGGESTIONS}{sent['id']}/"
    assert_problem(sender.post(f"{place}answer/", {"text": "Here."}), 409, "not_possible")
    suggestion_decisions.ask(suggestion_id=sent["id"], by=proposer, text="On which page?")
    asked = sender.get(place).json()
    assert (asked["status"], [one["by"] for one in asked["messages"]]) == ("needs-info", ["moderator"])
    assert proposer.username not in str(asked)
    assert_problem(sender.post(f"{place}answer/", {"text": "  "}), 422, "rules_broken")
    answered = sender.post(f"{place}answer/", {"text": "On page 7."}).json()
    assert (answered["status"], answered["messages"][1]["text"]) == ("open", "On page 7.")
    assert sender.post(f"{place}withdrawal/").json()["status"] == "withdrawn"
    assert_problem(sender.post(f"{place}withdrawal/"), 409, "not_possible")


def test_nobody_reaches_anothers(sender, sent, published, moderator):
    others = [
        Curator(User.objects.create_user("other"), scopes=[Scope.SUGGEST.value]),
        Curator(User.objects.create_user("decides", role="moderator"), scopes=[Scope.SUGGEST.value]),
    ]
    place = f"{SUGGESTIONS}{sent['id']}/"
    for other in others:
        assert other.get(SUGGESTIONS).json() == {"results": []}
        for answer in (
            other.get(place),
            other.post(f"{place}answer/", {"text": "Mine."}),
            other.post(f"{place}withdrawal/"),
        ):
            assert_problem(answer, 404, "not_found")
    assert_problem(moderator.get(place), 403, "not_permitted")
    assert_problem(sender.get("suggestions/"), 403, "not_permitted")
    assert Suggestion.objects.get().status == SuggestionStatus.OPEN


def test_nobody_sends_without_a_key_or_an_account_that_is_open(client, sender, published):
    assert_problem(client.post(SUGGESTIONS, body(), content_type="application/json"), 401, "invalid_key")
    sender.user.is_active = False
    sender.user.save()
    assert_problem(sender.post(SUGGESTIONS, body()), 401, "invalid_key")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"kind": "song"}, 422),
        ({"topic": "\x00"}, 422),
        ({"topic": "nothing"}, 404),
        ({"article": "a"}, 404),
        ({"path": "perspectives/../x"}, 404),
        ({"path": "a\x00"}, 422),
        ({"payload": []}, 422),
        ({"payload": {"relation": {}, "source": 5}}, 422),
        ({"payload": {"relation": "supports", "source": "okoro2020spans", "quote": "a\u202eb"}}, 422),
        ({"payload": {"\ud800": 1}}, 422),
        ({"words": "a\x00"}, 422),
        ({"words": "x" * 5001}, 422),
        ({"token": "x" * 65}, 422),
        ({"version": "W"}, 422),
        ({"by": "somebody"}, 422),
    ],
)
def test_rubbish_is_refused(changes, status, sender, published):
    answer = sender.post(SUGGESTIONS, {**body(), **changes})
    assert answer.status_code == status, answer.content
    assert not Suggestion.objects.exists()
