"""What was handed in in a class as a table, for the teacher to keep: nicknames, no names, no times."""

from collections.abc import Iterator

from perspectives.models import Activity, Classroom
from perspectives.queries.classroom import classes
from perspectives.rules.classroom import contributions
from perspectives.vocab import ActivityKind, ActivityPhase
from perspectives.web.classroom.activity_page import ActivityPage
from perspectives.web.classroom.activity_views import chosen_words
from perspectives.web.desk.queues.csv_table import as_csv

HEADER = (
    *("activity", "kind", "topic", "question", "phase", "nickname", "group", "text", "chosen"),
    *("words", "claims", "quotations found", "right answers", "feedback", "ballots"),
)
_HIDDEN = "hidden"
_NOTHING = [""] * 6


def as_table(room: Classroom) -> str:
    """Write the table: a row a contribution, and a row a corner of each poll that has a result."""
    return as_csv(HEADER, (row for one in classes.activities(room) for row in _rows(one)))


def _rows(activity: Activity) -> Iterator[list[str]]:
    page = ActivityPage(activity)
    first = [str(activity.pk), page.kind.label, activity.topic, page.question]
    if page.kind is ActivityKind.POLL:
        for corner in page.corners if page.has_result else ():
            yield [*first, "before", "", "", corner.words, *_NOTHING, _number(corner.before)]
            if page.is_whole:
                yield [*first, "after", "", "", corner.words, *_NOTHING, _number(corner.after)]
    for one in classes.contributions(activity):
        is_quiz = page.kind is ActivityKind.QUIZ
        figures = contributions.figures(one.text, [] if is_quiz else one.references, page.document)
        right = str(contributions.right(one.references, page.sheet)) if is_quiz else ""
        group = str(one.pupil.group or "")
        said = [ActivityPhase.of(one.phase).label, one.pupil.nickname, group, one.text]
        chosen = "\n".join(chosen_words(one, page))
        counted = [str(number) for number in (figures.words, figures.claims, figures.quotes_found)]
        yield [*first, *said, chosen, *counted, right, one.feedback, ""]


def _number(number: int | None) -> str:
    return _HIDDEN if number is None else str(number)
