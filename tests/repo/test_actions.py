"""Every action refuses who may not do it, and has written nothing by then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.errors import NotPermittedError
from perspectives.models import LogEntry, User
from perspectives.vocab import Role
from tests.repo import action_table

WRITES = ("INSERT", "UPDATE", "DELETE")


def people():
    """Nobody, somebody who might do nearly everything but has left, and a reader."""
    return {
        "nobody": None,
        "left": User.objects.create_user("left", role=Role.CHIEF_EDITOR, is_active=False),
        "reader": User.objects.create_user("only-reads"),
    }


def refuses(action, **given):
    try:
        action(**given)
    except NotPermittedError:
        return True
    return False


def test_every_action_of_a_person_has_a_row():
    assert set(action_table.ARGUMENTS) == set(action_table.ACTIONS)


def test_every_action_refuses_who_may_not_do_it(published):
    made = action_table.sample()
    who = people()
    before = LogEntry.objects.count()
    for label, name in ((label, name) for label in action_table.ACTIONS for name in who):
        if name == "reader" and label in action_table.FOR_EVERY_PERSON:
            continue
        given = action_table.ARGUMENTS[label](made)
        with CaptureQueriesContext(connection) as queries:
            assert refuses(action_table.FUNCTIONS[label], **given, by=who[name]), (label, name)
        assert not [row["sql"] for row in queries if row["sql"].startswith(WRITES)], (label, name)
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("label", sorted(action_table.FOR_EVERY_PERSON))
def test_what_is_ones_own_a_reader_may_do(label, published):
    given = action_table.ARGUMENTS[label](action_table.sample())
    assert action_table.FUNCTIONS[label](**given, by=people()["reader"]) is not None
