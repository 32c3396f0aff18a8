"""Who sees to a draft or a proposal: one person at a time, with a day by which it is to be done."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from perspectives.actions.event_log import record
from perspectives.actions.notices.notifying import notify
from perspectives.errors import BrokenRulesError, ConflictError, NotPossibleError, require_found
from perspectives.models import Assignment, Proposal, User
from perspectives.policy import Actor, Permission, is_moderator, require_person
from perspectives.queries.discussion import discussed
from perspectives.queries.discussion.discussed import Discussed
from perspectives.rules.accounts.profile import FieldProblem
from perspectives.vocab import EventCode, NoticeKind, ProposalStatus


@transaction.atomic
def assign(
    *, kind: str, number: int, assignee_id: int | None, by: Actor | None, due_on: date | None = None, seen: int = 0
) -> Assignment | None:
    """Let somebody see to a draft or a proposal from now on, or nobody; `kind` and `number` name it.

    `seen` is the number of the assignment that stood there when this was asked for, 0 for none. What changes nothing
    leaves no trace. Raises NotPermittedError, NotFoundError, ConflictError where another stands there now,
    NotPossibleError for a proposal that was decided, and BrokenRulesError for a person who is no active moderator or a
    day that is over.
    """
    person = require_person(by, Permission.ASSIGNMENT_MAKE)
    subject = _locked(kind, number)
    standing = discussed.assignment(subject)
    if (standing.pk if standing else 0) != seen:
        raise ConflictError("Somebody else changed in the meantime who sees to this. Look again, then choose.")
    assignee = _checked(subject, assignee_id, due_on, standing)
    if standing and assignee and (standing.assignee, standing.due_on) == (assignee, due_on):
        return standing
    if standing:
        standing.ended_at, standing.ended_by = timezone.now(), person
        standing.save(update_fields=["ended_at", "ended_by"])
    if assignee:
        return _made(subject, assignee, due_on, by=person)
    if standing:
        logged, detail = discussed.logged_as(subject)
        record(EventCode.ASSIGNMENT_ENDED, by=person, subject=logged, **detail)
    return None


def end_all(account: User) -> None:
    """End what somebody sees to, since the account is erased."""
    Assignment.objects.filter(assignee=account, ended_at=None).update(ended_at=timezone.now(), ended_by=account)


def _locked(kind: str, number: int) -> Discussed:
    """Find and lock what is assigned, so that of two who do so at once the second sees what the first did."""
    subject = discussed.subject(kind, number)
    model = type(subject)
    locked = model._default_manager.select_for_update(no_key=True).filter(pk=subject.pk).values_list("pk").first()
    require_found(locked, f"There is no {kind} with the number {number}.")
    return discussed.subject(kind, number)


def _checked(
    subject: Discussed, assignee_id: int | None, due_on: date | None, standing: Assignment | None
) -> User | None:
    """Find the person. Raises NotPossibleError and BrokenRulesError."""
    if isinstance(subject, Proposal) and subject.status != ProposalStatus.OPEN:
        raise NotPossibleError("This proposal is decided; there is nothing to see to any more.")
    if assignee_id is None:
        return None
    problems = []
    found = User.objects.filter(pk=assignee_id).first()
    if not is_moderator(found):
        problems.append(FieldProblem("assignee", "Choose an active moderator."))
    is_new_day = standing is None or standing.due_on != due_on
    if due_on and is_new_day and due_on < timezone.now().date():
        problems.append(FieldProblem("due_on", "This day is over; choose a later one, or none."))
    if problems:
        raise BrokenRulesError("It cannot be assigned like this.", tuple(problems))
    return found


def _made(subject: Discussed, assignee: User, due_on: date | None, *, by: User) -> Assignment:
    about = discussed.owner(subject)
    made = Assignment.objects.create(**about, assignee=assignee, due_on=due_on, at=timezone.now(), by=by)
    logged, detail = discussed.logged_as(subject)
    if due_on:
        detail["due"] = due_on.isoformat()
    entry = record(EventCode.ASSIGNMENT_MADE, by=by, subject=logged, **detail)
    notify(NoticeKind.ASSIGNMENT, entry, to=[assignee.pk])
    return made
