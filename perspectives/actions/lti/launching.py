"""Assignments of courses: what a launch leaves behind, and how it goes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from perspectives.actions.classroom import taking_part
from perspectives.errors import NotPossibleError
from perspectives.models import (
    Classroom,
    LtiAssignment,
    LtiCourse,
    LtiDeployment,
    LtiGrade,
    LtiGradeRun,
    LtiLearner,
    Pupil,
)
from perspectives.queries.classroom import classes
from perspectives.rules.classroom import codes
from perspectives.rules.lti.content import Content
from perspectives.rules.lti.launch_claims import Launch
from perspectives.vocab import LtiContent


@transaction.atomic
def launched(*, deployment: LtiDeployment, launch: Launch, content: Content | None) -> LtiAssignment:
    """Find or make the assignment of a launch, with what the platform says of its services now.

    What a link opens stays as it was first launched, but for a page. Raises NotPossibleError where its class is
    over, and where a new link opens nothing.
    """
    course, _ = LtiCourse.objects.get_or_create(deployment=deployment, context_id=launch.context_id)
    if launch.is_teacher and launch.memberships_url:
        course.memberships_url = launch.memberships_url
        course.save(update_fields=["memberships_url"])
    link = {"course": course, "resource_link_id": launch.resource_link_id}
    found = LtiAssignment.objects.filter(**link).first()
    if found is None:
        found, _ = LtiAssignment.objects.get_or_create(**link, defaults=_opening(deployment, launch, content))
    if content and found.content == content.kind == LtiContent.MATERIAL:
        found.path = content.path
    if launch.lineitem_url or launch.scopes:
        found.lineitem_url, found.lineitems_url = launch.lineitem_url, launch.lineitems_url
        found.scopes = list(launch.scopes)
    found.save(update_fields=["path", "lineitem_url", "lineitems_url", "scopes"])
    return found


@transaction.atomic
def came(*, assignment: LtiAssignment, user_id: str) -> Pupil:
    """Find or make the pupil of a launch into a class, with a nickname from the list.

    Raises NotPossibleError where the class is over, stopped or full.
    """
    room = Classroom.objects.select_for_update(of=("self",)).filter(lti_assignments=assignment).first()
    known = LtiLearner.objects.select_related("pupil").filter(assignment=assignment, user_id=user_id).first()
    if known:
        return known.pupil
    pupil = _pupil(room)
    LtiLearner.objects.create(assignment=assignment, user_id=user_id, pupil=pupil)
    return pupil


def remove_all(rooms: Sequence[int]) -> None:
    """Delete the assignments of classes that are deleted, with their learners and grades."""
    gone = LtiAssignment.objects.filter(classroom__in=rooms)
    LtiGrade.objects.filter(run__assignment__in=gone).delete()
    LtiGradeRun.objects.filter(assignment__in=gone).delete()
    LtiLearner.objects.filter(assignment__in=gone).delete()
    LtiAssignment.objects.filter(copied_from__in=gone).update(copied_from=None)
    gone.delete()


def _opening(deployment: LtiDeployment, launch: Launch, content: Content | None) -> dict[str, object]:
    """Say what an assignment opens; of a copied course's, from which of the platform it was copied."""
    if content is None:
        raise NotPossibleError("This link opens nothing. Its teacher can choose anew what it opens.")
    before = LtiAssignment.objects.filter(
        course__deployment__registration=deployment.registration_id, resource_link_id__in=launch.copied_from
    )
    values: dict[str, object] = {"content": content.kind, "copied_from": before.order_by("-pk").first()}
    if content.kind == LtiContent.MATERIAL:
        return {**values, "path": content.path}
    if content.kind == LtiContent.QUIZ:
        return {**values, "topic": content.topic, "sheet": content.sheet}
    room = Classroom.objects.filter(code=content.code, expires_at__gt=timezone.now()).first()
    if room is None:
        raise NotPossibleError("The class of this link has ended; its teacher can link another one.")
    return {**values, "classroom": room}


def _pupil(room: Classroom | None) -> Pupil:
    if room is None or room.is_stopped or room.expires_at <= timezone.now():
        raise NotPossibleError("The class of this link is stopped or has ended. Ask your teacher.")
    nickname = codes.free_nicknames(classes.taken_nicknames(room))[0]
    return taking_part.join(code=room.code, nickname=nickname)[0]
