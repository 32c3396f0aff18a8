"""`python -m tests.lti.class_commands make PLATFORM SERVICES` registers a platform in a running system, and prints the
code of a class there; `begin`, `renew` and `states` send its grades, make keys older, and print what came of them."""

import json
import sys

import django


def make(platform: str, services: str) -> None:
    """Register the platform, and open a class that writes an answer."""
    from perspectives.actions.classroom import activities, classes
    from perspectives.models import User
    from tests.lti.platform import register

    teacher = User.objects.create_user("teacher", email="teacher@school.example")
    register(platform, services)
    room = classes.begin(by=teacher, topics=["minsk-ii"])
    task = activities.plan(classroom_id=room.pk, by=teacher, kind="answer", topic="minsk-ii", crux=0)
    activities.go_to(activity_id=task.pk, by=teacher, phase="writing")
    sys.stdout.write(room.code)


def begin() -> None:
    """Let one pupil hand in an answer, and send the grades of all."""
    from perspectives.actions.classroom import taking_part
    from perspectives.actions.lti import grading
    from perspectives.models import Activity, LtiAssignment, Pupil

    assignment, task = LtiAssignment.objects.get(), Activity.objects.get()
    pupil = Pupil.objects.get(lti_learners__user_id="user-1")
    taking_part.hand_in(pupil_id=pupil.pk, activity_id=task.pk, phase="writing", text="My answer.", given={})
    grading.begin(assignment_id=assignment.pk, by=assignment.classroom.owner)


def renew() -> None:
    """Let our keys be as old as they get before the next step of their change, and take it."""
    from django.db.models import F

    from perspectives.actions.lti import keys
    from perspectives.models import LtiKey

    is_shown_only = LtiKey.objects.filter(retired_at=None).count() > 1
    LtiKey.objects.update(made_at=F("made_at") - (keys.SHOWN_BEFORE if is_shown_only else keys.LIFE))
    sys.stdout.write(keys.renew().kid)


def states() -> None:
    """Print which states the grades are in, and whether a sending is not finished."""
    from perspectives.models import LtiGrade, LtiGradeRun

    found = sorted(set(LtiGrade.objects.values_list("state", flat=True)))
    sys.stdout.write(json.dumps([found, LtiGradeRun.objects.filter(finished_at=None).exists()]))


if __name__ == "__main__":
    django.setup()
    {"make": make, "begin": begin, "renew": renew, "states": states}[sys.argv[1]](*sys.argv[2:])
