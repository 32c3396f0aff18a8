"""An archive of PostgreSQL's write-ahead log, from which the cluster of any moment can be made again."""

import os
import shlex
from pathlib import Path

from debatekb.embedded import NAME
from debatekb.running.account import can_run
from debatekb.running.errors import StartError, as_sentence
from debatekb.running.home import Home, make_folder


def archiving(home: Home) -> dict[str, str]:
    """Return the settings by which PostgreSQL archives into the folder of WAL_ARCHIVE_DIR; none without it.

    A segment is archived when it is full or a minute old; it is copied under another name first, so that a crash leaves
    no half one. Raises StartError where the folder cannot be written.
    """
    given = os.environ.get("WAL_ARCHIVE_DIR")
    if not given:
        return {}
    folder = Path(given).absolute()
    with as_sentence():
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            make_folder(folder, home.account)
    require_writable(folder, home)
    target = shlex.quote(str(folder)).replace("%", "%%")
    copied = f"cp %p {target}/%f.part && sync {target}/%f.part && mv {target}/%f.part {target}/%f"
    return {
        "wal_level": "replica",
        "max_wal_senders": "4",
        "archive_mode": "on",
        "archive_timeout": "60",
        "archive_command": f"if test -f {target}/%f; then cmp -s %p {target}/%f; else {copied}; fi",
    }


def require_writable(folder: Path, home: Home) -> None:
    """Raise StartError unless the user of the engines can write in the folder."""
    if not folder.is_dir() or not can_run(Path("/bin/true"), inside=folder, account=home.account):
        who = f"the system user {NAME}" if home.account else "this user"
        raise StartError(f"{folder} must be a folder that {who} can enter and write; make it one or name another.")
