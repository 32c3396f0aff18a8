"""Sending suggestions: what is taken, from whom, how often; answering and taking back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import LogEntry, Suggestion, Topic, User
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.vocab import Role
from tests import factories
from tests.suggesting import CLAIM, KINDS, proposed, sent

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def old_reader(reader):
    """A reader whose account is no longer new."""
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - timedelta(days=30))
    reader.refresh_from_db()
    return reader


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_as_sent_with_what_was_seen(kind, reader):
    suggestion = sent(reader, kind, words="Because.")
    suggestion.refresh_from_db()
    assert (suggestion.kind, suggestion.status, suggestion.by) == (kind, "open", reader)
    assert suggestion.payload == KINDS[kind][1] | ({"authors": ["Lind, Berit"]} if kind == "new-source" else {}) or (
        kind == "quotation"
    )
    assert suggestion.seen or kind == "new-source"
    assert not suggestion.is_quarantined
    entry = LogEntry.objects.get(code="suggestion.sent")
    assert (entry.suggestion, entry.by) == (suggestion, reader)


def test_a_citation_keeps_the_claim_as_published(reader):
    suggestion = sent(reader)
    assert suggestion.seen["text"] == "The oak frame is sound and needs only two new planks."
    assert suggestion.topic == Topic.objects.get(slug=factories.TOPIC)


def test_nobody_and_people_who_left_send_nothing(reader):
    for by in (None, User.objects.create_user("left", is_active=False)):
        with pytest.raises(NotPermittedError):
            sent(by)
    assert not Suggestion.objects.exists()


WRONG_TARGETS = {
    "no topic": ("citation", Target()),
    "an unknown topic": ("citation", Target(topic="nowhere", path=CLAIM)),
    "an unknown claim": ("citation", Target(topic=factories.TOPIC, path="perspectives/repair/claims/s99")),
    "a citation of the head": ("citation", Target(topic=factories.TOPIC, path="head")),
    "an answer to a claim": ("gap-answer", Target(topic=factories.TOPIC, path=CLAIM)),
    "a view within a claim": ("missing-view", Target(topic=factories.TOPIC, path=CLAIM)),
    "a dispute of a passage": ("dispute", Target(article=factories.ARTICLE, path="passages/p1")),
    "a finding that is not there": ("dispute", Target(article=factories.ARTICLE, path="passages/p1/findings/99")),
    "a passage that is not there": ("correction", Target(article=factories.ARTICLE, path="passages/p99")),
    "an unknown source": ("broken-link", Target(source="nobody1999")),
    "two things": ("correction", Target(topic=factories.TOPIC, source="pratt2018timber", path=CLAIM)),
    "nothing to correct": ("correction", Target()),
    "a source for a source": ("new-source", Target(source="pratt2018timber")),
}


@pytest.mark.parametrize("case", WRONG_TARGETS)
def test_what_is_about_nothing_published_is_not_found(case, reader):
    kind, target = WRONG_TARGETS[case]
    with pytest.raises(NotFoundError):
        sent(reader, kind, target=target)


def test_an_unknown_kind_is_not_found(reader):
    wrong = authoring.Proposed("praise", Target(), {})
    with pytest.raises(NotFoundError):
        authoring.send(by=reader, proposed=wrong)


@pytest.mark.parametrize("path", ["", CLAIM, "common_ground/0"])
def test_corrections_are_of_any_part(path, reader):
    suggestion = sent(reader, "correction", target=Target(topic=factories.TOPIC, path=path), wording=None, words="No.")
    assert suggestion.path == path


@pytest.mark.parametrize("path", ["", "passages/p1"])
def test_the_guide_is_corrected_too(path, reader):
    target = Target(article=factories.ARTICLE, path=path)
    assert sent(reader, "correction", target=target, wording=None, words="No.").seen


HOSTILE = {
    "control characters": {"locator": "p. 1\x00"},
    "a bidirectional override": {"quote": "sound \u202e enough"},
    "a long quotation": {"quote": "word " * 40 + "word"},
    "a script as an address": {"source": None, "URL": "javascript:alert(1)"},
    "an unknown field": {"colour": "red"},
    "two works": {"title": "Another"},
    "no work": {"source": None},
    "an unknown relation": {"relation": "mocks"},
    "a list for a text": {"locator": ["p. 1"]},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_wrong_is_told_by_field(case, reader):
    with pytest.raises(BrokenRulesError) as caught:
        sent(reader, **HOSTILE[case])
    assert caught.value.problems
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("words", ["a\x07b", "a\u202eb", "x" * 3001])
def test_words_are_readable_and_not_endless(words, reader):
    with pytest.raises(BrokenRulesError):
        sent(reader, words=words)


def test_an_empty_correction_is_none(reader):
    with pytest.raises(BrokenRulesError):
        sent(reader, "correction", wording={}, words=" ")


def test_markup_is_only_words(reader):
    suggestion = sent(reader, words="<script>alert(1)</script>")
    assert suggestion.words == "<script>alert(1)</script>"


def test_a_stale_form_is_shown_what_stands_there_now(reader):
    with pytest.raises(ConflictError) as caught:
        authoring.send(by=reader, proposed=proposed(), version="0" * 16)
    assert caught.value.now["id"] == "s1"
    assert not Suggestion.objects.exists()


def test_the_same_form_makes_one_suggestion(reader, proposer):
    form = "the token of a form"
    first = authoring.send(by=reader, proposed=proposed(), token=form)
    assert authoring.send(by=reader, proposed=proposed(), token=form) == first
    assert authoring.send(by=proposer, proposed=proposed(), token=form) != first
    assert Suggestion.objects.count() == 2


def test_a_key_of_ones_own_is_noted(reader, proposer):
    key, _ = api_keys.create(by=reader, name="Mine", scopes=["suggest"], expires_at=None)
    assert authoring.send(by=reader, proposed=proposed(), via=key.pk).via == key
    with pytest.raises(NotFoundError):
        authoring.send(by=proposer, proposed=proposed(), via=key.pk)


def test_new_accounts_have_five_undecided_at_most(reader, proposer):
    made = [sent(reader) for _ in range(5)]
    with pytest.raises(NotPossibleError, match="first week"):
        sent(reader)
    authoring.withdraw(suggestion_id=made[0].pk, by=reader)
    assert sent(reader)


def test_readers_send_twenty_a_day(old_reader):
    for _ in range(20):
        assert not sent(old_reader).is_quarantined
    with pytest.raises(NotPossibleError, match="24 hours"):
        sent(old_reader)
    Suggestion.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert sent(old_reader)


def test_the_same_words_of_anybody_are_put_aside(old_reader):
    sent(old_reader, words="Buy planks.")
    again = sent(User.objects.create_user("other"), words="buy  PLANKS!")
    assert again.is_quarantined
    assert LogEntry.objects.filter(suggestion=again).get().detail["signs"] == ["The same words were sent before."]


def test_many_links_are_put_aside(old_reader):
    assert sent(old_reader, words="https://a.example http://b.example www.c.example https://d.example").is_quarantined


def test_the_fourth_of_a_young_account_is_put_aside(reader):
    assert [sent(reader).is_quarantined for _ in range(4)] == [False, False, False, True]


def test_nothing_of_contributors_is_put_aside(db):
    contributor = User.objects.create_user("contributor", role=Role.CONTRIBUTOR)
    assert not any(sent(contributor, words="https://a.example " * 5).is_quarantined for _ in range(7))


@pytest.fixture
def asked(reader, proposer):
    suggestion = sent(reader)
    return suggestion_decisions.ask(suggestion_id=suggestion.pk, by=proposer, text="Which page?")


def test_its_author_answers_and_it_is_open_again(asked, reader):
    authoring.answer(suggestion_id=asked.pk, by=reader, text="Page 7.")
    asked.refresh_from_db()
    assert asked.status == "open"
    assert [(one.by.username, one.text) for one in asked.messages.all()] == [
        ("proposer", "Which page?"),
        ("reader", "Page 7."),
    ]


@pytest.mark.parametrize("action", [authoring.answer, authoring.withdraw])
def test_only_its_author_answers_and_withdraws(action, asked, proposer):
    more = {"text": "Yes."} if action is authoring.answer else {}
    for by in (None, proposer, User.objects.create_user("other")):
        with pytest.raises(NotPermittedError):
            action(suggestion_id=asked.pk, by=by, **more)
    with pytest.raises(NotFoundError):
        action(suggestion_id=0, by=proposer, **more)


def test_what_was_not_asked_is_not_answered(reader):
    with pytest.raises(NotPossibleError):
        authoring.answer(suggestion_id=sent(reader).pk, by=reader, text="So.")


def test_an_answer_says_something(asked, reader):
    with pytest.raises(BrokenRulesError):
        authoring.answer(suggestion_id=asked.pk, by=reader, text=" ")
    asked.refresh_from_db()
    assert asked.status == "needs-info"


def test_what_is_withdrawn_stays_so(asked, reader, proposer):
    authoring.withdraw(suggestion_id=asked.pk, by=reader)
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by, asked.reason) == ("withdrawn", reader, "")
    with pytest.raises(NotPossibleError):
        authoring.withdraw(suggestion_id=asked.pk, by=reader)
