"""The links of courses to a class, what pupils handed in for a grade, and how far their sending has come."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from perspectives.models import Activity, Classroom, LtiAssignment, LtiCourse, LtiGrade, LtiGradeRun, LtiLearner
from perspectives.vocab import ActivityKind, ActivityPhase, LtiGradeState

_COUNTED = [kind for kind in ActivityKind if kind is not ActivityKind.POLL]
"""A poll is voluntary and nobody's, so it is never counted."""


def assignments(room: Classroom) -> QuerySet[LtiAssignment]:
    """List the links to a class."""
    return LtiAssignment.objects.filter(classroom=room).select_related("course__deployment__registration")


def counted(room: Classroom) -> int:
    """Count the activities of a class that have begun and make a grade."""
    return Activity.objects.filter(classroom=room, kind__in=_COUNTED).exclude(phase=ActivityPhase.PLANNED).count()


def handed_in(assignment: LtiAssignment) -> dict[int, int]:
    """Map who came by a link, as learners, to the number of counted activities in which they handed something in."""
    found = LtiLearner.objects.filter(assignment=assignment)
    activity = "pupil__contributions__activity"
    own = Q(**{f"{activity}__kind__in": _COUNTED}) & ~Q(**{f"{activity}__phase": ActivityPhase.PLANNED})
    counted = found.annotate(number=Count(activity, filter=own, distinct=True)).order_by("pk")
    return dict(counted.values_list("pk", "number"))


def came_from(course: LtiCourse, room: Classroom) -> list[tuple[str, str]]:
    """List who came from a course into a class, by whichever link: the platform's id and our nickname."""
    found = LtiLearner.objects.filter(assignment__course=course, assignment__classroom=room)
    return list(found.values_list("user_id", "pupil__nickname"))


def last_run(assignment: LtiAssignment) -> LtiGradeRun | None:
    """Find the newest sending of the grades of a link."""
    return LtiGradeRun.objects.filter(assignment=assignment).first()


def grades(run: LtiGradeRun) -> QuerySet[LtiGrade]:
    """List the grades of a sending by nickname."""
    return LtiGrade.objects.filter(run=run).select_related("learner__pupil").order_by("learner__pupil__nickname")


def open_runs(now: datetime) -> QuerySet[LtiGradeRun]:
    """List the sendings that are not finished and whose platforms may be asked now, oldest first."""
    may_be_asked = Q(asked_again_at=None) | Q(asked_again_at__lte=now)
    return LtiGradeRun.objects.filter(may_be_asked, finished_at=None).order_by("pk")


def waiting(run: LtiGradeRun) -> QuerySet[LtiGrade]:
    """List the grades of a sending that are to be sent."""
    return LtiGrade.objects.filter(run=run, state=LtiGradeState.WAITING).select_related("learner").order_by("pk")
