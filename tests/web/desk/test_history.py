"""The history: every action in a sentence, found by who, what, when and which part, and undone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.documents import drafting
from perspectives.actions.event_log import record
from perspectives.models import LogEntry, Source, User
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import EventCode, Role
from perspectives.web.desk.history import event_sentences as words

pytestmark = pytest.mark.django_db
HISTORY = "/desk/history/"
CLAIM = "perspectives/repair/claims/s1"


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def moderator(signed_in):
    client, _ = signed_in(Role.MODERATOR)
    return client


@pytest.fixture
def reword(topic, proposer):
    """Change a claim of the draft, and give the entry of the log."""

    def action(said="The frame is sound at heart.", by=proposer, note=""):
        claim = parts.find(plain(draft_documents.topic_document(topic.pk)), CLAIM)
        change = Change(CLAIM, claim, {**claim, "text": said})
        drafting.change(topic_id=topic.pk, changes=[change], by=by, note=note)
        return LogEntry.objects.latest("pk")

    return action


def test_every_action_has_a_sentence():
    assert set(words.SENTENCES) == set(EventCode)


def test_no_detail_breaks_a_sentence(moderator, topic, article, reader):
    subjects = (None, topic, article, Source.objects.first(), reader)
    entries = [record(code, by=OPERATOR, subject=subject) for code in EventCode for subject in subjects]
    odd = [
        record(EventCode.EDITION_PUBLISHED, by=reader, subject=topic, what="!", proposal="x", edition=[], entry={}),
        LogEntry.objects.create(code="topic.reverted", at=timezone.now(), changes={"a": 1}, detail=[1]),
        LogEntry.objects.create(code="topic.changed", at=timezone.now(), changes=[{"way": 1}, 7], detail={}),
    ]
    for entry in (*entries, *odd):
        said = words.sentence(entry)
        assert not {"{", "["} & set(said), said
    page = text(moderator.get(HISTORY))
    for entry in odd:
        assert f'href="{HISTORY}{entry.pk}/"' in page
        assert moderator.get(f"{HISTORY}{entry.pk}/").status_code == 200


def test_an_entry_shows_the_words_before_and_after(moderator, reword):
    entry = reword(note="Nearer to the survey.")
    page = text(moderator.get(f"{HISTORY}{entry.pk}/"))
    assert "proposer changed the draft of" in page
    assert "Nearer to the survey." in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "at heart" in page
    missing = moderator.get(f"{HISTORY}0/")
    assert missing.status_code == 404


def test_who_changed_a_claim_is_found_by_its_path(moderator, topic, reword, proposer):
    first = reword()
    other = parts.find(plain(draft_documents.topic_document(topic.pk)), "cruxes/0")
    drafting.change(
        topic_id=topic.pk,
        changes=[Change("cruxes/0", other, {**other, "would_settle": "A survey."})],
        by=proposer,
    )
    last = reword("Said a second time.")
    page = text(moderator.get(HISTORY, {"topic": topic.slug, "part": CLAIM}))
    for entry in (first, last):
        assert f'href="{HISTORY}{entry.pk}/"' in page
    assert f'href="{HISTORY}{last.pk - 1}/"' not in page
    assert f"?topic={topic.slug}&amp;part={CLAIM}" in text(moderator.get(f"{HISTORY}{last.pk}/"))


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ({"person": "proposer"}, True),
        ({"person": "reviewer"}, False),
        ({"code": "topic.changed"}, True),
        ({"code": "topic.reverted"}, False),
        ({"article": "ellingwood-2021-footbridge"}, False),
        ({"source": "pratt2018timber"}, False),
        ({"account": "proposer"}, False),
        ({"words": "SURVEY"}, True),
        ({"words": "bridge"}, False),
        ({"since": "2000-01-01", "until": "2100-01-01"}, True),
        ({"since": "2100-01-01"}, False),
        ({"until": "2000-01-01"}, False),
        ({"part": "head"}, False),
    ],
)
def test_the_history_is_narrowed(question, is_found, moderator, reword):
    entry = reword(note="Nearer to the survey.")
    assert (f'href="{HISTORY}{entry.pk}/"' in text(moderator.get(HISTORY, question))) == is_found


def test_what_cannot_be_asked_is_said_beside_the_field(moderator, reword):
    reword()
    for question in ({"code": "topic.sung"}, {"since": "yesterday"}, {"topic": "nowhere"}, {"person": "a\x00b"}):
        page = text(moderator.get(HISTORY, question))
        assert "The question cannot be read" in page
        assert 'class="errorlist"' in page


def test_it_is_read_in_stretches_of_fifty_both_ways(moderator, topic, proposer, django_assert_num_queries):
    LogEntry.objects.bulk_create(
        LogEntry(code="topic.changed", at=timezone.now(), by=proposer, topic=topic, note=f"no. {n}") for n in range(120)
    )
    first = moderator.get(HISTORY, {"code": "topic.changed"})
    assert text(first).count('class="review-note"') == 50
    older = first.context["older"]
    with django_assert_num_queries(6):
        second = moderator.get(HISTORY, {"code": "topic.changed", "before": older})
    third = moderator.get(HISTORY, {"code": "topic.changed", "before": second.context["older"]})
    assert [len(page.context["lines"]) for page in (second, third)] == [50, 20]
    assert (first.context["newer"], third.context["older"]) == (None, None)
    back = moderator.get(HISTORY, {"code": "topic.changed", "after": third.context["newer"]})
    assert [line.entry.pk for line in back.context["lines"]] == [line.entry.pk for line in second.context["lines"]]
    start = moderator.get(HISTORY, {"code": "topic.changed", "after": back.context["newer"]})
    assert [line.entry.pk for line in start.context["lines"]] == [line.entry.pk for line in first.context["lines"]]
    assert start.context["newer"] is None
    assert text(moderator.get(HISTORY, {"after": LogEntry.objects.latest("pk").pk})).count("Nothing fits") == 1


def test_a_change_is_undone_and_says_so(moderator, topic, reword):
    before = draft_documents.topic_document(topic.pk)
    entry = reword()
    response = moderator.post(f"{HISTORY}{entry.pk}/", {"note": "It was right."}, follow=True)
    assert "The change is undone" in text(response)
    assert draft_documents.topic_document(topic.pk) == before
    undone = LogEntry.objects.get(code="topic.reverted")
    assert (undone.note, undone.detail) == ("It was right.", {"entry": entry.pk})
    assert f"undid change {entry.pk}" in text(response)


def test_a_change_that_others_built_on_is_not_undone(moderator, topic, reword):
    entry = reword()
    reword("Said by somebody else.")
    response = moderator.post(f"{HISTORY}{entry.pk}/", {"note": "It was right."})
    assert response.status_code == 409
    page = text(response)
    assert "Nothing was undone" in page
    assert "changed by somebody else" in page
    assert "It was right." in page


def test_undoing_what_would_break_the_draft_lists_the_problems(moderator, topic, proposer):
    claim = {"id": "s9", "text": "A ninth claim.", "kind": "factual", "cites": []}
    drafting.change(topic_id=topic.pk, changes=[Change("perspectives/repair/claims/s9", after=claim)], by=proposer)
    entry = LogEntry.objects.latest("pk")
    link = {"from": "o1", "to": "s9", "type": "rebuts", "note": "Not so."}
    drafting.change(topic_id=topic.pk, changes=[Change("responses/0", after=link, place=0)], by=proposer)
    response = moderator.post(f"{HISTORY}{entry.pk}/")
    assert response.status_code == 409
    assert "s9" in text(response).partition("Nothing was undone")[2]


def test_what_changed_no_draft_has_no_button(moderator, topic):
    entry = record(EventCode.PACK_LOADED, by=OPERATOR, subject=topic)
    assert "Undo this change" not in text(moderator.get(f"{HISTORY}{entry.pk}/"))
    response = moderator.post(f"{HISTORY}{entry.pk}/")
    assert response.status_code == 409
    assert "cannot be undone here" in text(response)


def test_private_details_are_for_moderators_only(signed_in, reword):
    entry = reword(note="Between us.")
    client, _ = signed_in(Role.CONTRIBUTOR)
    for address in (HISTORY, f"{HISTORY}{entry.pk}/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_price_of_an_entry_does_not_grow(count, moderator, topic, proposer, django_assert_num_queries):
    changes = [Change(f"events/{n}", after={"date": "2020", "title": f"E{n}"}, place=n) for n in range(count)]
    entry = record(EventCode.TOPIC_CHANGED, by=proposer, subject=topic, changes=changes)
    moderator.get(HISTORY)  # the first request of a session writes it
    with django_assert_num_queries(5):
        assert moderator.get(reverse("desk-history-entry", args=[entry.pk])).status_code == 200


def test_hidden_accounts_of_the_history_keep_their_names(moderator, reword):
    gone = User.objects.create_user("gone", role=Role.MODERATOR)
    entry = reword(by=gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert "<strong>gone</strong>" in text(moderator.get(HISTORY, {"person": "gone"}))
    assert entry.by == gone
