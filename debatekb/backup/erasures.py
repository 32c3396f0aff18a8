"""Which accounts were erased, kept beside the backups: one from before an erasure brings back what was erased.

A line names an account by its number and by when it was made, since after a restore its number may be another's.
"""

import json
import os
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from debatekb.backup.backup_file import BackupError
from perspectives.actions.accounts import erasing
from perspectives.models import User
from perspectives.policy import OPERATOR

LIST = "erased-accounts.jsonl"
_HAS_COLUMN = "SELECT FROM pg_attribute WHERE attrelid = to_regclass('perspectives_user') AND attname = 'erased_at'"


class Erasure(NamedTuple):
    """An account that was erased."""

    account: int
    joined_at: datetime


def known() -> set[Erasure]:
    """Give those of the database."""
    found = User.objects.exclude(erased_at=None).values_list("pk", "date_joined")
    return {Erasure(*row) for row in found}


def of(server: psycopg.Connection[tuple[Any, ...]]) -> set[Erasure]:
    """Give those of a database of any version, an empty one too."""
    if server.execute(_HAS_COLUMN).fetchone() is None:
        return set()
    rows = server.execute("SELECT id, date_joined FROM perspectives_user WHERE erased_at IS NOT NULL")
    return {Erasure(*row) for row in rows}


def listed(folders: Iterable[Path]) -> set[Erasure]:
    """Read the lists of folders of backups. Raises BackupError."""
    return {one for folder in folders for one in read(folder / LIST)}


def read(file: Path) -> set[Erasure]:
    """Read a list; one that is not there is empty. Raises BackupError."""
    found = set()
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{file} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            found.add(Erasure(int(said["account"]), datetime.fromisoformat(said["joined_at"])))
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(f"{file}, line {number}, names no account; mend or remove the line.") from error
    return found


def keep(folder: Path) -> None:
    """Write the list anew: what the database knows, and what stood there, which a restored database does not know.

    The folder is made where it is missing; only its owner can read the list. Raises BackupError, OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(folder / LIST, known() | read(folder / LIST))


def write(file: Path, erasures: Iterable[Erasure]) -> None:
    """Write a list whole or not at all. Raises OSError."""
    lines = [json.dumps({"account": one.account, "joined_at": one.joined_at.isoformat()}) for one in sorted(erasures)]
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
    draft.replace(file)


def again(erasures: Collection[Erasure]) -> int:
    """Erase the accounts that are there again; give how many."""
    done = [
        erasing.erase_again(account_id=one.account, joined_at=one.joined_at, by=OPERATOR) for one in sorted(erasures)
    ]
    return sum(done)
