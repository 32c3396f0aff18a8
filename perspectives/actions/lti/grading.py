"""Sending grades: begun by the teacher, a row a pupil, sent in the background, each once in the platform's book.

A grade is sent while its run is locked, with the time of the run: whoever is ended before writing down that it was
sent leaves it waiting, it is sent again with the same time, and the platform says (409) that it has it.
"""

import time
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from perspectives import jobs
from perspectives.actions.locks import locked_actor
from perspectives.actions.lti import keys, line_items
from perspectives.clients.http import FetchError, UnreachableError
from perspectives.clients.lti import services
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Classroom, LtiAssignment, LtiGrade, LtiGradeRun
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.lti import grades as queries
from perspectives.rules.lti import grading
from perspectives.rules.lti import line_items as line_item_rules
from perspectives.vocab import LtiGradeState

TURN_SECONDS: Final = 30.0
"""For how long a job sends before others come between."""
MOST_SECONDS: Final = 120


@transaction.atomic
def begin(*, assignment_id: int, by: Actor | None) -> LtiGradeRun:
    """Begin to send the grades of all who came into a class by a link.

    Raises NotFoundError, NotPermittedError, and NotPossibleError where the platform takes no scores for the link,
    nobody came by it, nothing can be counted yet, or the grades are being sent.
    """
    actor = locked_actor(by)
    found = LtiAssignment.objects.select_related("classroom").filter(pk=assignment_id).first()
    found = require_found(found, f"There is no link with the number {assignment_id}.")
    room = require_found(found.classroom, f"The link with the number {assignment_id} leads into no class.")
    require_person(actor, Permission.CLASS_LEAD, begun_by=room.owner_id)
    Classroom.objects.select_for_update().filter(pk=room.pk).first()  # so that it is not deleted meanwhile
    obstacle = line_item_rules.obstacle(found.lineitem_url, found.lineitems_url, found.scopes)
    if obstacle:
        raise NotPossibleError(obstacle)
    activities, learners = queries.counted(room), queries.handed_in(found)
    if not activities or not learners:
        missing = "no activity but polls has begun" if learners else "nobody has come by this link"
        raise NotPossibleError(f"There is nothing to send yet: {missing}.")
    run = _opened(found)
    LtiGrade.objects.bulk_create(
        LtiGrade(
            run=run,
            learner_id=learner,
            score=grading.score(number, activities),
            maximum=grading.MAXIMUM,
            timestamp=run.begun_at,
        )
        for learner, number in learners.items()
    )
    jobs.enqueue(jobs.Job.SEND_LTI_GRADES)
    return run


def send_for(*, seconds: float) -> None:
    """Send grades that wait, one after another, for so long; send the job again where some are left.

    A platform that does not answer is left alone until the next job; what it refuses is not sent again.
    """
    if not queries.open_runs(timezone.now()).exists():
        return
    keys.renew()  # before the first is signed for, so that the platform finds the key where it looks for it
    deadline, left_alone = time.monotonic() + seconds, set[int]()
    while _send_one(left_alone):
        if time.monotonic() > deadline:
            jobs.enqueue(jobs.Job.SEND_LTI_GRADES)
            return


def _opened(assignment: LtiAssignment) -> LtiGradeRun:
    """Begin a run, later than the last one by the clock that the platform compares."""
    last, now = queries.last_run(assignment), timezone.now()
    begun_at = max(now, last.begun_at + timedelta(milliseconds=1)) if last else now
    try:
        with transaction.atomic():
            return LtiGradeRun.objects.create(assignment=assignment, begun_at=begun_at)
    except IntegrityError:
        raise NotPossibleError("The grades of this link are being sent; look again in a moment.") from None


@transaction.atomic
def _send_one(left_alone: set[int]) -> bool:
    """Send a grade of a run that nobody else is sending, or finish the run; False where there is no such run."""
    now = timezone.now()
    run = queries.open_runs(now).select_for_update(skip_locked=True).exclude(pk__in=left_alone).first()
    if run is None:
        return False
    grade = queries.waiting(run).first()
    if grade is None:
        run.finished_at = now
        run.save(update_fields=["finished_at"])
        return True
    try:
        state, why = _sent(grade)
    except FetchError as error:
        if _put_off(run, grade, error):
            left_alone.add(run.pk)
    else:
        LtiGrade.objects.filter(pk=grade.pk).update(state=state, last_error=why, tries=F("tries") + 1)
    return True


def _put_off(run: LtiGradeRun, grade: LtiGrade, error: FetchError) -> bool:
    """Leave all that waits to a later try, or give it up (False): who does not answer for one answers for none."""
    is_later_better, why = isinstance(error, UnreachableError), str(error)
    is_waiting = is_later_better and grade.tries + 1 < grading.MOST_TRIES
    if is_later_better and not is_waiting:
        why += f" It was tried {grading.MOST_TRIES} times."
    if isinstance(error, UnreachableError) and error.retry_after is not None:
        seconds = min(error.retry_after, grading.LONGEST_WAIT_SECONDS)
        run.asked_again_at = timezone.now() + timedelta(seconds=seconds)
        run.save(update_fields=["asked_again_at"])
    state = LtiGradeState.WAITING if is_waiting else LtiGradeState.REFUSED
    queries.waiting(run).update(state=state, last_error=why, tries=F("tries") + 1)
    return is_waiting


def _sent(grade: LtiGrade) -> tuple[LtiGradeState, str]:
    """Send a grade once, and say what the platform answers to it. Raises FetchError and UnreachableError."""
    known = LtiAssignment.objects.select_related("course__deployment__registration", "classroom")
    link = known.get(pk=grade.run.assignment_id)
    return sent(link, grading.body(grade.learner.user_id, grade.score, grade.maximum, grade.timestamp))


def sent(link: LtiAssignment, wanted: dict[str, Any]) -> tuple[LtiGradeState, str]:
    """Send a score to the line item of a link once, and say what the platform answers to it.

    Raises FetchError, and UnreachableError where later may be better.
    """
    address = grading.scores_url(line_items.address_of(link))
    access = keys.access(link.course.deployment.registration, grading.SCOPE)
    answer = services.send(access, address, wanted, kind=grading.CONTENT_TYPE)
    return grading.outcome(answer.status, urlsplit(address).hostname or "")
