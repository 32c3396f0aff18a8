"""The embedded database for one command, whether the system runs or not; and the secret key that belongs to it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from debatekb import addresses, embedded
from debatekb.backup import backup_file
from debatekb.backup.backup_file import Manifest
from debatekb.running import engines, home
from debatekb.running.processes import Children, Lock


@contextmanager
def serving() -> Iterator[None]:
    """See that the database serves: one that DATABASE_URL names and one that runs do; else it is started meanwhile.

    Raises `StartError`.
    """
    var = embedded.var_dir()
    if os.environ.get("DATABASE_URL"):
        yield
        return
    home.make_var(var)
    lock = Lock(var / "lock")
    if not lock.take(f"a command on the database (process {os.getpid()})"):
        yield
        return
    children = Children(var)
    try:
        children.end_leftovers()
        engines.start(home.settle(var), var, children, wanted={engines.POSTGRES})
        # The settings were read before the first start made a place and a password.
        found = addresses.database_config(embedded.database_url())
        connection.settings_dict.update({name: found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")})
        yield
    finally:
        connection.close()
        children.stop_all()
        lock.release()


def keep_key(file: Path, manifest: Manifest) -> str:
    """Put the secret key of a backup in its place where we keep it, and say what became of it."""
    if backup_file.KEY not in manifest.parts:
        return "The backup holds no secret key: who was signed in signs in again, and signed addresses end."
    with tempfile.TemporaryDirectory(prefix="debatekb-restore-") as folder:
        key = backup_file.extract(file, backup_file.KEY, Path(folder) / "key").read_text(encoding="utf-8")
    if key == settings.SECRET_KEY:
        return "The secret key is the same as before."
    if os.environ.get("SECRET_KEY") or os.environ.get("DATABASE_URL"):
        return f"Set SECRET_KEY to that of the backup, which `tar -xOf {file} {backup_file.KEY}` shows."
    embedded.write_private(embedded.var_dir() / "secret-key", key)
    return "The secret key of the backup was put in its place."
