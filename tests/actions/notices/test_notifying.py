"""Who is told of what, how it is put, and that each is told once."""

from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.discussion import assignments
from perspectives.actions.event_log import record
from perspectives.actions.notices import mailing, own_notices
from perspectives.actions.notices.notifying import notify
from perspectives.actions.publication import publishing
from perspectives.actions.sources import source_merging, source_records
from perspectives.actions.suggestions import suggestion_decisions
from perspectives.errors import BrokenRulesError, NotFoundError
from perspectives.models import Article, LogEntry, MailChoice, Notice, NoticeMail, Source, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.notices import notices
from perspectives.rules.documents import parts
from perspectives.rules.notices import mail_times
from perspectives.vocab import EventCode, MailFrequency, NoticeKind, Role
from tests import factories, suggesting, whole_person
from tests.actions.at_once import ROUNDS, at_once
from tests.people import account

pytestmark = pytest.mark.django_db
SOURCE = "pratt2018timber"


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def proposal(topic, proposer, reviewer):
    whole_person.retitled(topic, "Another title", by=proposer)
    return publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better title")


def told(person):
    """Give what somebody was told: kinds with sentences, the newest first."""
    return [(one.kind, notices.told(one).sentence) for one in notices.listed(person)]


def last(person):
    return notices.told(notices.listed(person)[0])


def test_moderators_are_told_of_a_proposal_and_its_proposer_is_not(proposal, proposer, reviewer, reader):
    said = "proposer proposed the draft of “Another title” for publication."
    assert told(reviewer) == [("proposal", said)]
    assert told(proposer) == told(reader) == []
    assert (last(reviewer).words, last(reviewer).address) == ("A better title", f"/desk/proposals/{proposal.pk}/")
    [notice] = Notice.objects.all()
    assert notice.mail_due_at > timezone.now(), "once a day, unless somebody chooses otherwise"


def test_the_proposer_is_told_of_the_decision(proposal, topic, proposer, reviewer):
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    assert told(proposer) == [("decision", "reviewer approved your proposal: “Another title” has a new edition.")]
    assert (last(proposer).words, last(proposer).address) == ("Agreed", f"/desk/topics/{topic.slug}/editions/")
    whole_person.retitled(topic, "A third title", by=proposer)
    another = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    publishing.send_back(proposal_id=another.pk, by=reviewer, reason="Not yet")
    assert told(proposer)[0] == ("decision", "reviewer returned your proposal of “A third title”.")
    assert last(proposer).address == f"/desk/proposals/{another.pk}/"


def test_a_guide_is_told_of_too(article, published, proposer, reviewer):
    Article.objects.filter(pk=article.pk).update(title="Another bridge")
    made = publishing.propose_article(article_id=article.pk, by=proposer)
    assert told(reviewer) == [
        ("proposal", "proposer proposed the draft of the guide to “Another bridge” for publication.")
    ]
    publishing.approve(proposal_id=made.pk, by=reviewer)
    assert last(proposer).address == "/desk/proposals/"


def test_the_author_of_a_suggestion_is_told_without_a_name(published, reader, reviewer):
    one = suggesting.sent(reader)
    suggestion_decisions.ask(suggestion_id=one.pk, by=reviewer, text="Where?")
    assert told(reader) == [("suggestion", f"A moderator asks you something about your suggestion {one.pk}.")]
    suggestion_decisions.decline(suggestion_id=one.pk, by=reviewer, reason="no-source", words="A page would help.")
    said = "It names no source, and nothing is stated here without one. A page would help."
    assert last(reader).words == said
    assert last(reader).address == f"/account/suggestions/{one.pk}/"
    suggestion_decisions.reopen(suggestion_id=one.pk, by=reviewer)
    suggestion_decisions.accept(suggestion_id=one.pk, by=reviewer, words="Done.", is_by_hand=True)
    assert [kind for kind, _ in told(reader)] == ["suggestion"] * 4
    assert "reviewer" not in str(told(reader))
    assert all(one.mail_due_at for one in Notice.objects.filter(recipient=reader))


