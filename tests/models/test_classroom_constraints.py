"""What the database never holds of a class."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from perspectives.models import Activity, Ballot, Classroom, Contribution, Pupil
from tests import lesson
from tests.people import account

pytestmark = pytest.mark.django_db


def other_activity(made, **changes):
    return Activity.objects.create(classroom=made.classroom, kind="quiz", topic="t", settings={}, **changes)


def room(made, **changes):
    Classroom.objects.filter(pk=made.classroom_id).update(**changes)


STATEMENTS = {
    "a code that is misread": lambda made: room(made, code="ABCDEFG0"),
    "no topic": lambda made: room(made, topics=[]),
    "an end before the beginning": lambda made: room(made, expires_at=made.classroom.opened_at - timedelta(days=1)),
    "a nickname twice": lambda made: Pupil.objects.create(
        classroom=made.classroom, nickname=Pupil.objects.get().nickname, pin_sha256="1" * 64
    ),
    "a PIN as it is": lambda made: Pupil.objects.update(pin_sha256="123456"),
    "two activities that are shown": lambda made: [
        other_activity(made, phase="writing", is_shown=True) for _ in range(2)
    ],
    "a planned activity that is shown": lambda made: other_activity(made, is_shown=True),
    "a kind that is none": lambda made: Activity.objects.update(kind="shouting"),
    "a phase that is none": lambda made: Activity.objects.update(phase="shouting"),
    "an essay": lambda made: Contribution.objects.update(text="x" * 2001),
    "long feedback": lambda made: Contribution.objects.update(feedback="x" * 2001),
    "two contributions of one phase": lambda made: Contribution.objects.create(
        activity=made, pupil=Pupil.objects.get(), phase="writing"
    ),
    "a ballot that says nothing": lambda made: Ballot.objects.create(number="0" * 64, activity=made),
    "a ballot with a name": lambda made: Ballot.objects.create(number="Otter", activity=made, before="author"),
    "a corner that is none": lambda made: Ballot.objects.create(number="0" * 64, activity=made, before="winner"),
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_refuses(what):
    made = lesson.activity(account("teacher"))
    with pytest.raises(IntegrityError), transaction.atomic():
        STATEMENTS[what](made)
