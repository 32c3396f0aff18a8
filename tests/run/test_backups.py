"""Backups on engines of their own, by the commands of docs/operations.md as they are written there."""

import dataclasses
import json
import os
import random
import re
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from debatekb.backup import backup_file, backups
from debatekb.backup.backup_file import BackupError
from debatekb.running import cleaning
from tests import content, factories
from tests.run import prepared

ROOT = Path(__file__).resolve().parents[2]
SECTION = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Back-up and restore", 1)[1]
BACK_UP, LOOK, RESTORE, REPLACE = re.findall(r"```sh\n(.*?)```", SECTION.split("\n## ", 1)[0], re.DOTALL)
NIGHT = datetime(2026, 11, 28, 3, tzinfo=UTC)
OTHER_LETTER = 32
WITHIN = """
import sys, django
django.setup()
from django.core.management import call_command
from debatekb.backup.own_database import serving
with serving():
    call_command(*sys.argv[1:])
"""


class Machine:
    """A folder of run-time files, and the folder with `.venv` and `manage.py` in which an operator types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.var = folder / "var"
        (folder / ".venv" / "bin").mkdir(parents=True)
        python = folder / ".venv" / "bin" / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        (folder / "manage.py").symlink_to(ROOT / "manage.py")
        self.packs = factories.write_packs(folder / "packs", content.few_files())

    def environment(self, **more: str) -> dict[str, str]:
        left_out = {"DATABASE_URL", "SECRET_KEY"}
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        broker = {"REDIS_URL": re.sub(r"virtual_host=\d+", "virtual_host=60", settings.REDIS_URL)}
        own = {"DEBATEKB_VAR": str(self.var), "PACKS_DIR": str(self.packs), "PYTHONPATH": str(ROOT)}
        return {**kept, **broker, **own, "DJANGO_SETTINGS_MODULE": "debatekb.settings", **more}

    def types(self, block: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a block of the document."""
        words = ["bash", "-c", f"set -euo pipefail\n{block}"]
        return subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def runs(self, *words: str) -> str:
        """Run a management command while the engines serve."""
        command = [sys.executable, "-c", WITHIN, *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=200, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def packs_now(self, name: str) -> dict[str, bytes]:
        """Dump the drafts and read them."""
        out = self.folder / name
        self.runs("dump_packs", str(out))
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def sound(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(900)
def test_backup_destroy_restore(tmp_path):
    first, second = Machine(tmp_path / "first"), Machine(tmp_path / "second")
    file = first.folder / "debatekb.backup.tar"
    try:
        prepared.copy_to(first.var)
        before = first.packs_now("dumped")
        assert "secret key included" in sound(first.types(BACK_UP))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        said = json.loads(sound(first.types(LOOK)))
        assert said["counts"]["perspectives_edition"] == 4
        key = (first.var / "secret-key").read_text()
    finally:
        cleaning.remove(first.var, lambda _: None)
    try:
        file.rename(second.folder / file.name)
        file = second.folder / file.name
        assert "The secret key of the backup was put in its place." in sound(second.types(RESTORE))
        assert (second.var / "secret-key").read_text() == key
        assert second.packs_now("dumped") == before
        refused = second.types(RESTORE)
        assert refused.returncode == 1
        assert "is not empty; to replace all that is in it, say --replace" in refused.stderr
        second.runs("backup", str(second.folder / "second.tar"))
        assert same(backup_file.checked(second.folder / "second.tar"), said)
        flip(file, file.stat().st_size // 2)
        refused = second.types(REPLACE)
        assert "is damaged or no backup" in refused.stderr
        flip(file, file.stat().st_size // 2)
        assert "editions are what was published" in sound(second.types(REPLACE))
        assert second.packs_now("again") == before
    finally:
        cleaning.remove(second.var, lambda _: None)


def same(manifest, said):
    """Whether two backups hold the same rows, editions and log; what demo people and `migrate` add is the same too."""
    return [said[name] for name in ("counts", "editions", "log")] == [manifest.counts, manifest.editions, manifest.log]


def flip(file: Path, place: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        byte = opened.read(1)[0]
        opened.seek(place)
        opened.write(bytes([byte ^ OTHER_LETTER]))


@pytest.fixture
def made(published, tmp_path):
    """A backup of the tests' own database."""
    file = tmp_path / "one.tar"
    backups.make(file, with_key=False)
    return file


def databases():
    """List this worker's databases; others of the cluster come and go meanwhile."""
    own = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [own])
        return cursor.fetchall()


committed = pytest.mark.django_db(transaction=True)


@committed
def test_the_key_stays_out_when_asked(made):
    manifest = backup_file.checked(made)
    assert manifest.secret_key == "left out"
    assert set(manifest.parts) == {backup_file.DATABASE}
    assert manifest.counts["perspectives_edition"] == 3


@committed
def test_every_flipped_byte_is_noticed(made):
    size = made.stat().st_size
    for place in [0, 100, 511, size - 1, size - 10, size - 100, size - 3000, *random.Random(1).sample(range(size), 40)]:
        flip(made, place)
        with pytest.raises(BackupError, match="is damaged or no backup"):
            backup_file.checked(made)
        flip(made, place)
    backup_file.checked(made)


@committed
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"postgresql": "17.4"}, "made by PostgreSQL 17, but 18 is running"),
        ({"migrations": ["perspectives.9999_later"]}, "made by a newer version .* has the migration perspectives.9999"),
        ({"counts": {}}, "its counts differ"),
        ({"editions": "0" * 64}, "its editions differ"),
        ({"format": 2}, "has the form 2 of backups"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_touched(made, tmp_path, other, sentence):
    manifest = dataclasses.replace(backup_file.checked(made), **other)
    part = backup_file.extract(made, backup_file.DATABASE, tmp_path / "part")
    backup_file.write(tmp_path / "other.tar", manifest, {backup_file.DATABASE: part})
    before = databases()
    with pytest.raises(BackupError, match=sentence):
        backups.restore(tmp_path / "other.tar", is_replacing=True, show=lambda _: None)
    assert databases() == before
    backups.make(tmp_path / "after.tar", with_key=False)
    assert backup_file.checked(tmp_path / "after.tar").editions == backup_file.checked(made).editions


@committed
def test_a_backup_takes_the_place_of_what_is_there(made):
    before = databases()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM perspectives_publishedclaim")
    backups.restore(made, is_replacing=True, show=lambda _: None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM perspectives_publishedclaim")
        assert cursor.fetchone()[0] > 0
    assert databases() == before


@pytest.mark.parametrize("body", [b"", b"x" * 1000])
def test_another_file_is_no_backup(tmp_path, body):
    file = tmp_path / "x"
    file.write_bytes(body)
    with pytest.raises(BackupError, match="is damaged or no backup"):
        backup_file.checked(file)
    with pytest.raises(BackupError, match="cannot be read: No such file"):
        backup_file.checked(tmp_path / "none")


@committed
def test_a_folder_that_is_not_there_is_a_sentence(published, tmp_path):
    with pytest.raises(BackupError, match="could not be written: No such file or directory"):
        backups.make(tmp_path / "none" / "x", with_key=True)


@committed
def test_each_night_one_backup_and_old_ones_go(published, tmp_path):
    folder = tmp_path / "nightly"
    assert backups.nightly(folder, keep_days=3, now=NIGHT.replace(hour=1)) is None
    assert not folder.exists()
    file = backups.nightly(folder, keep_days=3, now=NIGHT)
    assert file == folder / "debatekb-2026-11-28.backup.tar"
    left = {"debatekb-2026-11-25.backup.tar", "mine.tar", "debatekb-x.backup.tar"}
    for name in ("debatekb-2026-11-24.backup.tar", *left):
        (folder / name).touch()
    assert backups.nightly(folder, keep_days=3, now=NIGHT) is None
    assert {path.name for path in folder.iterdir()} == {file.name, *left}


def test_the_role_of_the_application_is_no_superuser(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("debatekb_app", False, False)
        with pytest.raises(Exception, match="permission denied to COPY to or from an external program"):
            cursor.execute("COPY (SELECT 1) TO PROGRAM 'true'")
