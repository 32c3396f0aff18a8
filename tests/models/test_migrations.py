"""Migrations run from nothing to the last one, back to nothing, and forth again, in a database of their own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
NAME = f"migrations_{os.getpid()}"


@pytest.fixture
def empty_database(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
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


def test_migrations_go_forth_and_back(empty_database):
    migrate(empty_database)
    migrate(empty_database, "perspectives", "zero")
    migrate(empty_database)
