"""What settings know of the embedded PostgreSQL and Valkey: where their files lie, their addresses, the secret key.

Nothing here starts anything, and a machine on which nothing ever ran is no error: nobody answers at the addresses then.
`debatekb.running.home` decides where the engines live, `debatekb.running.engines` runs them.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

NAME = "debatekb"
"""Of the database, the cluster's owner and the system user alike."""

APPLICATION = f"{NAME}_app"
"""The role that the application has in the database: its owner, but no superuser."""


@dataclass(frozen=True)
class Place:
    """Where the engines of one `var` folder live: data and sockets; `instance` is a random token of its own."""

    instance: str
    data: Path
    sockets: Path

    @property
    def password_file(self) -> Path:
        """The password of the cluster's owner, beside the data that it opens."""
        return self.data / "password"

    @property
    def application_password_file(self) -> Path:
        """The password of the application's role."""
        return self.data / "application-password"

    @property
    def valkey_socket(self) -> Path:
        """Where Valkey listens."""
        return self.sockets / "valkey.sock"


def var_dir() -> Path:
    """Return the folder of run-time files: `DEBATEKB_VAR`, else `var` beside the code."""
    given = os.environ.get("DEBATEKB_VAR")
    return Path(given).absolute() if given else Path(__file__).resolve().parent.parent / "var"


def place_of(var: Path) -> Place:
    """Return where the engines of `var` live, as decided at their first start; before it, the usual place."""
    try:
        known = json.loads((var / "place.json").read_text(encoding="utf-8"))
        return Place(known["instance"], Path(known["data"]), Path(known["sockets"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Place("", var / "engines", var / "engines" / "run")


def remember_place(var: Path, place: Place) -> None:
    """Write down where the engines of `var` live."""
    write_private(var / "place.json", json.dumps({key: str(value) for key, value in asdict(place).items()}))


def database_url() -> str:
    """Return the address of the embedded database, a socket and a password."""
    place = place_of(var_dir())
    try:
        password = ":" + place.application_password_file.read_text(encoding="ascii")
    except OSError:
        password = ""
    return f"postgres://{APPLICATION}{password}@{quote(str(place.sockets), safe='')}/{NAME}"


def redis_url() -> str:
    """Return the address of the embedded Valkey in the form that Celery wants."""
    return f"redis+socket://{quote(str(place_of(var_dir()).valkey_socket))}?virtual_host=0"


def secret_key() -> str:
    """Return the key made once and kept under `var`; where that cannot be written, one for this process only.

    Raises `ImproperlyConfigured` when a database was named: several machines may then share it, and the key with it.
    """
    if os.environ.get("DATABASE_URL"):
        raise ImproperlyConfigured(
            "With DATABASE_URL given, SECRET_KEY must be given too: 50 random characters or more."
        )
    path = var_dir() / "secret-key"
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        pass
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(64), replace=False)
        return path.read_text(encoding="ascii")
    except OSError:
        return secrets.token_urlsafe(64)


def write_private(path: Path, text: str, *, replace: bool = True) -> None:
    """Write `text` whole or not at all, readable by the owner only; an existing file stays when `replace` is false."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        elif not path.exists():
            path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