def test_who_proposed_or_sees_to_a_topic_is_told_of_its_sources(proposal, topic, proposer, reviewer):
    other = User.objects.create_user("other", role=Role.MODERATOR)
    sees_to = User.objects.create_user("sees-to", role=Role.MODERATOR)
    assignments.assign(kind="topic", number=topic.pk, assignee_id=sees_to.pk, by=other)
    source = Source.objects.get(key=SOURCE)
    record_after = {**source.record, "volume": "99"}
    source_records.change(key=SOURCE, record=record_after, version=parts.version(source.record), by=reviewer)
    said = ("correction", f"reviewer changed the record of the source {SOURCE}.")
    assert told(proposer)[0] == told(sees_to)[0] == said
    assert last(proposer).address == f"/desk/sources/{SOURCE}/"
    entry = LogEntry.objects.get(code=EventCode.SOURCE_CHANGED)
    source_records.revert(entry_id=entry.pk, by=proposer)
    assert told(sees_to)[0][1] == f"proposer undid a change of the record of the source {SOURCE}."
    assert told(other) == []


def test_who_proposed_a_draft_is_told_of_merges_that_change_it(proposal, proposer, reviewer):
    merged = "weir2016cost"
    records = {key: Source.objects.get(key=key).record for key in (merged, SOURCE)}
    versions = {key: parts.version(record) for key, record in records.items()}
    record_after = {**records[SOURCE], "volume": "99"}
    source_merging.merge(from_key=merged, into_key=SOURCE, record=record_after, versions=versions, by=reviewer)
    said = ("correction", f"reviewer merged another record of the same work into {SOURCE}.")
    assert told(proposer)[0] == said
    assert last(proposer).address == f"/desk/sources/{SOURCE}/"
    assert "correction" not in dict(told(reviewer))


def test_nobody_is_told_twice_nor_of_their_own(topic, proposer, reviewer):
    entry = record(EventCode.TOPIC_CHANGED, by=proposer, subject=topic)
    closed = User.objects.create_user("closed", is_active=False)
    notify(NoticeKind.MENTION, entry, to=[None, proposer.pk, reviewer.pk, closed.pk])
    notify(NoticeKind.COMMENT, entry, to=[reviewer.pk])
    notify(NoticeKind.COMMENT, entry, to=[proposer.pk])
    assert [(one.recipient, one.kind) for one in Notice.objects.all()] == [(reviewer, "mention")]


def test_what_the_operator_did_is_told_of_the_operator(topic, reviewer):
    entry = record(EventCode.COMMENT_WRITTEN, by=OPERATOR, subject=topic)
    notify(NoticeKind.COMMENT, entry, to=[reviewer.pk])
    assert told(reviewer)[0][1].startswith("The operator at the command line commented on the draft of")


# --- reading and choosing -----------------------------------------------------------------------------------------


@pytest.fixture
def three(topic, proposer, reviewer):
    """Three notices of the reviewer, two of them to be mailed at once."""
    for kind in (NoticeKind.MENTION, NoticeKind.COMMENT, NoticeKind.MENTION):
        notify(kind, record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic), to=[reviewer.pk])
    return list(Notice.objects.order_by("pk"))


def test_what_is_read_is_counted_once_and_not_mailed(three, reviewer, proposer):
    assert notices.unread_count(reviewer) == 3
    assert own_notices.mark_read(by=proposer, notice_ids=[three[0].pk]) == 0, "it is somebody else's"
    assert own_notices.mark_read(by=reviewer, notice_ids=[three[0].pk, 10**9]) == 1
    assert own_notices.mark_read(by=reviewer, notice_ids=[three[0].pk]) == 0
    assert [one.pk for one in notices.listed(reviewer)] == [three[2].pk, three[1].pk, three[0].pk], "unread first"
    assert own_notices.mark_read(by=reviewer) == 2
    assert not Notice.objects.exclude(mail_due_at=None).exists()
    with pytest.raises(NotFoundError, match="You have no notice"):
        notices.notice(proposer, three[0].pk)


def test_a_choice_holds_for_what_waits_and_for_what_comes(three, topic, proposer, reviewer):
    own_notices.choose_mails(by=reviewer, choices={"mention": "never", "comment": "at-once"})
    due = {one.kind: one.mail_due_at is not None for one in Notice.objects.all()}
    assert due == {"mention": False, "comment": True}
    notify(NoticeKind.MENTION, record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic), to=[reviewer.pk])
    assert Notice.objects.latest("pk").mail_due_at is None
    own_notices.choose_mails(by=reviewer, choices={"mention": "daily"})
    assert MailChoice.objects.filter(owner=reviewer).count() == 2
    chosen = notices.choices(reviewer)
    assert (chosen[NoticeKind.MENTION], chosen[NoticeKind.COMMENT]) == (MailFrequency.DAILY, MailFrequency.AT_ONCE)
    assert chosen[NoticeKind.SUGGESTION] is MailFrequency.AT_ONCE, "as it was"


