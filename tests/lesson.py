"""A small lesson over the pages, as browsers would have it."""

import html
import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from perspectives.actions.classroom import activities, classes
from perspectives.models import (
    Activity,
    Classroom,
    Contribution,
    LtiAssignment,
    LtiCourse,
    LtiDeployment,
    LtiRegistration,
    Pupil,
)
from perspectives.rules.classroom import codes
from tests import factories

DOOR, NOW = "/class/", "/class/now/"


def page(response, status=200):
    assert response.status_code == status, response.content[:2000]
    return " ".join(html.unescape(response.content.decode()).split())


def browser():
    """Give a client that says, as browsers do, that its forms come from our own pages."""
    return Client(headers={"sec-fetch-site": "same-origin"})


class Lesson:
    """A class of a teacher with pupils, each a client of its own."""

    def __init__(self, teacher, topics=(factories.TOPIC,)):
        self.teacher = teacher
        self.room = classes.begin(by=teacher, topics=list(topics))
        self.names = iter(codes.NICKNAMES)

    @property
    def address(self):
        return f"/account/classes/{self.room.pk}/"

    def pupil(self):
        """Let somebody come in, and give the client with the `nickname` and `pin` it was shown."""
        client, name = browser(), next(self.names)
        code = client.post(DOOR, {"code": self.room.code.lower()})
        said = page(client.post(code["Location"], {"action": "join", "nickname": name}))
        client.nickname, client.pin = name, re.search(r"Your PIN is <[^>]*>(\d{6})<", said)[1]
        return client

    def plan(self, kind, phase):
        made = activities.plan(classroom_id=self.room.pk, by=self.teacher, kind=kind, topic=factories.TOPIC)
        return self.go(made, phase)

    def go(self, activity, phase, minutes=0):
        return activities.go_to(activity_id=activity.pk, by=self.teacher, phase=phase, minutes=minutes)


def at(client):
    """Give the page of what the class does now."""
    return page(client.get(NOW, follow=True))


def send(client, activity, status=200, **sent):
    """Hand something in; give the page of the answer."""
    response = client.post(NOW, {"activity": activity.pk, "phase": activity.phase, **sent}, follow=True)
    return page(response, status)


def activity(owner):
    """Write an activity of somebody's class, with a contribution, in a database where nothing need be published."""
    now = timezone.now()
    topics = [factories.TOPIC]
    room = Classroom.objects.create(
        owner=owner, code=codes.new_code(), topics=topics, opened_at=now, expires_at=now + timedelta(days=1)
    )
    made = Activity.objects.create(classroom=room, kind="answer", topic=factories.TOPIC, settings={"edition": 1})
    pupil = Pupil.objects.create(classroom=room, nickname=codes.NICKNAMES[0], pin_sha256="0" * 64)
    Contribution.objects.create(activity=made, pupil=pupil, phase="writing", text="Words.")
    return made


def link(room):
    """Let a course of a learning platform link to a class."""
    at = "https://moodle.school.example"
    addresses = {"login_url": f"{at}/auth", "token_url": f"{at}/token", "jwks_url": f"{at}/jwks"}
    known = {"name": "Moodle", "made_at": timezone.now(), **addresses}
    platform, _ = LtiRegistration.objects.get_or_create(issuer=at, client_id="c", defaults=known)
    deployment, _ = LtiDeployment.objects.get_or_create(registration=platform, deployment_id="1")
    course, _ = LtiCourse.objects.get_or_create(deployment=deployment, context_id="course")
    opened = {"content": "class", "classroom": room}
    return LtiAssignment.objects.get_or_create(course=course, resource_link_id="link", defaults=opened)[0]
