"""Retracting editions: once, by chief editors, with a note, for good."""

import pytest

from perspectives.actions.publication import retracting
from perspectives.errors import NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Edition, LogEntry, Retraction, User
from perspectives.policy import OPERATOR
from perspectives.vocab import EventCode, Role


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


@pytest.fixture
def edition(published):
    return published[0]


def test_a_retraction_is_kept_with_its_note_and_recorded(edition, chief):
    body = bytes(edition.body)
    retraction = retracting.retract(edition_id=edition.pk, note=" The survey was misread. ", by=chief)
    assert (retraction.edition, retraction.note, retraction.by) == (edition, "The survey was misread.", chief)
    entry = LogEntry.objects.get(code=EventCode.EDITION_RETRACTED)
    assert (entry.by, entry.topic, entry.note) == (chief, edition.topic, "The survey was misread.")
    assert entry.detail == {"edition": 1}
    assert bytes(Edition.objects.get(pk=edition.pk).body) == body


def test_an_edition_is_retracted_once(edition, chief):
    retracting.retract(edition_id=edition.pk, note="Wrong.", by=chief)
    with pytest.raises(NotPossibleError, match="retracted already"):
        retracting.retract(edition_id=edition.pk, note="Again.", by=chief)


def test_it_needs_a_note(edition, chief):
    with pytest.raises(NotPossibleError, match="Say why"):
        retracting.retract(edition_id=edition.pk, note=" \n", by=chief)


@pytest.mark.parametrize("who", ["nobody", "reader", "moderator", "operator"])
def test_only_chief_editors_retract(who, edition, reader, reviewer):
    actor = {"nobody": None, "reader": reader, "moderator": reviewer, "operator": OPERATOR}[who]
    with pytest.raises(NotPermittedError):
        retracting.retract(edition_id=edition.pk, note="Wrong.", by=actor)
    assert not Retraction.objects.exists()


def test_what_does_not_exist_is_not_found(chief):
    with pytest.raises(NotFoundError, match="There is no edition"):
        retracting.retract(edition_id=0, note="Wrong.", by=chief)
