"""The system user under whom the engines run when we are root: PostgreSQL refuses root, and less power is safer."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from debatekb.embedded import NAME
from debatekb.running.errors import StartError

TRY_SECONDS = 20


@dataclass(frozen=True)
class Account:
    """A user of the system, as `subprocess` wants it."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess` run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def service_account() -> Account | None:
    """Return whom the engines run as: nobody else when we are not root, else the system user, made if missing.

    Raises `StartError` when the user cannot be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        make_user()
        entry = pwd.getpwnam(NAME)
    if entry.pw_uid == 0:
        raise StartError(f"The system user {NAME} has the number 0, so PostgreSQL refuses it; give it another number.")
    return Account(entry.pw_uid, entry.pw_gid)


def make_user() -> None:
    """Make the system user, without home and login; raises `StartError` when the machine refuses."""
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise StartError(f"As root the engines need a system user, and `useradd` is missing; make a user {NAME} first.")
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True, check=False)
    taken = 9
    if done.returncode not in {0, taken}:
        raise StartError(f"The system user {NAME} could not be made: {done.stderr.strip() or 'useradd failed'}.")


def can_run(program: Path, *, inside: Path, account: Account | None) -> bool:
    """Return, by trying, whether `account` can write in the folder `inside` and run `program` from there."""
    script = 'cd "$1" && touch .try && rm .try && exec "$2" --version'
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", script, "sh", str(inside), str(program)],
            capture_output=True,
            check=False,
            timeout=TRY_SECONDS,
            cwd="/",
            **(account.options() if account else {}),
        )
    except PermissionError as error:
        raise StartError(
            f"As root the engines run as the user {NAME}, but changing the user is not allowed here."
        ) from error
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
