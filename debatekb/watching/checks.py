"""What must be so for the whole system to do its work; each check tells it in a sentence, without secrets."""

import shutil
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from debatekb import embedded
from debatekb.backup import backups
from debatekb.watching import heartbeats
from debatekb.watching.probes import Outcome, Probe, Sample
from debatekb.watching.valkey import client

POSTGRES: Final = "PostgreSQL"
VALKEY: Final = "Valkey"
BACKUP_MOST_SECONDS: Final = 26 * 3600
"""A day, an hour until beat asks again, and an hour to make it."""
_MEGABYTE: Final = 1_000_000


def database() -> Outcome:
    """Ask PostgreSQL by a connection of its own, as a new request would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database()"
        )
        size, connections = cursor.fetchone()
    return Outcome(
        is_ok=True,
        detail="PostgreSQL answers.",
        samples=(
            Sample("debatekb_database_size_bytes", (), size),
            Sample("debatekb_database_connections", (), connections),
        ),
    )


def migrations() -> Outcome:
    """Compare the migrations of the code with those that were applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        missing = len(_known_migrations() - set(cursor.fetchall()))
    detail = f"{missing} migrations are not applied; run `manage.py up --prepare data`." if missing else "All applied."
    return Outcome(is_ok=not missing, detail=detail, samples=(Sample("debatekb_migrations_missing", (), missing),))


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def broker() -> Outcome:
    """Ask Valkey."""
    client().ping()
    return Outcome(is_ok=True, detail="Valkey answers.")


def worker() -> Outcome:
    """Tell when a worker was last heard."""
    return _heard(heartbeats.WORKER)


def beat() -> Outcome:
    """Tell when beat was last heard."""
    return _heard(heartbeats.BEAT)


def _heard(role: str) -> Outcome:
    ages = heartbeats.ages(role)
    if not ages:
        return Outcome(is_ok=False, detail=f"No {role} was heard for a day.")
    alive = sum(age <= settings.SILENT_SECONDS for age in ages)
    return Outcome(
        is_ok=alive > 0,
        detail=f"{alive} alive; last heard {ages[0]:.0f} s ago.",
        samples=(
            Sample("debatekb_heartbeat_age_seconds", (role,), ages[0]),
            Sample("debatekb_processes_alive", (role,), alive),
        ),
    )


def disk() -> Outcome:
    """Tell how much room is left where the system writes."""
    places = {"run-time files": settings.VAR_DIR}
    if settings.BACKUP_DIR:
        places["backups"] = Path(settings.BACKUP_DIR)
    data = embedded.place_of(settings.VAR_DIR).data
    if data.is_dir():
        places["data"] = data
    free = {name: shutil.disk_usage(_existing(place)).free for name, place in places.items()}
    full = [name for name, left in free.items() if left < settings.DISK_LEAST_FREE_MB * _MEGABYTE]
    least = min(free.values()) // _MEGABYTE
    return Outcome(
        is_ok=not full,
        detail=f"{least} MB are free{' for ' + ' and '.join(full) if full else ''}; "
        f"{settings.DISK_LEAST_FREE_MB} MB at least should be.",
        samples=tuple(Sample("debatekb_disk_free_bytes", (name,), left) for name, left in free.items()),
    )


def _existing(place: Path) -> Path:
    """Give the place, or the folder in which it will be made."""
    return place if place.exists() or place == place.parent else _existing(place.parent)


def backup() -> Outcome:
    """Tell how old the newest nightly backup is; where there is none yet, how old the database is."""
    if not settings.BACKUP_DIR:
        return Outcome(is_ok=True, detail="No nightly backup is switched on (BACKUP_DIR).")
    made = [file.stat().st_mtime for file in Path(settings.BACKUP_DIR).glob(f"debatekb-*{backups.SUFFIX}")]
    age = time.time() - max(made) if made else _age_of_database()
    detail = f"The newest is {age / 3600:.1f} h old." if made else f"None yet, in {age / 3600:.1f} h of this database."
    return Outcome(
        is_ok=age <= BACKUP_MOST_SECONDS, detail=detail, samples=(Sample("debatekb_backup_age_seconds", (), age),)
    )


def _age_of_database() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations")
        (applied,) = cursor.fetchone()
    return (datetime.now(tz=UTC) - applied).total_seconds() if applied else 0.0


CHECKS: Final = {
    "database": Probe(database, of=POSTGRES, is_of_part=True),
    "broker": Probe(broker, of=VALKEY, is_of_part=True),
    "worker": Probe(worker, of=VALKEY),
    "beat": Probe(beat, of=VALKEY),
    "migrations": Probe(migrations, of=POSTGRES),
    "disk": Probe(disk),
    "backup": Probe(backup, of=POSTGRES),
}
"""In the order in which they are shown."""