@pytest.mark.parametrize("choices", [{"gossip": "never"}, {"mention": "hourly"}])
def test_there_is_no_other_choice(choices, reviewer):
    with pytest.raises(BrokenRulesError) as refused:
        own_notices.choose_mails(by=reviewer, choices=choices)
    assert [problem.field for problem in refused.value.problems] == [*choices]
    assert not MailChoice.objects.exists()


def test_a_token_stops_the_mails_of_one_person_alone(reviewer):
    token = notices.token(reviewer)
    assert notices.person_of(token) == reviewer
    for wrong in ("", token[:-1], token.replace(":", "", 1), f"1{token}"):
        with pytest.raises(NotFoundError, match="not whole"):
            notices.person_of(wrong)
    User.objects.filter(pk=reviewer.pk).update(date_joined=timezone.now() - timedelta(days=1))
    with pytest.raises(NotFoundError, match="no such account"):
        notices.person_of(token)


# --- the end of notices -------------------------------------------------------------------------------------------


def test_old_notices_go_with_their_mails(topic, proposer):
    person = account("ada", role=Role.MODERATOR)
    entry = LogEntry.objects.create(
        code=EventCode.COMMENT_WRITTEN,
        at=timezone.now() - mail_times.KEPT - timedelta(days=1),
        by=proposer,
        topic=topic,
    )
    notify(NoticeKind.MENTION, entry, to=[person.pk])
    notify(NoticeKind.MENTION, record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic), to=[person.pk])
    old = NoticeMail.objects.create(recipient=person, made_at=entry.at, sent_at=entry.at, next_try_at=None)
    Notice.objects.filter(entry=entry).update(mail=old)
    mailing.clear()
    assert not Notice.objects.filter(entry=entry).exists()
    assert (Notice.objects.count(), NoticeMail.objects.count()) == (1, 0)


def test_without_an_address_it_stands_on_the_page_alone(three, reviewer, mailoutbox):
    assert not EmailAddress.objects.exists()
    mailing.send_due()
    assert mailoutbox == []
    assert not NoticeMail.objects.exists()
    due = {one.kind: one.mail_due_at is not None for one in Notice.objects.all()}
    assert due == {"mention": False, "comment": True}, "the comments wait for the mail of the day"


def test_the_database_tells_once_and_knows_how_far_a_mail_is(topic, proposer, reviewer):
    entry = record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic)
    Notice.objects.create(recipient=reviewer, kind=NoticeKind.COMMENT, entry=entry)
    now = timezone.now()
    wrong = [
        (Notice, {"recipient": reviewer, "kind": "mention", "entry": entry}),
        (Notice, {"recipient": proposer, "kind": "gossip", "entry": entry}),
        (NoticeMail, {"recipient": reviewer, "made_at": now}),
        (NoticeMail, {"recipient": reviewer, "made_at": now, "sent_at": now, "next_try_at": now}),
        (NoticeMail, {"recipient": reviewer, "made_at": now, "sent_at": now, "error": "No."}),
        (MailChoice, {"owner": reviewer, "kind": "mention", "frequency": "hourly"}),
        (MailChoice, {"owner": reviewer, "kind": "gossip", "frequency": "never"}),
    ]
    for model, values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_choices_at_once_one_holds_and_reading_twice_counts_once(topic, proposer, reviewer):
    for number in range(ROUNDS):
        entry = record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic)
        notify(NoticeKind.MENTION, entry, to=[reviewer.pk])
        read = partial(own_notices.mark_read, by=reviewer)
        assert sorted(at_once(read, read)) == [0, 1], number
        both = (partial(own_notices.choose_mails, by=reviewer, choices={"mention": one}) for one in ("never", "daily"))
        at_once(*both)
        assert MailChoice.objects.get().frequency in {"never", "daily"}
        tell = partial(notify, NoticeKind.COMMENT, entry, to=[proposer.pk, reviewer.pk])
        at_once(tell, tell)
    assert Notice.objects.count() == ROUNDS
