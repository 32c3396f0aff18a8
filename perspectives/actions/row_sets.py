"""Writing rows by sets: one statement adds, changes or removes any number of rows of a table.

A record maps columns to plain values; all records of a call have the same columns. They reach PostgreSQL as one JSON
text, which it turns into rows of the columns' own types (`json_to_recordset`), lists and JSON included.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, Model, QuerySet
from psycopg import sql

Record = Mapping[str, Any]
_INSERT = "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_to_recordset(%s) AS new ({types})"
_UPDATE = "UPDATE {table} AS old SET {changes} FROM json_to_recordset(%s) AS new ({types}) WHERE old.{key} = new.{key}"
_DELETE = "DELETE FROM {table} WHERE {key} = ANY(%s)"
_IDS = "ARRAY(SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s))"


def insert(model: type[Model], records: Sequence[Record]) -> None:
    """Add rows."""
    if records:
        columns = sql.SQL(", ").join(map(sql.Identifier, records[0]))
        _execute(_INSERT, model, [_text(records)], columns=columns, types=_types(model, records[0]))


def update(model: type[Model], records: Sequence[Record]) -> None:
    """Change the rows that have the records' primary keys; each record has that column as well."""
    if records:
        key = model._meta.pk.attname
        changes = sql.SQL(", ").join(
            sql.SQL("{0} = new.{0}").format(sql.Identifier(column)) for column in records[0] if column != key
        )
        _execute(_UPDATE, model, [_text(records)], changes=changes, types=_types(model, records[0]))


def delete(model: type[Model], pks: Collection[Any]) -> None:
    """Remove rows. The database refuses, at commit, what other rows still refer to."""
    if pks:
        _execute(_DELETE, model, [list(pks)])


def new_ids(counts: Mapping[type[Model], int]) -> dict[type[Model], list[int]]:
    """Take so many ids for new rows of each model."""
    wanted = {model: count for model, count in counts.items() if count}
    if not wanted:
        return {}
    asked = [value for model, n in wanted.items() for value in (model._meta.db_table, model._meta.pk.attname, n)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([_IDS] * len(wanted))}", asked)
        return dict(zip(wanted, cursor.fetchone(), strict=True))


def sync(standing: QuerySet[Any], records: Sequence[Record], key: Sequence[str]) -> None:
    """Make rows equal to records, matched by the columns of `key`; what keeps its key keeps its row.

    Four statements at most, however many rows there are. Rows that nothing matches are removed.
    """
    model = standing.model
    pk = model._meta.pk.attname
    columns = list(records[0]) if records else []
    rows = {tuple(row[name] for name in key): row for row in standing.order_by().values(*{pk, *key, *columns})}
    new, changed = [], []
    for record in records:
        row = rows.pop(tuple(record[name] for name in key), None)
        if row is None:
            new.append(record)
        elif any(row[column] != record[column] for column in columns):
            changed.append({pk: row[pk], **record})
    delete(model, [row[pk] for row in rows.values()])
    update(model, changed)
    insert(model, new)


def _execute(statement: str, model: type[Model], parameters: Sequence[Any], **parts: sql.Composable) -> None:
    names = {"table": sql.Identifier(model._meta.db_table), "key": sql.Identifier(model._meta.pk.attname)}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**names, **parts), parameters)


def _types(model: type[Model], columns: Iterable[str]) -> sql.Composable:
    fields: dict[str, Field[Any, Any]] = {column.attname: column for column in model._meta.concrete_fields}
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(fields[name].db_type(connection) or ""))
        for name in columns
    )


def _text(records: Sequence[Record]) -> str:
    return json.dumps(records, ensure_ascii=False, default=datetime.isoformat)
