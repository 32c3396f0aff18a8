"""Comments: who writes, changes and deletes them, and what they leave."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.accounts import erasing
from perspectives.actions.discussion import assignments, comments
from perspectives.actions.publication import publishing
from perspectives.errors import BrokenRulesError, DomainError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Comment, LogEntry, Notice, Topic, User
from perspectives.queries.discussion import discussed
from perspectives.rules.discussion import mentions
from perspectives.vocab import EventCode, Role
from tests import factories, whole_person
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def proposal(topic, proposer):
    whole_person.retitled(topic, "Another title", by=proposer)
    made = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    Notice.objects.all().delete()
    return made


def write(about, by, text="Which survey?"):
    [kind] = discussed.owner(about)
    return comments.write(kind=kind, number=about.pk, text=text, by=by).comment


def told():
    return {(one.recipient.username, one.kind) for one in Notice.objects.all()}


@pytest.mark.parametrize("role", Role)
def test_who_may_comment(role, topic):
    by = User.objects.create_user("by", role=role)
    if role is Role.READER:
        with pytest.raises(NotPermittedError):
            write(topic, by)
    else:
        assert write(topic, by).text == "Which survey?"


def test_proposals_topics_and_guides_are_discussed_apart(topic, article, proposal, proposer):
    for about in (topic, article, proposal):
        write(about, proposer, f"On {about.pk} of {type(about).__name__}.")
    for about in (topic, article, proposal):
        [said] = discussed.comments(about)
        assert said.text == f"On {about.pk} of {type(about).__name__}."
        assert discussed.subject_of(said.comment) == about
    entries = LogEntry.objects.filter(code=EventCode.COMMENT_WRITTEN).order_by("pk")
    assert [(one.topic, one.article, one.detail.get("proposal")) for one in entries] == [
        (topic, None, None),
        (None, article, None),
        (topic, None, proposal.pk),
    ]
    assert not [one for one in entries if "On " in str((one.note, one.changes, one.detail))]


@pytest.mark.parametrize(("kind", "number"), [("topic", 0), ("article", 0), ("proposal", 0), ("claim", 1)])
def test_what_is_not_there_is_not_discussed(kind, number, reviewer):
    with pytest.raises(NotFoundError):
        comments.write(kind=kind, number=number, text="Why?", by=reviewer)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (mentions.LONGEST + 1), "a\u202eb"])
def test_what_is_no_comment(text, topic, reviewer):
    with pytest.raises(BrokenRulesError) as refused:
        write(topic, reviewer, text)
    assert refused.value.problems
    assert not Comment.objects.exists()


def test_who_is_told_of_a_comment(topic, proposal, proposer, reviewer):
    others = [User.objects.create_user(name, role=Role.MODERATOR) for name in ("sees-to", "before", "other")]
    write(proposal, others[1])
    assignments.assign(kind="proposal", number=proposal.pk, assignee_id=others[0].pk, by=proposer)
    Notice.objects.all().delete()
    write(proposal, reviewer, "As @before said, @reviewer and @proposer.")
    assert told() == {("sees-to", "comment"), ("before", "mention"), ("proposer", "mention")}


def test_mentions_are_kept_by_number_and_told_once(topic, proposer, reviewer, reader):
    written = comments.write(
        kind="topic", number=topic.pk, text="@Reviewer, @reviewer: ask @reader or @gone.", by=proposer
    )
    number = reviewer.pk
    assert written.comment.text == f"@[{number}], @[{number}]: ask @reader or @gone."
    assert written.unknown == ("reader", "gone"), "readers do not see the desk"
    assert told() == {("reviewer", "mention")}
    assert discussed.text_of(written.comment) == "@reviewer, @reviewer: ask @reader or @gone."


def test_an_edit_tells_those_who_are_mentioned_only_now(topic, proposer, reviewer):
    one = write(topic, proposer, "See @reviewer.")
    other = User.objects.create_user("other", role=Role.CONTRIBUTOR)
    Notice.objects.all().delete()
    edited = comments.edit(comment_id=one.pk, text="See @reviewer and @other.", by=proposer)
    assert edited.comment.edited_at
    assert told() == {(other.username, "mention")}
    before = LogEntry.objects.count()
    comments.edit(comment_id=one.pk, text="See  @reviewer and @other.", by=proposer)
    assert LogEntry.objects.count() == before, "nothing was changed"


def test_an_edit_is_for_the_author_and_for_a_day(topic, proposer, reviewer):
    one = write(topic, proposer)
    with pytest.raises(NotPermittedError):
        comments.edit(comment_id=one.pk, text="No.", by=reviewer)
    with pytest.raises(BrokenRulesError):
        comments.edit(comment_id=one.pk, text="", by=proposer)
    Comment.objects.filter(pk=one.pk).update(at=timezone.now() - comments.CHANGED_UNTIL - timedelta(seconds=1))
    with pytest.raises(NotPossibleError, match="for a day"):
        comments.edit(comment_id=one.pk, text="No.", by=proposer)


def test_a_comment_is_deleted_by_its_author_or_a_chief_editor(topic, proposer, reviewer):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    own, other = write(topic, proposer, "One of @reviewer."), write(topic, proposer, "Two.")
    with pytest.raises(NotPermittedError):
        comments.delete(comment_id=own.pk, by=reviewer)
    comments.delete(comment_id=own.pk, by=proposer)
    comments.delete(comment_id=other.pk, by=chief)
    assert list(Comment.objects.values_list("text", "deleted_by")) == [("", proposer.pk), ("", chief.pk)]
    for action in (partial(comments.edit, text="Back."), comments.delete):
        with pytest.raises(NotFoundError, match="perhaps it was deleted"):
            action(comment_id=own.pk, by=proposer)
    with pytest.raises(NotFoundError):
        discussed.comment(own.pk)


def test_of_who_is_erased_the_words_stay_under_the_pseudonym(topic, proposer, reviewer):
    write(topic, proposer, "Mine.")
    write(topic, reviewer, "Thanks, @proposer.")
    erasing.erase(account_id=proposer.pk, by=proposer)
    said = discussed.comments(topic)
    assert [one.text for one in said] == ["Mine.", f"Thanks, @erased-{proposer.pk}."]
    assert str(said[0].comment.by) == f"erased-{proposer.pk}"


def test_the_database_holds_no_comment_without_words(topic, proposer):
    one = write(topic, proposer)
    for change in ({"text": " "}, {"deleted_at": timezone.now()}, {"deleted_by": proposer}, {"topic": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=one.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one_comment(topic, proposer):
    for number in range(ROUNDS):
        sending = partial(
            comments.write, kind="topic", number=topic.pk, text="Why?", by=proposer, token=f"form {number}"
        )
        first, second = at_once(sending, sending)
        assert first.comment == second.comment
    assert Comment.objects.count() == LogEntry.objects.filter(code=EventCode.COMMENT_WRITTEN).count() == ROUNDS


@pytest.mark.django_db(transaction=True)
def test_of_two_who_delete_at_once_one_does(topic, proposer):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    for number in range(ROUNDS):
        one = write(topic, proposer, f"Round {number}.")
        outcomes = at_once(*(partial(comments.delete, comment_id=one.pk, by=by) for by in (proposer, chief)))
        assert one_winner(outcomes), outcomes
        assert LogEntry.objects.filter(code=EventCode.COMMENT_DELETED, detail__comment=one.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_deletion_at_once_leave_no_words(topic, proposer):
    for number in range(ROUNDS):
        one = write(topic, proposer, f"Round {number}.")
        outcomes = at_once(
            partial(comments.edit, comment_id=one.pk, text="Changed.", by=proposer),
            partial(comments.delete, comment_id=one.pk, by=proposer),
        )
        assert not isinstance(outcomes[1], DomainError)
        one.refresh_from_db()
        assert (one.text, one.deleted_by) == ("", proposer)
