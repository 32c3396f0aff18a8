"""The pages of one's own notices."""

import re

import pytest
from django.test import Client

from perspectives.actions.event_log import record
from perspectives.actions.notices.notifying import notify
from perspectives.models import MailChoice, Notice, Topic, User
from perspectives.queries.notices import notices
from perspectives.vocab import EventCode, MailFrequency, NoticeKind, Role
from tests import factories

pytestmark = pytest.mark.usefixtures("published")
LIST, READ, MAILS = "/account/notices/", "/account/notices/read/", "/account/notices/mail/"


@pytest.fixture
def tell(proposer):
    def give(person, kind=NoticeKind.MENTION):
        topic = Topic.objects.get(slug=factories.TOPIC)
        notify(kind, record(EventCode.COMMENT_WRITTEN, by=proposer, subject=topic, comment=7), to=[person.pk])
        return Notice.objects.latest("pk")

    return give


@pytest.fixture
def moderator(signed_in):
    return signed_in("moderator")


def sentences(response):
    return re.findall(r'name="open" value="(\d+)"', response.text)


def test_the_head_counts_what_is_not_read(moderator, tell):
    client, person = moderator
    assert 'class="count"' not in client.get("/desk/").text
    tell(person)
    for address in ("/desk/", "/account/"):
        assert '<span class="count">1<span class="visually-hidden"> not read</span></span>' in client.get(address).text


def test_what_is_new_stands_first_and_opens_what_it_is_about(moderator, tell):
    client, person = moderator
    first, second, third = (tell(person) for _ in range(3))
    opened = client.post(READ, {"open": third.pk})
    assert opened.url == f"/desk/discussion/topic/{third.entry.topic_id}/#comment_7"
    assert sentences(client.get(LIST)) == [str(one.pk) for one in (second, first, third)]
    assert client.post(READ, {"notice": second.pk}).url == LIST
    page = client.post(READ, follow=True)
    assert "1 notice marked as read." in page.text
    assert "All read" in page.text
    assert notices.unread_count(person) == 0


def test_others_notices_are_not_there(moderator, tell, reviewer):
    other = tell(reviewer)
    for number in (other.pk, 10**30, "x", "²"):
        assert moderator[0].post(READ, {"notice": number}).status_code == 404, number
    assert Notice.objects.get().read_at is None


def test_the_list_has_pages_and_its_price_does_not_grow(moderator, tell, django_assert_num_queries):
    client, person = moderator
    tell(person)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for _ in range(60):
        tell(person)
    with django_assert_num_queries(6):
        page = client.get(LIST)
    assert len(sentences(page)) == 50
    assert len(sentences(client.get(f"{LIST}?page=2"))) == 11
    assert client.get(f"{LIST}?page=3").status_code == 404


def test_words_of_others_are_text(moderator, tell):
    client, person = moderator
    User.objects.filter(username="proposer").update(display_name="<b>Ada</b>")
    tell(person)
    assert "&lt;b&gt;Ada&lt;/b&gt; mentioned you" in client.get(LIST).text


@pytest.mark.parametrize(("role", "kinds"), [(Role.READER, 1), (Role.CONTRIBUTOR, 7), (Role.MODERATOR, 7)])
def test_mails_are_chosen_by_kind(role, kinds, signed_in):
    client, person = signed_in(role)
    page = client.get(MAILS).text
    assert page.count("<select") == kinds
    sent = dict.fromkeys([one.value for one in NoticeKind][: 7 if kinds == 7 else 3], "never") | {"suggestion": "daily"}
    assert client.post(MAILS, sent, follow=True).text.count("Your choice is kept.") == 1
    assert notices.choices(person)[NoticeKind.SUGGESTION] is MailFrequency.DAILY
    assert MailChoice.objects.count() == kinds
    refused = client.post(MAILS, {**sent, "suggestion": "hourly"})
    assert "Not kept" in refused.text
    assert notices.choices(person)[NoticeKind.SUGGESTION] is MailFrequency.DAILY


def test_the_link_of_a_mail_asks_before_it_stops_them(client, reviewer):
    address = f"/account/unsubscribe/{notices.token(reviewer)}/"
    assert "Stop the mails of notices?" in client.get(address).text
    assert not MailChoice.objects.exists(), "programs that look at links stop nothing"
    done = client.post(address)
    assert "You get no more mails of notices" in done.text
    assert set(notices.choices(reviewer).values()) == {MailFrequency.NEVER}
    assert "no-store" in done["Cache-Control"]


def test_one_click_needs_no_cookie_and_no_token_of_a_form(reviewer):
    strict = Client(enforce_csrf_checks=True)
    address = f"/account/unsubscribe/{notices.token(reviewer)}/"
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(READ).status_code == 403
    assert set(notices.choices(reviewer).values()) == {MailFrequency.NEVER}
