"""Taking sources in with real workers: one is killed in the middle, another goes on, and nothing is read twice."""

import os
import signal
import subprocess
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from debatekb.celery import app
from perspectives.actions.intake import intake_batches, intake_reading
from perspectives.models import IntakeEntry, User
from perspectives.queries.intake import intake_batches as queries
from perspectives.vocab import IntakeState, Role
from tests.own_engines import WORKER
from tests.tasks.test_bibliographies import wait_for

ROOT = Path(__file__).resolve().parents[2]
BIBTEX = "\n".join(
    f"@book{{key{number}, title = {{Pier {number}}}, year = 1999, doi = {{10.1000/{number}}}}}" for number in range(500)
)


@pytest.fixture
def start_worker(tmp_path):
    """Start workers in processes of their own, on the tests' database; what runs in the end is killed."""
    running = []

    def start():
        environment = {**os.environ, "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL}
        with (tmp_path / "worker.log").open("ab") as log:
            running.append(subprocess.Popen(WORKER, cwd=ROOT, env=environment, stdout=log, stderr=log))
        return running[-1]

    yield start
    for process in running:
        kill(process)


def database_url():
    place = connection.settings_dict
    user, password, host, name = (quote(str(place[part]), safe="") for part in ("USER", "PASSWORD", "HOST", "NAME"))
    port = f":{place['PORT']}" if place["PORT"] else ""
    return f"postgres://{user}:{password}@{host}{port}/{name}"


def kill(process):
    """Kill a worker and all it runs, as a machine that loses its power does."""
    if process.poll() is None:
        for one in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
            os.kill(one.pid, signal.SIGKILL)
    process.wait()


def kill_at_work(process, batch):
    """Kill a worker at a moment when it has read some entries and is reading others."""
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]

    def is_at_work():
        for one in family:
            one.suspend()
        if counts(batch)[IntakeState.FETCHING] and read_already(batch):
            return True
        for one in family:
            one.resume()
        return False

    wait_for(is_at_work, 120)
    kill(process)


def counts(batch):
    return queries.progress(batch.pk).counts


def read_already(batch):
    rows = IntakeEntry.objects.filter(batch=batch, state__in=["ready", "duplicate"])
    return {row["pk"]: row for row in rows.values("pk", "state", "attempts", "fetched_at", "record", "twin")}


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_read_twice(start_worker, monkeypatch):
    app.control.purge()
    batch = intake_batches.start(by=User.objects.create_user("one", role=Role.MODERATOR), text=BIBTEX)
    first = start_worker()
    wait_for(lambda: counts(batch)[IntakeState.FETCHING], 120)
    kill_at_work(first, batch)
    before = read_already(batch)
    left = set(IntakeEntry.objects.filter(batch=batch, state="fetching").values_list("pk", flat=True))
    assert 0 < len(before) < 500
    assert left
    killed_at = timezone.now()
    monkeypatch.setattr(intake_reading, "_LEASE", timedelta(0))
    intake_reading.resume()
    start_worker()
    wait_for(lambda: queries.progress(batch.pk).is_done, 120)
    after = read_already(batch)
    assert len(after) == 500
    assert {pk: after[pk] for pk in before} == before
    assert all(row["fetched_at"] > killed_at for pk, row in after.items() if pk not in before)
    assert {pk for pk, row in after.items() if row["attempts"] == 2} == left
    assert {row["attempts"] for pk, row in after.items() if pk not in left} == {1}
