"""Writes classes and activities as their teacher may see them: of a poll what its page shows, and no ballot."""

from typing import Any

from perspectives.api.desk.classroom import class_shapes as shapes
from perspectives.models import Activity, Classroom
from perspectives.queries.classroom import classes
from perspectives.queries.classroom.led_activity import HandedIn, LedActivity
from perspectives.rules.classroom import phases
from perspectives.rules.classroom.poll_corners import Corner
from perspectives.vocab import ActivityKind, ActivityPhase, PollCorner


def class_record(room: Classroom) -> dict[str, Any]:
    """Write a class of the list."""
    return shapes.ClassRecord.of(room)


def whole_class(room: Classroom, join_url: str) -> dict[str, Any]:
    """Write a class with pupils and activities."""
    numbers = classes.handed_in(room)
    return shapes.WholeClass.of(
        room,
        join_url=join_url,
        pupils=[shapes.PupilRecord.of(one) for one in classes.pupils(room)],
        activities=[shapes.ActivityRecord.of(one, **_more(one, numbers)) for one in classes.activities(room)],
    )


def whole_activity(activity: Activity) -> dict[str, Any]:
    """Write an activity with what was handed in, and the result or consensus where there is one by now."""
    led = LedActivity(activity)
    is_closed = led.kind is ActivityKind.POLL and led.has_result
    has_consensus = led.kind is ActivityKind.CONTROVERSY and led.phase is ActivityPhase.ENDED
    return shapes.WholeActivity.of(
        activity,
        **_more(activity, classes.handed_in(activity.classroom)),
        question=led.question,
        phases=phases.reachable(led.kind, led.phase),
        contributions=[_contribution(one) for one in led.handed_in],
        result=[_corner(one) for one in led.corners] if is_closed else [],
        consensus=[
            {"group": one.group, "agreements": one.agreements, "cruxes": one.cruxes}
            for one in (led.consensus if has_consensus else [])
        ],
    )


def _more(activity: Activity, numbers: dict[int, int]) -> dict[str, Any]:
    settings = activity.settings
    return {"edition": settings["edition"], "crux": settings.get("crux"), "handed_in": numbers.get(activity.pk, 0)}


def _contribution(row: HandedIn) -> dict[str, Any]:
    one, figures = row.contribution, row.figures
    return {
        "nickname": one.pupil.nickname,
        "group": one.pupil.group,
        "phase": row.phase,
        "text": one.text,
        "chosen": row.chosen,
        "words": figures.words,
        "claims": figures.claims,
        "quotes_found": figures.quotes_found,
        "right": row.right,
        "feedback": one.feedback,
    }


def _corner(one: Corner) -> dict[str, Any]:
    flows = [
        {"to": corner, "number": number}
        for corner, number in zip(PollCorner, one.flows, strict=True)
        if number is not None
    ]
    return {"corner": one.corner, "words": one.words, "before": one.before, "after": one.after, "flows": flows}
