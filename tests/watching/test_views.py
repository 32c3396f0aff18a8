"""Health and metrics over HTTP: who may read what, and what it says."""

import os
import time

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from debatekb.watching import heartbeats, views
from debatekb.watching.counters import COUNTERS
from debatekb.watching.probes import Probes
from debatekb.watching.valkey import client as valkey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    monkeypatch.setattr("debatekb.watching.probes.FRESH_SECONDS", 0)
    COUNTERS.flush()
    valkey().delete("debatekb:heartbeats:worker", "debatekb:heartbeats:beat", "debatekb:counts")
    heartbeats._last.clear()


@pytest.fixture
def _heard():
    heartbeats.give(heartbeats.WORKER, "one")
    heartbeats.give(heartbeats.BEAT, "beat")


def rows(client):
    response = client.get("/health/ready")
    found = response.json()
    assert found["ok"] == (response.status_code == 200)
    return {row["name"]: row for row in found["checks"]}


def test_live_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live", headers={"host": "no.such.name"})
    assert (response.status_code, response.json()) == (200, {"ok": True})


@pytest.mark.usefixtures("_heard")
def test_ready_has_a_row_for_each_check_and_all_are_well(client):
    found = rows(client)
    assert list(found) == ["database", "broker", "worker", "beat", "migrations", "disk", "backup"]
    assert all(row["ok"] for row in found.values()), found
    assert set(found["disk"]) == {"name", "ok", "detail", "seconds"}


def test_those_that_were_not_heard_are_missed(client, settings):
    assert rows(client)["worker"]["detail"] == "No worker was heard for a day."
    heartbeats.give(heartbeats.WORKER, "one")
    heartbeats.give(heartbeats.WORKER, "one")
    settings.SILENT_SECONDS = -1
    assert rows(client)["worker"]["detail"].startswith("0 alive; last heard 0 s ago.")


def test_a_missing_migration_and_a_full_disk_and_an_old_backup(client, settings, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name, applied FROM django_migrations ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", row[:2])
    settings.DISK_LEAST_FREE_MB = 10**9
    file = tmp_path / "debatekb-2026-01-01.backup.tar"
    file.touch()
    os.utime(file, (time.time() - 27 * 3600,) * 2)
    try:
        found = rows(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row)
    assert found["migrations"]["detail"].startswith("1 migrations are not applied")
    assert found["disk"]["ok"] is False
    assert found["backup"] == found["backup"] | {"ok": False, "detail": "The newest is 27.0 h old."}
    assert str(tmp_path) not in str(found)


def test_without_backups_none_is_missed(client, settings):
    settings.BACKUP_DIR = ""
    assert rows(client)["backup"]["detail"] == "No nightly backup is switched on (BACKUP_DIR)."


def test_a_new_database_needs_no_backup_yet(client):
    assert rows(client)["backup"]["ok"] is True
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = applied - interval '3 days'")
    try:
        assert rows(client)["backup"]["ok"] is False
    finally:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_migrations SET applied = applied + interval '3 days'")


def test_health_is_as_it_was(client):
    response = client.get("/healthz/")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "cache": "ok"})


def test_health_tells_an_engine_that_is_away(client, monkeypatch):
    from debatekb.watching.checks import CHECKS, Probe

    def away():
        raise OSError

    monkeypatch.setattr(
        views, "probes", lambda: Probes({**CHECKS, "database": Probe(away, of="PostgreSQL", is_of_part=True)})
    )
    assert client.get("/healthz/").status_code == 500


TOKEN = "0123456789"


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.1", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "10.0.0.1"}, 403),
        ("127.0.0.1", {"via": "1.1 proxy"}, 403),
        ("10.0.0.1", {"authorization": f"Bearer {TOKEN}"}, 200),
        ("10.0.0.1", {"authorization": "Bearer wrong"}, 403),
        ("10.0.0.1", {"authorization": f"Basic {TOKEN}"}, 403),
    ],
)
def test_metrics_are_given_to_the_machine_itself_and_for_the_token(client, settings, peer, headers, status):
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=peer)
    assert response.status_code == status
    assert (b"debatekb_check_ok" in response.content) == (status == 200)


def test_without_a_token_none_opens_the_metrics(client):
    response = client.get("/metrics", headers={"authorization": "Bearer "}, REMOTE_ADDR="10.0.0.1")
    assert response.status_code == 403
    assert b"METRICS_TOKEN" in response.content


def test_no_watcher_is_sent_anything(client):
    for address in ("/health/live", "/health/ready", "/healthz/", "/metrics"):
        assert client.post(address).status_code == 405


@pytest.mark.usefixtures("_heard", "published")
def test_metrics_tell_requests_caches_and_what_is_published(client):
    client.get("/about/")
    client.get("/nothing-of-the-kind")
    text = client.get("/metrics").content.decode()
    found = {
        (sample.name, tuple(sorted(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["debatekb_requests_total", ("200", "GET", "about")] >= 1
    assert found["debatekb_requests_total", ("404", "GET", "unmatched")] >= 1
    assert found["debatekb_request_seconds_count", ("GET", "about")] >= 1
    assert found["debatekb_answers_total", ("5xx",)] == 0
    assert found["debatekb_publication_version", ("edition",)] > 0
    assert found["debatekb_due", ("references",)] > 0
    assert found["debatekb_check_ok", ("worker",)] == 1
    assert ("debatekb_requests_total", ("200", "GET", "metrics")) not in found
