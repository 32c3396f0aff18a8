"""What the page of a class shows of the learning platforms that link to it: who came, and the grades that went back."""

from collections.abc import Sequence
from dataclasses import dataclass

from perspectives.models import Classroom, LtiAssignment, LtiGrade, LtiGradeRun
from perspectives.queries.lti import grades
from perspectives.vocab import LtiGradeState


@dataclass(frozen=True)
class Sent:
    """A grade of the last sending, and how far it has come."""

    grade: LtiGrade
    state: LtiGradeState


@dataclass(frozen=True)
class LinkView:
    """A link of a course to the class, with its last sending."""

    assignment: LtiAssignment
    platform: str
    came: int
    run: LtiGradeRun | None
    sent: Sequence[Sent]


def links(room: Classroom) -> list[LinkView]:
    """List the links of courses to a class."""
    return [_link(one) for one in grades.assignments(room)]


def _link(assignment: LtiAssignment) -> LinkView:
    run = grades.last_run(assignment)
    sent = [Sent(one, LtiGradeState.of(one.state)) for one in grades.grades(run)] if run else []
    platform = assignment.course.deployment.registration.name
    return LinkView(assignment, platform, len(grades.handed_in(assignment)), run, sent)
