"""Mails of notices with real workers and a real mail server: one is killed, and every mail goes out once."""

import os

import pytest

from debatekb.celery import app
from perspectives.actions.event_log import record
from perspectives.actions.notices.notifying import notify
from perspectives.models import NoticeMail, Topic, User
from perspectives.vocab import EventCode, NoticeKind, Role
from tests import factories, smtp
from tests.people import account
from tests.tasks.test_bibliographies import wait_for
from tests.tasks.test_intake import kill, start_worker

__all__ = ["start_worker"]
PEOPLE = 40


@pytest.fixture
def mailbox(settings, monkeypatch):
    with smtp.served(settings) as found:
        monkeypatch.setitem(os.environ, "EMAIL_URL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        yield found


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_no_mail_and_the_broker_may_be_away(published, start_worker, mailbox):
    app.control.purge()
    by = User.objects.create_user("writer", role=Role.MODERATOR)
    people = [account(f"person-{number}", role=Role.MODERATOR) for number in range(PEOPLE)]
    entry = record(EventCode.COMMENT_WRITTEN, by=by, subject=Topic.objects.get(slug=factories.TOPIC))
    notify(NoticeKind.MENTION, entry, to=[one.pk for one in people])
    first = start_worker()
    wait_for(lambda: len(mailbox.mails) >= 5, 120)
    kill(first)
    assert len(mailbox.mails) < PEOPLE, "it was killed in the middle"
    app.control.purge()  # the job is lost too; the periodic one sends it again
    left = NoticeMail.objects.filter(sent_at=None)
    assert left.count() >= PEOPLE - len(mailbox.mails)
    NoticeMail.objects.exclude(next_try_at=None).update(next_try_at=NoticeMail.objects.latest("pk").made_at)
    start_worker()
    app.send_task("perspectives.mail_notices")
    wait_for(lambda: not left.exists(), 120)
    assert {*mailbox.recipients} == {one.email for one in people}
    # One copy at most: of the mail that was at the server in the moment of the kill; its Message-ID says so.
    assert len(mailbox.mails) <= PEOPLE + 1
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == PEOPLE
