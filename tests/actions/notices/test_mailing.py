"""Mails of notices through a real mail server: once each, whatever goes away meanwhile."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from perspectives.actions.accounts import erasing
from perspectives.actions.event_log import record
from perspectives.actions.notices import mailing, own_notices
from perspectives.actions.notices.notifying import notify
from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import Notice, NoticeMail, Topic, User
from perspectives.queries.notices import notices
from perspectives.rules.notices import mail_times
from perspectives.vocab import EventCode, NoticeKind, Role
from tests import factories, smtp, suggesting
from tests.actions.at_once import ROUNDS, at_once
from tests.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    settings.SITE_URL = "https://kb.example"
    with smtp.served(settings) as found:
        yield found


@pytest.fixture
def ada(db):
    return account("ada", role=Role.MODERATOR)


def tell(person, kind=NoticeKind.MENTION):
    by, _ = User.objects.get_or_create(username="writer", defaults={"role": Role.MODERATOR})
    entry = record(EventCode.COMMENT_WRITTEN, by=by, subject=Topic.objects.get(slug=factories.TOPIC))
    notify(kind, entry, to=[person.pk])
    return Notice.objects.latest("pk")


def come_again():
    """Let the time come at which what failed is tried again."""
    NoticeMail.objects.exclude(next_try_at=None).update(next_try_at=timezone.now())


def test_the_author_of_a_declined_suggestion_gets_a_mail(published, mailbox, reviewer):
    author = account("author")
    one = suggesting.sent(author)
    suggestion_decisions.decline(suggestion_id=one.pk, by=reviewer, reason="no-source", words="Which page?")
    mailing.send_due()
    [mail] = mailbox.mails
    assert mailbox.recipients == [author.email]
    assert smtp.header(mail, "Subject") == f"Debate KB: A moderator declined your suggestion {one.pk}."
    assert mail.get_content_type() == "text/plain"
    body = mail.get_content()
    assert "It names no source, and nothing is stated here without one. Which page?" in body
    assert f"https://kb.example/account/suggestions/{one.pk}/\n" in body
    assert "reviewer" not in str(mail)


def test_a_mail_can_be_stopped_by_one_click_and_by_its_link(published, mailbox, ada, client):
    tell(ada)
    mailing.send_due()
    [mail] = mailbox.mails
    stop = re.fullmatch(r"<(https://kb\.example(/account/unsubscribe/[^/]+/))>", smtp.header(mail, "List-Unsubscribe"))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert stop[1] in mail.get_content()
    assert "https://kb.example/account/notices/mail/" in mail.get_content()
    assert client.get(stop[2]).status_code == 200
    tell(ada)
    assert client.post(stop[2], {"List-Unsubscribe": "One-Click"}).status_code == 200
    tell(ada)
    mailing.send_due()
    assert len(mailbox.mails) == 1


def test_what_is_due_of_one_person_is_one_mail(published, mailbox, ada):
    other = account("ben", role=Role.MODERATOR)
    for person in (ada, other, ada):
        tell(person)
    mailing.send_due()
    assert sorted(mailbox.recipients) == [ada.email, other.email]
    subjects = dict(zip(mailbox.recipients, [smtp.header(mail, "Subject") for mail in mailbox.mails], strict=True))
    assert subjects[ada.email] == "Debate KB: 2 notices"
    assert subjects[other.email].startswith("Debate KB: writer mentioned you in a comment on the draft of “")
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 2
    mailing.send_due()
    assert len(mailbox.mails) == 2, "each is mailed once"


def test_the_mail_of_the_day_holds_what_was_not_read(published, mailbox, ada):
    first = tell(ada, NoticeKind.COMMENT)
    tell(ada, NoticeKind.COMMENT)
    mailing.send_due()
    assert mailbox.mails == []
    own_notices.mark_read(by=ada, notice_ids=[first.pk])
    Notice.objects.exclude(mail_due_at=None).update(mail_due_at=timezone.now())
    mailing.send_due()
    assert len(mailbox.mails) == 1
    assert mailbox.mails[0].get_content().count("writer commented on") == 1


def test_a_server_that_is_away_loses_nothing(published, settings, ada, log_of):
    caplog = log_of(mailing)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    tell(ada)
    for attempt in (1, 2):
        mailing.send_due()
        [waiting] = NoticeMail.objects.all()
        assert (waiting.attempts, waiting.sent_at) == (attempt, None)
        assert waiting.error == "The mail server could not be reached or gave up: ConnectionRefusedError."
        assert waiting.next_try_at > timezone.now() + timedelta(minutes=4)
        mailing.send_due()
        assert NoticeMail.objects.get().attempts == attempt, "not before its time"
        come_again()
    assert ada.email not in caplog.text
    with smtp.served(settings) as mailbox:
        mailing.send_due()
        assert len(mailbox.mails) == 1
    sent = NoticeMail.objects.get()
    assert (sent.error, sent.next_try_at, sent.attempts) == ("", None, 3)


def test_while_one_mail_fails_the_rest_waits_and_a_refused_address_holds_up_nobody(published, mailbox, ada):
    people = [ada, account("ben", role=Role.MODERATOR), account("cleo", role=Role.MODERATOR)]
    mailbox.answer = "451 later"
    for person in people:
        tell(person)
    mailing.send_due()
    assert sorted(NoticeMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    mailbox.answer = "250 OK"
    mailbox.refused = {ada.email: "550 no such user"}
    come_again()
    mailing.send_due()
    assert sorted(mailbox.recipients) == ["ben@people.example", "cleo@people.example"]
    refused = NoticeMail.objects.get(recipient=ada)
    assert (refused.next_try_at, refused.sent_at) == (None, None)
    assert refused.error == "The mail server refused the address (550)."


@pytest.mark.parametrize(("answer", "is_over"), [("451 later", False), ("554 we want none of that", True)])
def test_a_refused_mail(answer, is_over, published, mailbox, ada):
    mailbox.answer = answer
    tell(ada)
    mailing.send_due()
    found = NoticeMail.objects.get()
    assert found.error == f"The mail server refused the mail ({answer[:3]})."
    assert (found.next_try_at is None) == is_over


def test_after_three_days_a_mail_is_given_up(published, mailbox, ada):
    mailbox.refused = {ada.email: "450 later"}
    tell(ada)
    mailing.send_due()
    NoticeMail.objects.update(made_at=timezone.now() - mail_times.GIVEN_UP_AFTER)
    come_again()
    mailing.send_due()
    found = NoticeMail.objects.get()
    assert (found.next_try_at, found.error) == (None, "The mail server refused the address (450).")
    assert notices.unread_count(ada) == 1, "it stands on the page"


def test_who_has_left_or_lost_the_address_gets_no_mail(published, mailbox, ada):
    tell(ada)
    ben = account("ben", role=Role.MODERATOR)
    tell(ben)
    mailbox.answer = "451 later"
    mailing.send_due()
    User.objects.filter(pk=ada.pk).update(is_active=False)
    EmailAddress.objects.filter(user=ben).delete()
    mailbox.answer = "250 OK"
    come_again()
    mailing.send_due()
    assert mailbox.mails == []
    said = "The account is closed or has no confirmed address."
    assert list(NoticeMail.objects.values_list("error", "next_try_at")) == [(said, None)] * 2


def test_an_erased_person_gets_none(published, mailbox, ada):
    tell(ada)
    mailbox.answer = "451 later"
    mailing.send_due()
    erasing.erase(account_id=ada.pk, by=ada)
    mailbox.answer = "250 OK"
    come_again()
    mailing.send_due()
    assert (mailbox.mails, NoticeMail.objects.count(), Notice.objects.count()) == ([], 0, 0)


def test_of_a_worker_that_ended_the_mail_is_sent_by_another(published, mailbox, ada):
    """Ended before the server had it; and after that but before it was noted, the one moment that makes a copy."""
    tell(ada)
    mailing._collect()
    assert mailing._claim()
    mailing.send_due()
    assert mailbox.mails == [], "it is still the first one's"
    come_again()
    mailing.send_due()
    assert len(mailbox.mails) == 1
    NoticeMail.objects.update(sent_at=None, next_try_at=timezone.now())
    mailing.send_due()
    first, copy = mailbox.mails
    assert first["Message-ID"] == copy["Message-ID"]
    assert re.fullmatch(r"<notices-\d+-\d+@kb\.example>", copy["Message-ID"])


def test_more_than_one_job_sends_go_on(published, mailbox):
    for number in range(12):
        tell(account(f"person-{number}", role=Role.MODERATOR))
    mailing.send_due()
    assert len(mailbox.mails) == 10
    mailing.send_due()
    assert len(set(mailbox.recipients)) == 12


def test_a_long_subject_is_cut(published, mailbox, ada):
    Topic.objects.filter(slug=factories.TOPIC).update(title="Why " + "so " * 60)
    tell(ada)
    mailing.send_due()
    assert smtp.header(mailbox.mails[0], "Subject").endswith("…")


@pytest.mark.django_db(transaction=True)
def test_of_two_jobs_at_once_one_sends(published, mailbox):
    for number in range(ROUNDS):
        tell(account(f"person-{number}", role=Role.MODERATOR))
        at_once(mailing.send_due, mailing.send_due)
        mailing.send_due()
        assert len(mailbox.mails) == number + 1
