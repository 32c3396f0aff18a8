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
from perspectives.actions.lti import keys
from perspectives.clients.http import FetchError, UnreachableError
from perspectives.clients.lti import services
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Classroom, LtiAssignment, LtiGrade, LtiGradeRun
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.lti import grades as queries
from perspectives.rules.lti import grading
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
    if not grading.is_graded(found.lineitem_url, found.scopes):
        raise NotPossibleError(
            "The platform takes no grades for this link. Give it points in the course, open it once."
        )
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
    if not queries.open_runs().exists():
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
    free = queries.open_runs().select_for_update(skip_locked=True).exclude(pk__in=left_alone)
    run = free.first()
    if run is None:
        return False
    grade = queries.waiting(run).first()
    if grade is None:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        return True
    state, error = _sent(grade)
    # Who does not answer for one answers for none: the try counts for all that wait.
    tried = queries.waiting(run) if state is LtiGradeState.WAITING else LtiGrade.objects.filter(pk=grade.pk)
    if state is LtiGradeState.WAITING:
        left_alone.add(run.pk)
        if grade.tries + 1 >= grading.MOST_TRIES:
            state, error = LtiGradeState.REFUSED, f"{error} It was tried {grading.MOST_TRIES} times."
    tried.update(state=state, last_error=error, tries=F("tries") + 1)
    return True


def _sent(grade: LtiGrade) -> tuple[LtiGradeState, str]:
    """Send a grade once, and say how far it has come and why."""
    link = LtiAssignment.objects.select_related("course__deployment__registration").get(pk=grade.run.assignment_id)
    return sent(link, grading.body(grade.learner.user_id, grade.score, grade.maximum, grade.timestamp))


def sent(link: LtiAssignment, content: dict[str, Any]) -> tuple[LtiGradeState, str]:
    """Send a score to the line item of a link once, and say how far it has come and why."""
    address = grading.scores_url(link.lineitem_url)
    try:
        status = services.send(
            link.course.deployment.registration,
            address,
            content,
            kind=grading.CONTENT_TYPE,
            scope=grading.SCOPE,
            sign=lambda claims: keys.signed(claims=claims),
        )
    except UnreachableError as error:
        return LtiGradeState.WAITING, str(error)
    except FetchError as error:
        return LtiGradeState.REFUSED, str(error)
    return grading.outcome(status, urlsplit(address).hostname or "")
