"""What a teacher does with the activities of a class: plan, lead from phase to phase, say something to each pupil."""

import secrets
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from perspectives.actions.locks import locked_actor
from perspectives.errors import NotPossibleError, require_found
from perspectives.models import Activity, Classroom, Contribution
from perspectives.policy import Actor, Permission, require_person
from perspectives.queries.publication import published
from perspectives.rules.classroom import contributions, phases
from perspectives.rules.study import quiz
from perspectives.vocab import ActivityKind, ActivityPhase

MOST_ACTIVITIES: Final = 30


@transaction.atomic
def plan(*, classroom_id: int, by: Actor | None, kind: str, topic: str, crux: int = 0) -> Activity:
    """Add an activity about a topic of the class, and, where the kind has one, about a question of it (from 0 on).

    It keeps to the edition of today. Raises NotFoundError, NotPermittedError and NotPossibleError.
    """
    room = _led(classroom_id, by)
    if kind not in ActivityKind.values or topic not in room.topics:
        raise NotPossibleError("Choose a kind of activity and one of the topics of the class.")
    if Activity.objects.filter(classroom=room).count() >= MOST_ACTIVITIES:
        raise NotPossibleError(f"The class has {MOST_ACTIVITIES} activities, the most.")
    document, stored = published.topic_document(topic)
    settings: dict[str, Any] = {"edition": stored.number}
    if kind in phases.HAS_CRUX:
        if not 0 <= crux < len(document.cruxes):
            raise NotPossibleError("Choose one of the questions on which the sides of this topic part.")
        settings["crux"] = crux
    if kind == ActivityKind.QUIZ:
        settings["sheet"] = 1 + secrets.randbelow(quiz.SHEETS)
    return Activity.objects.create(classroom=room, kind=kind, topic=topic, settings=settings)


@transaction.atomic
def go_to(*, activity_id: int, by: Actor | None, phase: str, minutes: int = 0) -> Activity:
    """Lead a class to a phase of an activity and show it to pupils in place of what they see.

    `minutes` starts a timer that pupils see; nothing ends by itself. Raises like `plan`.
    """
    found = _locked(activity_id, by)
    if phase not in phases.reachable(ActivityKind.of(found.kind), ActivityPhase.of(found.phase)):
        raise NotPossibleError("This activity has no such phase to go to; a poll is not opened again. Use the buttons.")
    if not 0 <= minutes <= phases.LONGEST_MINUTES:
        raise NotPossibleError(f"A timer runs for 0 to {phases.LONGEST_MINUTES} minutes.")
    Activity.objects.filter(classroom=found.classroom_id, is_shown=True).update(is_shown=False)
    found.phase = phase
    found.is_shown = phase != ActivityPhase.PLANNED
    found.phase_ends_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
    found.save(update_fields=["phase", "is_shown", "phase_ends_at"])
    return found


@transaction.atomic
def say(*, contribution_id: int, by: Actor | None, feedback: str) -> Contribution:
    """Write feedback to what a pupil handed in, or take it away with ''; the pupil sees it once it is released.

    Raises like `plan`.
    """
    found = Contribution.objects.filter(pk=contribution_id).first()
    found = require_found(found, f"There is no contribution with the number {contribution_id}.")
    _locked(found.activity_id, by)
    found = Contribution.objects.select_for_update().get(pk=contribution_id)
    found.feedback = contributions.checked_text(feedback)
    found.save(update_fields=["feedback"])
    return found


@transaction.atomic
def release_feedback(*, activity_id: int, by: Actor | None, is_released: bool) -> Activity:
    """Show the feedback of an activity to its pupils, or hold it again. Raises NotFoundError and NotPermittedError."""
    found = _locked(activity_id, by)
    found.is_feedback_released = is_released
    found.save(update_fields=["is_feedback_released"])
    return found


def _led(classroom_id: int, by: Actor | None) -> Classroom:
    """Lock whoever acts, then a class. Raises NotFoundError and NotPermittedError."""
    actor = locked_actor(by)
    room = Classroom.objects.select_for_update().filter(pk=classroom_id).first()
    room = require_found(room, f"There is no class with the number {classroom_id}.")
    require_person(actor, Permission.CLASS_LEAD, begun_by=room.owner_id)
    return room


def _locked(activity_id: int, by: Actor | None) -> Activity:
    """Lock the class of an activity, then the activity. Raises NotFoundError and NotPermittedError."""
    found = Activity.objects.filter(pk=activity_id).first()
    found = require_found(found, f"There is no activity with the number {activity_id}.")
    _led(found.classroom_id, by)
    return Activity.objects.select_for_update().get(pk=activity_id)
