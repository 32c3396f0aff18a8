"""Erasures outlive backups: the list beside them, and what restoring does with it."""

import json
import stat
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from debatekb.backup import backups, erasures
from debatekb.backup.backup_file import BackupError
from debatekb.backup.erasures import Erasure
from perspectives import tasks
from perspectives.actions.accounts import erasing
from perspectives.actions.event_log import record
from perspectives.models import LogEntry, LogLink, User
from perspectives.queries.publication import verification
from perspectives.rules.documents.parts import Change
from perspectives.vocab import EventCode
from tests.people import account

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
committed = pytest.mark.django_db(transaction=True)
said: list[str] = []


def erase(person):
    erasing.erase(account_id=person.pk, by=person)


def state(person):
    return User.objects.filter(pk=person.pk).values_list("username", "email").get()


def erased(person):
    return f"erased-{person.pk}", ""


@committed
def test_what_the_database_in_place_knows_is_erased_again(published, tmp_path):
    person, stays = account(), account("stays")
    backups.make(tmp_path / "one.tar", with_key=False)
    erase(person)
    said.clear()
    backups.restore(tmp_path / "one.tar", is_replacing=True, show=said.append)
    assert state(person) == erased(person)
    assert state(stays) == ("stays", "stays@people.example")
    assert "Erased again 1 accounts that were erased since." in said
    assert LogEntry.objects.latest("pk").code == EventCode.ACCOUNT_ERASED


@committed
def test_what_a_list_beside_the_backup_names_is_erased_again(published, tmp_path, settings):
    one, two, another = account("one"), account("two"), account("another")
    settings.BACKUP_DIR = str(tmp_path / "nightly")
    (tmp_path / "nightly").mkdir()
    backups.make(tmp_path / "one.tar", with_key=False)
    erasures.write(tmp_path / erasures.LIST, [Erasure(one.pk, one.date_joined), Erasure(another.pk, NOON)])
    erasures.write(tmp_path / "nightly" / erasures.LIST, [Erasure(two.pk, two.date_joined)])
    backups.restore(tmp_path / "one.tar", is_replacing=True, show=lambda _: None)
    assert [state(person) for person in (one, two)] == [erased(one), erased(two)]
    assert state(another)[0] == "another", "its number was given anew"


@committed
def test_a_list_that_cannot_be_read_stops_a_restore(published, tmp_path):
    backups.make(tmp_path / "one.tar", with_key=False)
    (tmp_path / erasures.LIST).write_text('{"account": 1}\n')
    with pytest.raises(BackupError, match=r"erased-accounts.jsonl, line 1, names no account; mend or remove the line"):
        backups.restore(tmp_path / "one.tar", is_replacing=True, show=lambda _: None)


def test_the_list_holds_numbers_alone_and_forgets_nothing(db, tmp_path, settings):
    settings.BACKUP_DIR = str(tmp_path / "nightly")
    person = account()
    erase(person)
    tasks.keep_erasures()
    file = tmp_path / "nightly" / erasures.LIST
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [json.loads(line) for line in file.read_text().splitlines()] == [
        {"account": person.pk, "joined_at": person.date_joined.isoformat()}
    ]
    before = Erasure(person.pk + 1, NOON)
    erasures.write(file, [before])
    tasks.keep_erasures()
    assert erasures.read(file) == {before, Erasure(person.pk, person.date_joined)}
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_without_a_folder_of_backups_there_is_no_list(db, settings, tmp_path):
    settings.BACKUP_DIR = ""
    tasks.keep_erasures()
    assert erasures.listed({tmp_path}) == set()


@pytest.mark.parametrize("body", [b"\xff", b"[]", b"{", b'{"account": "x", "joined_at": "2026-01-01"}'])
def test_a_list_of_something_else_is_refused(tmp_path, body):
    (tmp_path / "list").write_bytes(body)
    with pytest.raises(BackupError, match=r"list.* (cannot be read|names no account)"):
        erasures.read(tmp_path / "list")


def test_the_command_erases_what_the_list_names(db, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "of the tests, which serves")
    person, gone = account(), Erasure(10**6, NOON)
    erasures.write(tmp_path / "list", [Erasure(person.pk, person.date_joined), gone])
    out = StringIO()
    call_command("erase_again", str(tmp_path / "list"), stdout=out)
    assert out.getvalue() == "1 of 2 accounts were erased again; the others are erased or not there.\n"
    assert state(person) == erased(person)
    (tmp_path / "list").write_text("nonsense\n")
    with pytest.raises(CommandError, match="line 1, names no account"):
        call_command("erase_again", str(tmp_path / "list"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("erase_again", str(tmp_path / "nothing"))


# --- old entries of the log -------------------------------------------------------------------------------------


@pytest.fixture
def migrate():
    forward = import_module("perspectives.migrations.0034_log_without_profiles").FORWARD

    def run():
        connection.check_constraints()  # as a commit does
        with connection.cursor() as cursor:
            cursor.execute(forward)

    return run


@pytest.fixture
def old(db):
    person = account()
    record(EventCode.ACCOUNT_CREATED, by=person, subject=person)
    changes = [Change("display_name", "", "Ada Example"), Change("interests", "", "Bridges")]
    record(EventCode.ACCOUNT_CHANGED, by=person, subject=person, changes=changes)
    record(EventCode.API_KEY_CREATED, by=person, key=7, name="Ada's tablet", scopes=["read"])
    record(EventCode.ACCOUNT_ROLE_CHANGED, by=person, subject=person, changes=[Change("role", "reader", "moderator")])


def test_old_entries_lose_what_profiles_said_and_the_chain_is_made_anew(old, migrate):
    connection.check_constraints()
    before = verification.last_link()
    migrate()
    created, changed, key, role = LogEntry.objects.order_by("pk")
    assert changed.changes == [{"path": "display_name"}, {"path": "interests"}]
    assert key.detail == {"key": 7, "scopes": ["read"]}
    assert role.changes == [{"path": "role", "before": "reader", "after": "moderator"}]
    assert list(verification.log_chain()) == []
    after = verification.last_link()
    assert after != before
    migrate()
    assert verification.last_link() == after, "there is nothing left to do"
    with pytest.raises(DatabaseError, match="is append-only"):
        LogEntry.objects.filter(pk=created.pk).update(note="The triggers are on again.")


def test_a_chain_that_somebody_broke_is_not_made_anew(old, migrate):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        LogLink.objects.filter(number=1).update(sha256="0" * 64)
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(DatabaseError, match="not what was written, at link 1"):
        migrate()
