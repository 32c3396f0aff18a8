"""Discussing drafts and proposals at the desk, without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from perspectives.actions.discussion import assignments, comments
from perspectives.actions.publication import publishing
from perspectives.models import Assignment, Comment, Topic, User
from perspectives.queries.discussion import discussed
from perspectives.vocab import Role
from tests import factories, whole_person

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def proposal(topic, proposer):
    whole_person.retitled(topic, "Another title", by=proposer)
    return publishing.propose_topic(topic_id=topic.pk, by=proposer)


@pytest.fixture
def moderator(signed_in):
    return signed_in("moderator")


def of(about):
    [kind] = discussed.owner(about)
    return f"/desk/discussion/{kind}/{about.pk}/"


def test_a_comment_stands_on_the_page_of_what_it_is_about(moderator, topic, article, proposal, reviewer):
    client, _ = moderator
    for about, home in (
        (topic, f"/desk/topics/{topic.slug}/"),
        (proposal, f"/desk/proposals/{proposal.pk}/"),
        (article, of(article)),
    ):
        sent = client.post(of(about), {"text": "Which <survey>?\n\nAsk @reviewer or @gone."})
        one = Comment.objects.latest("pk")
        assert sent.url == f"{home}#comment_{one.pk}"
        page = client.get(home).text
        assert f'id="comment_{one.pk}"' in page
        assert "Which &lt;survey&gt;?</p>" in page
        assert "Ask @reviewer or @gone." in page
        assert "Nobody at the desk is called “@gone”" in page
        assert "Your comment stands below." in page
        assert client.get(of(about)).status_code == 200


@pytest.mark.parametrize(("text", "said"), [("", "Write something."), ("a\u202eb", "U+202E"), ("x" * 3001, "3000")])
def test_a_refused_comment_keeps_its_words(text, said, moderator, topic):
    refused = moderator[0].post(of(topic), {"text": text})
    assert refused.status_code == 422
    assert "The comment was not written." in refused.text
    assert said in refused.text
    assert text in refused.text
    assert not Comment.objects.exists()


def test_ones_own_comment_is_changed_and_deleted(moderator, topic, reviewer):
    client, person = moderator
    one = comments.write(kind="topic", number=topic.pk, text="Ask @reviewer.", by=person).comment
    other = comments.write(kind="topic", number=topic.pk, text="Asked.", by=reviewer).comment
    page = client.get(f"/desk/topics/{topic.slug}/").text
    assert re.findall(r'href="/desk/comments/(\d+)/"', page) == [str(one.pk)]
    form = client.get(f"/desk/comments/{one.pk}/")
    assert ">\nAsk @reviewer.</textarea>" in form.text
    assert client.post(f"/desk/comments/{one.pk}/", {"text": " "}).status_code == 422
    assert client.post(f"/desk/comments/{one.pk}/", {"text": "Ask @moderator."}).url.endswith(f"#comment_{one.pk}")
    assert "Ask @moderator." in client.get(of(topic)).text
    assert client.get(f"/desk/comments/{other.pk}/").status_code == 403
    assert client.post(f"/desk/comments/{one.pk}/delete/").url == f"/desk/topics/{topic.slug}/#discussion"
    page = client.get(of(topic)).text
    assert "Deleted." in page
    assert "Ask @moderator." not in page
    assert client.get(f"/desk/comments/{one.pk}/").status_code == 404
    Comment.objects.filter(pk=other.pk).update(at=timezone.now() - timedelta(days=2), by=person)
    assert f'/desk/comments/{other.pk}/"' not in client.get(of(topic)).text
    late = client.post(f"/desk/comments/{other.pk}/", {"text": "Later."})
    assert "can be changed for a day" in late.text


def test_a_chief_editor_deletes_what_somebody_wrote(signed_in, topic, reviewer):
    one = comments.write(kind="topic", number=topic.pk, text="Private.", by=reviewer).comment
    client, person = signed_in(Role.CHIEF_EDITOR)
    client.post(f"/desk/comments/{one.pk}/delete/")
    assert f"Deleted by {person}." in client.get(of(topic)).text


def test_a_draft_is_assigned_and_stands_on_the_first_page_of_whoever_sees_to_it(moderator, topic, proposer):
    client, person = moderator
    day = timezone.now().date() + timedelta(days=3)
    sent = client.post(f"{of(topic)}assign/", {"assignee": person.pk, "due_on": day.isoformat(), "seen": 0})
    assert sent.url == f"/desk/topics/{topic.slug}/#discussion"
    assert "moderator sees to this." in client.get(sent.url).text
    home = client.get("/desk/").text
    assert "Yours to see to" in home
    assert f'<a href="/desk/topics/{topic.slug}/">Draft: {topic.title}</a>' in home
    assert "overdue" not in home
    Assignment.objects.update(due_on=timezone.now().date() - timedelta(days=1))
    assert "overdue" in client.get("/desk/").text
    assert "(overdue)" in client.get(of(topic)).text
    again = client.post(f"{of(topic)}assign/", {"assignee": proposer.pk, "due_on": "", "seen": 0})
    assert again.status_code == 409
    assert f'name="seen" value="{Assignment.objects.get().pk}"' in again.text, "with it the form can be sent again"
    assert "Somebody else changed in the meantime" in again.text
    seen = Assignment.objects.get().pk
    refused = client.post(f"{of(topic)}assign/", {"assignee": person.pk, "due_on": "2001-01-01", "seen": seen})
    assert "This day is over" in refused.text
    client.post(f"{of(topic)}assign/", {"assignee": "", "due_on": "", "seen": seen})
    assert "Nobody sees to this yet." in client.get(of(topic)).text
    assert "Yours to see to" not in client.get("/desk/").text


def test_who_may_not_assign_has_no_form_and_a_decided_proposal_none_either(signed_in, topic, proposal, proposer):
    client, _ = signed_in(Role.CONTRIBUTOR)
    assert "Give it to somebody" not in client.get(of(topic)).text
    assert client.post(f"{of(topic)}assign/", {"assignee": "", "seen": 0}).status_code == 403
    client, _ = signed_in(Role.MODERATOR)
    assert "Give it to somebody" in client.get(of(proposal)).text
    publishing.withdraw(proposal_id=proposal.pk, by=proposer)
    assert "Give it to somebody" not in client.get(of(proposal)).text
    assert client.post(f"{of(proposal)}assign/", {"assignee": "", "seen": 0}).status_code == 409


def test_somebody_who_left_still_stands_where_they_saw_to_it(moderator, topic, proposer):
    gone = User.objects.create_user("gone", role=Role.MODERATOR)
    assignments.assign(kind="topic", number=topic.pk, assignee_id=gone.pk, by=proposer)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert f'<option value="{gone.pk}" selected>gone</option>' in moderator[0].get(of(topic)).text


@pytest.mark.parametrize("kind", ["claim", "source"])
def test_other_things_are_not_discussed(kind, moderator):
    assert moderator[0].get(f"/desk/discussion/{kind}/1/").status_code == 404


def test_the_price_does_not_grow_with_what_is_said(moderator, topic, reviewer, django_assert_max_num_queries):
    client, _ = moderator
    for number in range(2):
        comments.write(kind="topic", number=topic.pk, text=f"{number}: @reviewer", by=reviewer)
    client.get(of(topic))
    with django_assert_max_num_queries(11):
        client.get(of(topic))
    for number in range(30):
        comments.write(kind="topic", number=topic.pk, text=f"{number}: @moderator", by=reviewer)
    with django_assert_max_num_queries(11):
        client.get(of(topic))


@pytest.mark.parametrize("address", ["/desk/", "/desk/gaps/"])
def test_a_script_gets_the_part_that_changes_alone(address, moderator):
    part = moderator[0].get(address, headers={"HX-Request": "true"})
    assert part.text.startswith("<div data-live-part data-live=")
    assert "<html" not in part.text
    assert "HX-Request" in part["Vary"]
    whole = moderator[0].get(address).text
    assert "data-live-status" in whole
    assert "js/live.js" in whole
