"""What was handed in in a class as a table, for the teacher to keep: nicknames, no names, no times."""

from collections.abc import Iterator

from perspectives.models import Activity, Classroom
from perspectives.queries.classroom import classes
from perspectives.queries.classroom.led_activity import LedActivity
from perspectives.vocab import ActivityKind
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
    led = LedActivity(activity)
    first = [str(activity.pk), led.kind.label, activity.topic, led.question]
    if led.kind is ActivityKind.POLL:
        for corner in led.corners if led.has_result else ():
            yield [*first, "before", "", "", corner.words, *_NOTHING, number_or_hidden(corner.before)]
            if led.is_whole:
                yield [*first, "after", "", "", corner.words, *_NOTHING, number_or_hidden(corner.after)]
    for row in led.handed_in:
        one, figures = row.contribution, row.figures
        said = [row.phase.label, one.pupil.nickname, str(one.pupil.group or ""), one.text]
        counted = [str(number) for number in (figures.words, figures.claims, figures.quotes_found)]
        right = "" if row.right is None else str(row.right)
        yield [*first, *said, "\n".join(row.chosen), *counted, right, one.feedback, ""]


def number_or_hidden(number: int | None) -> str:
    """Write a number of a poll, or that it is hidden."""
    return _HIDDEN if number is None else str(number)
