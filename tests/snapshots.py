"""Rows that many tests begin with: made once by the real actions, then put back as they were, which is much faster.

Both putting back and taking away run without triggers, which only a superuser of PostgreSQL may ask for, or whom one
allows it, as the engines of tests do: the rows were checked when they were made, and append-only tables must be
emptied too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

_KEPT: dict[str, list[tuple[str, bytes]]] = {}
"""By the world's name: statements of COPY, each with the rows that it takes."""


def begin(name: str, make: Callable[[], object]) -> None:
    """Let there be what `make` makes: the first time by calling it, and ever after from its rows.

    It may stand on another world, which must then be there each time; it adds rows and changes none.
    """
    if name in _KEPT:
        _put_back(_KEPT[name])
        return
    before = {table: _rows(table) for table in _tables()}
    make()
    connection.check_constraints()  # lets what waits for the commit happen now: the log is chained then
    _KEPT[name] = [(_copy(table), _added(before[table], _rows(table))) for table in _tables()]


@cache
def _tables() -> dict[str, str]:
    """Give the tables in the order in which their rows can be added, each with its columns but the generated ones."""
    return {
        model._meta.db_table: ", ".join(
            f'"{field.column}"' for field in model._meta.local_concrete_fields if not field.generated
        )
        for model in apps.get_app_config("perspectives").get_models(include_auto_created=True)
    }


def _copy(table: str) -> str:
    return f'COPY "{table}" ({_tables()[table]}) FROM STDIN'


def _rows(table: str) -> list[bytes]:
    """Give the rows of a table as lines."""
    statement = f'COPY "{table}" ({_tables()[table]}) TO STDOUT'
    with connection.cursor() as cursor, cursor.copy(statement) as rows:
        return b"".join(map(bytes, rows)).splitlines(keepends=True)


def _added(before: list[bytes], after: list[bytes]) -> bytes:
    there = set(before)
    assert there <= set(after), "Rows that were there were changed."
    return b"".join(row for row in after if row not in there)


def _put_back(kept: list[tuple[str, bytes]]) -> None:
    with _without_triggers() as cursor:
        for statement, rows in kept:
            if rows:
                with cursor.copy(statement) as into:
                    into.write(rows)


def empty() -> None:
    """Take all rows away that a test without a transaction of its own left, but those that migrations made.

    Django's flush truncates sixty tables, most of them empty, and makes permissions anew: half a second a test.
    """
    with _without_triggers() as cursor:
        for table in _left_by_tests():
            cursor.execute(f'DELETE FROM "{table}"')


@cache
def _left_by_tests() -> list[str]:
    made_by_migrations = {"django_content_type", "auth_permission"}
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(tables) - made_by_migrations)


@contextmanager
def _without_triggers() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")
