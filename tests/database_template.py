"""The tables of the tests' databases: made by the migrations once, then copied by PostgreSQL, which is much faster.

The first worker that finds no template for the migrations as they are makes one of its own database; others wait.
"""

import hashlib
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

PREFIX = "template_of_tests_"
LOCK = 7_300_001
"""Of PostgreSQL's advisory locks: any number that nothing else here takes."""


def name() -> str:
    """Name the template after the bytes of all migrations of all apps, so that an old one is never taken."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


class Template:
    """The template, and the lock that is held while it is made."""

    def __init__(self) -> None:
        self.name = name()
        place = connection.get_connection_params()
        place = {key: place[key] for key in ("host", "port", "user", "password") if key in place}
        self.server = psycopg.connect(**place, dbname="postgres", autocommit=True)
        self.server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        self.is_there = self.name in self.names()

    def names(self) -> list[str]:
        """Give the names of all templates of the server."""
        found = self.server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [row[0] for row in found]

    def use(self) -> None:
        """Have Django make the test database of it; without one, migrate."""
        if self.is_there:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def keep(self) -> None:
        """Keep the test database as the template when there was none, and let go of the lock."""
        if not self.is_there:
            connection.close()
            for old in self.names():
                self.server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            made = sql.Identifier(str(connection.settings_dict["NAME"]))
            self.server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(self.name), made))
        self.server.close()
