"""The queue of suggestions and the page on which one is decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.models import Suggestion, Topic, User
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from tests import factories
from tests.suggesting import CLAIM, KINDS, many, sent

pytestmark = pytest.mark.usefixtures("published")
QUEUE = "/desk/suggestions/"


@pytest.fixture
def desk(signed_in):
    return signed_in("moderator")[0]


def page(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def one(suggestion):
    return f"{QUEUE}{suggestion.pk}/"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("?status=any", True),
        ("?kind=citation", True),
        (f"?topic={factories.TOPIC}", True),
        ("?status=declined", False),
        ("?kind=dispute", False),
        (f"?topic={factories.OTHER_TOPIC}", False),
        ("?quarantined=yes&status=any", False),
        ("?days=7", False),
    ],
)
def test_the_queue_is_narrowed(query, shown, desk, reader):
    number = sent(reader).pk
    assert (f'href="{QUEUE}{number}/"' in page(desk.get(QUEUE + query))) is shown


@pytest.mark.parametrize("query", ["status=lost", "kind=praise", "days=3", "after=x", "after=-1", "days=²"])
def test_what_no_filter_knows_is_refused(query, desk):
    assert desk.get(f"{QUEUE}?{query}").status_code == 400


def test_pages_follow_each_other_without_a_gap(desk, reader):
    topic = Topic.objects.get(slug=factories.TOPIC)
    numbers = [suggestion.pk for suggestion in many(reader, topic, 120)]
    seen, address = [], QUEUE
    for count in (50, 50, 20):
        text = page(desk.get(address))
        assert f"120 suggestions, oldest first; {count} on this page" in text
        seen += [number for number in numbers if f'href="{QUEUE}{number}/"' in text]
        address = f"{QUEUE}?after={seen[-1]}"
    assert seen == numbers


def test_the_price_of_the_queue_does_not_grow(desk, reader):
    topic = Topic.objects.get(slug=factories.TOPIC)
    prices = []
    desk.get(QUEUE)  # the first request of a session writes it
    for number in (10, 9_990):
        many(reader, topic, number, path=f"{number}")
        first = Suggestion.objects.first()
        for address in (QUEUE, f"{QUEUE}?status=any&kind=missing-view", one(first)):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            prices.append(len(queries))
    assert prices[:3] == prices[3:]
    assert max(prices[:2]) <= 8


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_with_its_form(kind, desk, reader):
    suggestion = sent(reader, kind, words="<i>Because</i>")
    text = page(desk.get(one(suggestion)))
    assert "&lt;i&gt;Because&lt;/i&gt;" in text
    assert "Sent 1: 0 accepted, 0 declined, 1 undecided" in text
    assert "Alter it first" in text


def test_a_correction_is_shown_word_by_word(desk, reader):
    text = page(desk.get(one(sent(reader, "correction"))))
    assert "<del>" in text
    assert "<ins>" in text


def test_accepting_as_shown_changes_the_draft_and_goes_on(desk, reader):
    first, second = sent(reader), sent(reader)
    form = {f"payload-{name}": value for name, value in KINDS["citation"][1].items()}
    response = desk.post(one(first), {**form, "action": "accept"})
    assert response["Location"] == one(second)
    first.refresh_from_db()
    assert (first.status, first.reason) == ("accepted", "as-sent")
    draft = plain(draft_documents.topic_document(first.topic_id))
    assert parts.find(draft, CLAIM)["cites"][-1]["source"] == "okoro2020spans"


def test_what_is_altered_is_accepted_as_altered(desk, reader):
    suggestion = sent(reader, "correction")
    desk.post(one(suggestion), {"payload-wording_text": "Altered.", "action": "accept"})
    suggestion.refresh_from_db()
    assert suggestion.reason == "edited"


def test_a_mistake_is_shown_beside_its_field(desk, reader):
    suggestion = sent(reader)
    text = page(
        desk.post(one(suggestion), {"payload-source": "No Key", "payload-relation": "states", "action": "accept"})
    )
    assert "is not a citekey" in text
    text = page(desk.post(one(sent(reader, "missing-view")), {**_view(), "action": "accept"}))
    assert "Say what was done" in text
    assert "This field is required." in page(desk.post(one(suggestion), {"action": "ask"}))
    assert "Give the reason." in page(desk.post(one(suggestion), {"action": "decline", "decline-reason": "other"}))


def _view():
    return {f"payload-{name}": value for name, value in KINDS["missing-view"][1].items()}


def test_a_conflict_shows_both_and_can_be_accepted_then(desk, reader, proposer):
    suggestion = sent(reader, "correction")
    Suggestion.objects.update(seen={**suggestion.seen, "text": "As it was."})
    given = {"payload-wording_text": "As it should be.", "action": "accept"}
    text = page(desk.post(one(suggestion), given))
    assert "How it was changed since" in text
    assert "As it should be." in text
    onto = text.split('name="onto" value="')[1][:16]
    assert desk.post(one(suggestion), {**given, "onto": onto}).status_code == 302
    draft = plain(draft_documents.topic_document(suggestion.topic_id))
    assert parts.find(draft, CLAIM)["text"] == "As it should be."


def test_declining_asking_reopening_and_releasing(desk, reader):
    suggestion = sent(reader)
    actions = [
        ({"action": "ask", "ask-text": "Where?"}, "needs-info"),
        ({"action": "decline", "decline-reason": "duplicate"}, "declined"),
        ({"action": "reopen"}, "open"),
    ]
    for given, status in actions:
        assert desk.post(one(suggestion), given).status_code == 302
        suggestion.refresh_from_db()
        assert suggestion.status == status
    assert desk.post(one(suggestion), {"action": "reopen"}).status_code == 409
    held = sent(reader, words="https://a.example " * 5)
    assert "more than 3 links" in page(desk.get(one(held)))
    desk.post(one(held), {"action": "release"})
    held.refresh_from_db()
    assert not held.is_quarantined


def test_ones_own_is_for_others(signed_in):
    client, moderator = signed_in("moderator")
    suggestion = sent(moderator)
    assert "another moderator decides" in page(client.get(one(suggestion)))
    assert client.post(one(suggestion), {"action": "decline", "decline-reason": "spam"}).status_code == 403


def test_what_is_like_it_is_shown(desk, reader, proposer):
    first = sent(proposer, words="Much the same words here.")
    text = page(desk.get(one(sent(reader, words="Much the same words here indeed."))))
    assert f'href="{one(first)}"' in text


def test_spam_is_declined_together_after_a_question_and_undone(desk, reader):
    made = [sent(reader) for _ in range(3)]
    numbers = [suggestion.pk for suggestion in made]
    assert "Decline 3 suggestions?" in page(desk.post(f"{QUEUE}decline/", {"chosen": numbers}))
    assert Suggestion.objects.filter(status="open").count() == 3
    confirmed = {"chosen": numbers, "confirmed": "yes"}
    assert "Give the reason" in page(desk.post(f"{QUEUE}decline/", {**confirmed, "reason": "other"}))
    assert "Nothing was declined" in page(desk.post(f"{QUEUE}decline/", confirmed))
    assert desk.post(f"{QUEUE}decline/", {**confirmed, "reason": "spam"}).status_code == 302
    assert "3 suggestions declined" in page(desk.get(QUEUE))
    assert desk.post(f"{QUEUE}decline/", {**confirmed, "reason": "spam"}).status_code == 302
    assert "stays as it is" in page(desk.get(QUEUE))


def test_undo_opens_what_was_declined_last(desk, reader):
    suggestion, other = sent(reader), sent(reader)
    desk.post(f"{QUEUE}decline/", {"chosen": [suggestion.pk, other.pk], "confirmed": "yes", "reason": "spam"})
    desk.post(one(other), {"action": "reopen"})
    desk.post(f"{QUEUE}undo/")
    text = page(desk.get(QUEUE))
    assert "1 suggestion opened again" in text
    assert "stays declined" in text
    assert Suggestion.objects.filter(status="open").count() == 2


@pytest.mark.parametrize("chosen", [["x"], ["-1"], ["²"]])
def test_what_is_no_number_is_refused(chosen, desk):
    assert desk.post(f"{QUEUE}decline/", {"chosen": chosen}).status_code == 400


@pytest.mark.parametrize("number", [0, 10**30])
def test_an_unknown_one_is_not_found(number, desk):
    assert desk.get(f"{QUEUE}{number}/").status_code == 404


def test_a_suggestion_of_somebody_who_left_is_still_shown(desk, reader):
    suggestion = sent(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert "okoro2020spans" in page(desk.get(one(suggestion)))
