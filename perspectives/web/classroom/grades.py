"""What the page of a class shows of the learning platforms that link to it: who came, grades, what a roster says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perspectives.models import Classroom, LtiAssignment, LtiGrade, LtiGradeRun
from perspectives.queries.lti import grades
from perspectives.rules.lti import line_items
from perspectives.rules.lti.roster import Comparison
from perspectives.vocab import LtiGradeState

_MOST_NICKNAMES: Final = 30
"""Named at once in a message."""


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
    advice: str
    """What hinders grades, or what a teacher should know before they are sent."""
    run: LtiGradeRun | None
    sent: Sequence[Sent]


def links(room: Classroom) -> list[LinkView]:
    """List the links of courses to a class."""
    return [_link(one) for one in grades.assignments(room)]


def _link(assignment: LtiAssignment) -> LinkView:
    run = grades.last_run(assignment)
    sent = [Sent(one, LtiGradeState.of(one.state)) for one in grades.grades(run)] if run else []
    platform = assignment.course.deployment.registration.name
    return LinkView(assignment, platform, len(grades.handed_in(assignment)), _advice(assignment), run, sent)


def _advice(assignment: LtiAssignment) -> str:
    one, scopes = assignment, set(assignment.scopes)
    is_read_only = not one.lineitem_url and line_items.reading_scope(scopes) == line_items.READING_SCOPE
    hindered = line_items.obstacle(one.lineitem_url, one.lineitems_url, scopes)
    return hindered or (line_items.READ_ONLY if is_read_only else "")


def roster_words(found: Comparison) -> str:
    """Say what a roster says beside who came."""
    words = f"The course has {_learners(found.learners)}: {found.came} came into the class"
    words += f", {found.missing} did not yet." if found.missing else "."
    if found.gone:
        more = len(found.gone) - _MOST_NICKNAMES
        names = ", ".join(found.gone[:_MOST_NICKNAMES]) + (f" and {more} more" if more > 0 else "")
        words += f" No longer learners of the course: {names}."
    return f"{words} Nothing of the roster is kept."


def _learners(number: int) -> str:
    return f"{number} learner" if number == 1 else f"{number} learners"
