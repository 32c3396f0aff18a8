"""What two pupils do at once: one nickname has one owner, no class grows too large, no ballot is lost."""

from functools import partial

import pytest

from perspectives.actions.classroom import activities, classes, taking_part
from perspectives.errors import DomainError
from perspectives.models import Ballot, Classroom, Pupil, User
from perspectives.rules.classroom import codes
from tests import factories
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = [f"{number:064x}" for number in range(2)]


@pytest.fixture
def teacher(published):
    return User.objects.create_user("teacher")


def test_join_under_one_nickname(teacher):
    room = classes.begin(by=teacher, topics=[factories.TOPIC])
    for nickname in codes.NICKNAMES[:ROUNDS]:
        join = partial(taking_part.join, code=room.code, nickname=nickname)
        assert one_winner(at_once(join, join))
    assert Pupil.objects.count() == ROUNDS


def test_vote_vote_and_delete(teacher):
    for _ in range(ROUNDS):
        room = classes.begin(by=teacher, topics=[factories.TOPIC])
        for nickname in codes.NICKNAMES[:2]:
            taking_part.join(code=room.code, nickname=nickname)
        poll = activities.plan(classroom_id=room.pk, by=teacher, kind="poll", topic=factories.TOPIC)
        activities.go_to(activity_id=poll.pk, by=teacher, phase="before")
        vote = partial(taking_part.vote, activity_id=poll.pk, phase="before", corner="author")
        assert at_once(*(partial(vote, number=number) for number in NUMBERS)) == [None, None]
        assert Ballot.objects.count() == 2
        told = at_once(partial(vote, number=NUMBERS[0]), partial(classes.delete, classroom_id=room.pk, by=teacher))
        assert told[0] is None or isinstance(told[0], DomainError)
        assert told[1] is None
        assert not Classroom.objects.exists()
        assert not Ballot.objects.exists()
