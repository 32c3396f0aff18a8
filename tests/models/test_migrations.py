"""Migrations run from nothing to the last one, back to nothing, and forth again.

The first way is that of the template of the tests' databases (`tests/database_template.py`), which they made.
"""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from perspectives.models import Citation
from tests import database_template

ROOT = Path(__file__).resolve().parents[2]
NAME = f"migrations_{os.getpid()}"


@pytest.fixture
def migrated_database(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE {database_template.name()}")
    yield urlsplit(settings.DATABASE_URL)._replace(path=f"/{NAME}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def migrate(address, *words):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "SECRET_KEY": "for this test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


OURS = "name LIKE 'perspectives%' AND name <> 'perspectives_cache'"
SCHEMA = f"""
SELECT kind, name, body FROM (
  SELECT 'column' AS kind, table_name::text AS name, concat_ws(' ', column_name, data_type, is_nullable) AS body
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION SELECT 'constraint', conrelid::regclass::text, concat_ws(' ', conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid <> 0
  UNION SELECT 'index', tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
) AS found WHERE {OURS} ORDER BY 1, 2, 3
"""


def schema(address):
    with psycopg.connect(address) as other:
        return other.execute(SCHEMA).fetchall()


@pytest.mark.timeout(900)
def test_migrations_go_forth_and_back(migrated_database):
    first = schema(migrated_database)
    assert {kind for kind, _, _ in first} == {"column", "constraint", "index", "trigger"}
    migrate(migrated_database, "perspectives", "zero")
    assert schema(migrated_database) == []
    migrate(migrated_database)
    assert schema(migrated_database) == first


def states():
    return set(Citation.objects.exclude(quote="").values_list("quote_status", flat=True))


def test_old_states_of_quotations_become_the_weaker_of_the_new(drafts):
    moves = import_module("perspectives.migrations.0028_quotation_states")
    with connection.cursor() as cursor:
        for name in ("quote_status_is_known", "quote_was_seen", "translation_has_a_translator"):
            cursor.execute(f"ALTER TABLE perspectives_citation DROP CONSTRAINT perspectives_citation_{name}")
    assert states() == {"own-text", "not-checked"}
    Citation.objects.filter(quote_status="not-checked").update(quote_status="translated", translator="editors")
    moves.tell_less(apps, None)
    assert states() == {"verified", "unverified"}
    assert not Citation.objects.filter(quote_status="unverified").exclude(translator="").filter(translation="").exists()
    moves.tell_more(apps, None)
    assert states() == {"reproduction", "not-checked"}
