"""Every deed refuses who may not do it, and has written nothing by then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.errors import NotPermittedError
from perspectives.models import LogEntry, User
from perspectives.vocab import Role
from tests.repo import deeds

WRITES = ("INSERT", "UPDATE", "DELETE")


def people():
    """Nobody, somebody who might do nearly everything but has left, and a reader."""
    return {
        "nobody": None,
        "left": User.objects.create_user("left", role=Role.CHIEF_EDITOR, is_active=False),
        "reader": User.objects.create_user("only-reads"),
    }


def refuses(deed, **given):
    try:
        deed(**given)
    except NotPermittedError:
        return True
    return False


def test_every_deed_of_a_person_has_a_row():
    assert set(deeds.ARGUMENTS) == set(deeds.DEEDS)


def test_every_deed_refuses_who_may_not_do_it(published):
    made = deeds.world()
    who = people()
    before = LogEntry.objects.count()
    for label, name in ((label, name) for label in deeds.DEEDS for name in who):
        if name == "reader" and label in deeds.FOR_EVERY_PERSON:
            continue
        given = deeds.ARGUMENTS[label](made)
        with CaptureQueriesContext(connection) as queries:
            assert refuses(deeds.FUNCTIONS[label], **given, by=who[name]), (label, name)
        assert not [row["sql"] for row in queries if row["sql"].startswith(WRITES)], (label, name)
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("label", sorted(deeds.FOR_EVERY_PERSON))
def test_what_is_ones_own_a_reader_may_do(label, published):
    assert deeds.FUNCTIONS[label](**deeds.ARGUMENTS[label](deeds.world()), by=people()["reader"])
