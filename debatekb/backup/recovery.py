"""Point-in-time recovery of the embedded PostgreSQL: base copies, and going back.

A base copy and every segment archived since its beginning give the cluster as it was at any later moment.
"""

import dataclasses
import os
import secrets
import shlex
import shutil
import subprocess
from pathlib import Path

from psycopg import sql

from debatekb import embedded
from debatekb.backup.archiving import require_writable
from debatekb.running import engines
from debatekb.running.errors import StartError, as_sentence
from debatekb.running.home import Home, make_folder, make_var, settle
from debatekb.running.processes import Children, Lock

CLUSTER, PASSWORD = "cluster", "password"
PATIENCE_SECONDS = 6 * 3600.0
"""Recovery replays all that was written since the base copy."""


def base_copy(home: Home, folder: Path) -> None:
    """Copy the running cluster, and the password of its owner, into a new folder. Raises StartError."""
    with as_sentence():
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_folder(folder, home.account)
    require_writable(folder, home)
    words = ["--host", str(home.place.sockets), "--username", embedded.NAME, "--pgdata", str(folder / CLUSTER)]
    with as_sentence():
        password = home.place.password_file.read_text(encoding="ascii")
        done = subprocess.run(
            [home.postgres_bin / "pg_basebackup", *words, "--wal-method=stream", "--checkpoint=fast", "--no-password"],
            env={**engines.plain_environment(home), "PGPASSWORD": password},
            cwd=home.place.data,
            capture_output=True,
            text=True,
            check=False,
            **(home.account.options() if home.account else {}),
        )
        if done.returncode != 0:
            raise StartError(
                f"No base copy could be made: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}"
            )
        embedded.write_private(folder / PASSWORD, password)


def recover(var: Path, *, base: Path, archive: Path, until: str) -> None:
    """Recover the cluster of a `var` folder in which nothing runs; see `put_in_place`. Raises StartError."""
    make_var(var)
    lock = Lock(var / "lock")
    if not lock.take(f"recovery (process {os.getpid()})"):
        raise StartError(f"Debate KB runs: {lock.words()}; end that first.")
    try:
        put_in_place(settle(var), var, base=base, archive=archive, until=until)
    finally:
        lock.release()


def put_in_place(home: Home, var: Path, *, base: Path, archive: Path, until: str) -> None:
    """Put the cluster as it was at `until` (a time with its zone) in the place of the present one, which is kept aside.

    Raises StartError; the present cluster is then where it was.
    """
    present, aside = engines.cluster(home), home.place.data / f"postgres.before-{secrets.token_hex(4)}"
    present_password = home.place.password_file.read_bytes() if home.place.password_file.exists() else None
    require_writable(archive, home)
    with as_sentence():
        password = (base / PASSWORD).read_text(encoding="ascii")
        draft = home.place.data / "postgres.recovering"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(base / CLUSTER, draft)
        say_how_far(draft, archive, until)
        for path in (draft, *draft.rglob("*")):
            engines.own(path, home)
        if present.exists():
            present.rename(aside)
        draft.rename(present)
        embedded.write_private(home.place.password_file, password)
        engines.own(home.place.password_file, home)
    try:
        replay(home, var)
    except StartError:
        shutil.rmtree(present)
        if aside.exists():
            aside.rename(present)
        if present_password is not None:
            home.place.password_file.write_bytes(present_password)
        raise


def say_how_far(cluster: Path, archive: Path, until: str) -> None:
    """Tell PostgreSQL in its own files where the archive is, and at what time to stop and serve."""
    command = f"cp {shlex.quote(str(archive)).replace('%', '%%')}/%f %p"
    wanted = {
        "restore_command": command,
        "recovery_target_time": until,
        "recovery_target_action": "promote",
        "hot_standby": "off",
    }
    with (cluster / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = {sql.Literal(value).as_string()}\n" for name, value in wanted.items())
    (cluster / "recovery.signal").touch()


def replay(home: Home, var: Path) -> None:
    """Let PostgreSQL replay until it serves, forget how far it was to go, and end it. Raises StartError."""
    children = Children(var)
    try:
        engines.prepare_postgres(home)
        service = dataclasses.replace(engines.postgres(home, var), patience=PATIENCE_SECONDS)
        children.wait_ready(children.start(service))
        with engines.connect(home) as server:
            server.execute("ALTER SYSTEM RESET ALL")
    finally:
        children.stop_all()
