"""After a lesson the database holds no name, address or e-mail of a pupil, and no way from a ballot to one."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client

from perspectives.actions.classroom import classes
from perspectives.admin import OF_CLASSES
from perspectives.models import Ballot, Contribution, Pupil, Topic
from tests.lesson import Lesson, send
from tests.people import account

NAME = "Zebedee Quillfeather"
ADDRESS = "203.0.113.77"
PHONE = "Quillphone/7"
MAIL = "zebedee@school.example"


def dump():
    """Give all rows of all tables as text: table -> its lines."""
    found = {}
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
            found[table] = b"".join(bytes(piece) for piece in rows).decode().splitlines()
    return found


def lesson(teacher):
    """Let eight pupils vote, write and vote again, from an address and with a name in their browsers."""
    held = Lesson(teacher)
    pupils = [held.pupil() for _ in range(8)]
    for pupil in pupils:
        pupil.defaults.update(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=PHONE)
    join = f"/class/join/{held.room.code}/"
    assert Client(REMOTE_ADDR=ADDRESS, headers={"user-agent": PHONE}).post(join, {"nickname": NAME}).status_code == 200
    poll = held.plan("poll", "before")
    for phase, corner in (("before", "author"), ("after", "neutral")):
        poll = held.go(poll, phase)
        for pupil in pupils:
            send(pupil, poll, corner=corner, text=NAME, email=MAIL)
        answer = held.plan("answer", "writing")
        for pupil in pupils:
            send(pupil, answer, text=f"Written by {pupil.nickname}.", name=NAME, email=MAIL)
    return held, pupils


@pytest.mark.django_db
def test_a_dump_names_nobody_and_no_ballot_leads_to_a_pupil(published):
    held, pupils = lesson(account("teacher"))
    tables = dump()
    whole = "\n".join(line for lines in tables.values() for line in lines)
    assert "Written by" in whole
    for secret in (NAME, ADDRESS, PHONE, MAIL, *(word.lower() for word in NAME.split())):
        assert secret not in whole
        assert secret not in whole.lower()
    assert len(tables["perspectives_ballot"]) == len(pupils)
    for number in Ballot.objects.values_list("number", flat=True):
        assert whole.count(number) == 1
    cookies = [pupil.cookies[name].value for pupil in pupils for name in ("ballot", "pupil")]
    parts = {part for cookie in cookies for part in re.split(r"[:.]", cookie) if len(part) > 8}
    assert [part for part in parts if part in whole] == []
    assert len(tables["perspectives_contribution"]) == 2 * len(pupils)
    classes.delete(classroom_id=held.room.pk, by=held.teacher)
    left = dump()
    for model in ("ballot", "contribution", "activity", "pupil", "classroom"):
        assert left[f"perspectives_{model}"] == []
    assert "Written by" not in "\n".join(line for lines in left.values() for line in lines)


def test_no_column_joins_a_ballot_to_a_pupil_and_no_row_of_a_pupil_has_a_time():
    """Whatever a ballot leads to leads to all of the class alike."""
    leads = {field.related_model.__name__ for field in Ballot._meta.get_fields() if isinstance(field, ForeignKey)}
    assert leads == {"Activity"}
    back = {one.__name__ for one in apps.get_models() for field in one._meta.fields if field.related_model is Ballot}
    assert back == set()
    for model in (Pupil, Contribution, Ballot):
        kinds = {field.get_internal_type() for field in model._meta.fields}
        assert not kinds & {"DateTimeField", "DateField", "TimeField", "GenericIPAddressField", "EmailField"}


def test_support_sees_nothing_of_classes():
    assert {Ballot, Contribution, Pupil} <= OF_CLASSES
    assert [model for model in OF_CLASSES if admin.site.is_registered(model)] == []
    assert admin.site.is_registered(Topic)
