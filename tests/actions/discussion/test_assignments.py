"""Who sees to a draft or a proposal."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.accounts import erasing
from perspectives.actions.discussion import assignments
from perspectives.actions.publication import publishing
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Assignment, LogEntry, Notice, Topic, User
from perspectives.queries.discussion import discussed
from perspectives.queries.notices import notices
from perspectives.vocab import Role
from tests import factories, whole_person
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


def assign(about, to, by, **more):
    [kind] = discussed.owner(about)
    standing = discussed.assignment(about)
    given = {"seen": standing.pk if standing else 0, **more}
    return assignments.assign(kind=kind, number=about.pk, assignee_id=to.pk if to else None, by=by, **given)


def tomorrow():
    return timezone.now().date() + timedelta(days=1)


def test_somebody_sees_to_a_draft_then_another_then_nobody(topic, proposer, reviewer):
    first = assign(topic, reviewer, proposer, due_on=tomorrow())
    assert list(discussed.assignments_of(reviewer)) == [first]
    [notice] = Notice.objects.filter(recipient=reviewer)
    said = notices.told(notice)
    day = f"{tomorrow().day} {tomorrow():%B %Y}"
    assert said.sentence == f"proposer gave you the draft of “{topic.title}” to see to, by {day}."
    assert said.address == f"/desk/discussion/topic/{topic.pk}/"
    second = assign(topic, proposer, reviewer)
    first.refresh_from_db()
    assert (first.ended_by, discussed.assignment(topic)) == (reviewer, second)
    assert assign(topic, proposer, reviewer) == second, "nothing changed"
    assert assign(topic, None, proposer) is None
    assert assign(topic, None, proposer) is None, "nothing changed"
    codes = LogEntry.objects.filter(code__startswith="assignment").order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["assignment.made", "assignment.made", "assignment.ended"]
    assert not discussed.assignments_of(proposer).exists()


def test_a_guide_is_seen_to_as_well(article, proposer, reviewer):
    assign(article, reviewer, proposer)
    assert list(Notice.objects.all()) == list(Notice.objects.filter(recipient=reviewer))
    assert notices.told(Notice.objects.get()).address == f"/desk/discussion/article/{article.pk}/"


def test_what_is_due_first_stands_first(topic, article, proposer, reviewer):
    other = Topic.objects.get(slug=factories.OTHER_TOPIC)
    late = assign(topic, reviewer, proposer, due_on=tomorrow() + timedelta(days=1))
    never = assign(article, reviewer, proposer)
    soon = assign(other, reviewer, proposer, due_on=tomorrow())
    assert list(discussed.assignments_of(reviewer)) == [soon, late, never]


@pytest.mark.parametrize("role", Role)
def test_moderators_assign_moderators(role, topic, proposer):
    person = User.objects.create_user("person", role=role)
    if role in {Role.MODERATOR, Role.CHIEF_EDITOR}:
        assert assign(topic, person, person)
        return
    with pytest.raises(NotPermittedError):
        assign(topic, proposer, person)
    with pytest.raises(BrokenRulesError) as refused:
        assign(topic, person, proposer)
    assert [problem.field for problem in refused.value.problems] == ["assignee"]


def test_all_that_is_wrong_is_told_at_once(topic, proposer):
    yesterday = timezone.now().date() - timedelta(days=1)
    with pytest.raises(BrokenRulesError) as refused:
        assign(topic, User(pk=0), proposer, due_on=yesterday)
    assert [problem.field for problem in refused.value.problems] == ["assignee", "due_on"]
    with pytest.raises(NotFoundError):
        assignments.assign(kind="topic", number=0, assignee_id=None, by=proposer)


def test_an_overdue_assignment_can_go_to_another_with_its_day(topic, proposer, reviewer):
    assign(topic, reviewer, proposer, due_on=tomorrow())
    yesterday = timezone.now().date() - timedelta(days=1)
    Assignment.objects.update(due_on=yesterday)
    assert assign(topic, proposer, reviewer, due_on=yesterday).due_on == yesterday


def test_who_has_seen_another_state_is_told(topic, proposer, reviewer):
    assign(topic, reviewer, proposer)
    with pytest.raises(ConflictError, match="Somebody else changed"):
        assign(topic, proposer, proposer, seen=0)


def test_of_a_decided_proposal_there_is_nothing_to_see_to(topic, proposer, reviewer):
    whole_person.retitled(topic, "Another title", by=proposer)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    made = assign(proposal, reviewer, proposer)
    assert list(discussed.assignments_of(reviewer)) == [made]
    assert notices.told(notices.listed(reviewer)[0]).sentence.startswith(f"proposer gave you proposal {proposal.pk} of")
    publishing.withdraw(proposal_id=proposal.pk, by=proposer)
    assert not discussed.assignments_of(reviewer).exists()
    with pytest.raises(NotPossibleError, match="decided"):
        assign(proposal, None, proposer)


def test_who_is_erased_sees_to_nothing(topic, proposer, reviewer):
    assign(topic, reviewer, proposer)
    erasing.erase(account_id=reviewer.pk, by=reviewer)
    assert discussed.assignment(topic) is None
    assert Assignment.objects.get().ended_by == reviewer


def test_the_database_lets_one_person_see_to_a_draft(topic, proposer, reviewer):
    given = {"topic": topic, "at": timezone.now(), "by": proposer}
    Assignment.objects.create(**given, assignee=reviewer)
    with pytest.raises(IntegrityError, match="one_person_sees_to_the_topic"), transaction.atomic():
        Assignment.objects.create(**given, assignee=proposer)
    with pytest.raises(IntegrityError, match="end_is_whole"), transaction.atomic():
        Assignment.objects.update(ended_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_assign_at_once_one_does(topic, proposer, reviewer):
    for _ in range(ROUNDS):
        standing = discussed.assignment(topic)
        both = (
            partial(assign, topic, person, person, due_on=tomorrow(), seen=standing.pk if standing else 0)
            for person in (proposer, reviewer)
        )
        outcomes = at_once(*both)
        assert one_winner(outcomes), outcomes
        assert Assignment.objects.filter(ended_at=None).count() == 1
        assign(topic, None, proposer)
