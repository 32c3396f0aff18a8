"""Back to a moment, on a second server, by the commands of docs/operations.md as they are written there."""

import re
import shutil
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from debatekb import embedded
from debatekb.running import cleaning, engines, home
from debatekb.running.processes import Children, Lock
from tests.run.test_backups import ROOT, Machine, sound

SECTION = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Recovery to a moment", 1)[1]
COPY, RECOVER = re.findall(r"```sh\n(.*?)```", SECTION.split("\n## ", 1)[0], re.DOTALL)
SECONDS = 60


@pytest.fixture
def backups():
    """A folder that the user of the engines can enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def archived(server, folder):
    """End the segment and wait until it is in the archive."""
    name = server.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()[0]
    server.execute("SELECT pg_switch_wal()")
    deadline = time.monotonic() + SECONDS
    while not (folder / name).exists():
        assert time.monotonic() < deadline, f"{name} was not archived"
        time.sleep(0.2)


@pytest.mark.timeout(300)
def test_archive_destroy_recover_to_a_moment(tmp_path, backups, monkeypatch):
    first, second = Machine(tmp_path / "first"), Machine(tmp_path / "second")
    monkeypatch.setenv("WAL_ARCHIVE_DIR", str(backups / "wal"))
    try:
        until = life(first, backups)
    finally:
        cleaning.remove(first.var, lambda _: None)
    monkeypatch.delenv("WAL_ARCHIVE_DIR")
    try:
        refused = second.types(RECOVER, BACKUPS=str(backups / "none"), UNTIL=until)
        assert refused.returncode == 1
        assert "must be a folder" in refused.stderr
        sound(second.types(RECOVER, BACKUPS=str(backups), UNTIL=until))
        assert words(second.var) == ["before the copy", "after the copy"]
    finally:
        cleaning.remove(second.var, lambda _: None)


def life(machine, backups):
    """Copy the cluster between two rows, and write a third after the moment that is returned; then destroy it all."""
    home.make_var(machine.var)
    lock, children = Lock(machine.var / "lock"), Children(machine.var)
    assert lock.take("the test")
    found = home.settle(machine.var)
    try:
        engines.start(found, machine.var, children, wanted={engines.POSTGRES})
        with engines.connect(found, embedded.NAME) as server:
            server.execute("CREATE TABLE kept (id int GENERATED ALWAYS AS IDENTITY, word text)")
            server.execute("INSERT INTO kept (word) VALUES ('before the copy')")
            sound(machine.types(COPY, BACKUPS=str(backups)))
            server.execute("INSERT INTO kept (word) VALUES ('after the copy')")
            until = server.execute("SELECT clock_timestamp()::text").fetchone()[0]
            time.sleep(0.1)
            server.execute("DELETE FROM kept")
            server.execute("INSERT INTO kept (word) VALUES ('by mistake')")
            archived(server, backups / "wal")
        return until
    finally:
        children.stop_all()
        lock.release()


def words(var):
    """Read the rows after an ordinary start, as the application does."""
    found, children = home.settle(var), Children(var)
    try:
        engines.start(found, var, children, wanted={engines.POSTGRES})
        password = found.place.application_password_file.read_text(encoding="ascii")
        with engines.connect(found, embedded.NAME) as server:
            rows = [row[0] for row in server.execute("SELECT word FROM kept ORDER BY id")]
        with psycopg.connect(
            host=str(found.place.sockets), user=embedded.APPLICATION, password=password, dbname=embedded.NAME
        ) as server:
            server.execute("CREATE TABLE writable ()")
        return rows
    finally:
        children.stop_all()
