"""The links of courses to a class, what pupils handed in for a grade, and how far their sending has come."""

from django.db.models import Count, Q, QuerySet

from perspectives.models import Activity, Classroom, LtiAssignment, LtiGrade, LtiGradeRun, LtiLearner
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


def last_run(assignment: LtiAssignment) -> LtiGradeRun | None:
    """Find the newest sending of the grades of a link."""
    return LtiGradeRun.objects.filter(assignment=assignment).first()


def grades(run: LtiGradeRun) -> QuerySet[LtiGrade]:
    """List the grades of a sending by nickname."""
    return LtiGrade.objects.filter(run=run).select_related("learner__pupil").order_by("learner__pupil__nickname")


def open_runs() -> QuerySet[LtiGradeRun]:
    """List the sendings that are not finished, oldest first."""
    return LtiGradeRun.objects.filter(finished_at=None).order_by("pk")


def waiting(run: LtiGradeRun) -> QuerySet[LtiGrade]:
    """List the grades of a sending that are to be sent."""
    return LtiGrade.objects.filter(run=run, state=LtiGradeState.WAITING).select_related("learner").order_by("pk")
