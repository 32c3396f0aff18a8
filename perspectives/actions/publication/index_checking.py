"""Whether the published index is what its editions say: it is cut anew beside the standing one and compared."""

import json
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Field, Max, Model
from psycopg import sql

from perspectives.actions.publication import indexing
from perspectives.models import (
    Edition,
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPassage,
    PublishedPerson,
    PublishedPosition,
    PublishedResponse,
    PublishedSource,
    PublishedTopic,
    PublishedUse,
    PublishedWord,
)
from perspectives.queries.archive import archive
from perspectives.rules.sources.source_record import SourceRecord

_NAMES: dict[type[Model], tuple[str, ...]] = {
    PublishedTopic: ("slug",),
    PublishedArticle: ("slug",),
    PublishedClaim: ("public_id",),
    PublishedResponse: ("from_claim", "type", "to_claim"),
    PublishedEvent: ("slug", "date"),
    PublishedPosition: ("person",),
    PublishedPerson: ("slug",),
    PublishedPassage: ("public_id",),
    PublishedSource: ("key",),
    PublishedUse: ("source_id",),
    PublishedWord: ("word",),
}
"""All tables of the index, each with the columns that name a row to people."""

_BESIDE = "CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL) ON COMMIT DROP"
_DIFFERENCES = """
SELECT row_name, bool_or(is_standing), bool_or(NOT is_standing) FROM (
    (SELECT true AS is_standing, * FROM ({standing} EXCEPT ALL {true}) AS forged)
    UNION ALL (SELECT false, * FROM ({true} EXCEPT ALL {standing}) AS missing)
) AS found GROUP BY row_name ORDER BY row_name
"""


def index_faults() -> list[str]:
    """Name every row of the index that is not what the newest editions say, and every one that is missing.

    The index is cut anew into temporary tables, which stand before those of the same names until the transaction is
    undone: the standing index is read only, of one moment, and nobody waits.
    """
    is_begun = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not is_begun:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for model in _NAMES:
                cursor.execute(sql.SQL(_BESIDE).format(table=sql.Identifier(model._meta.db_table)))
        indexing.index_anew(_newest())
        faults = [fault for model in _NAMES for fault in _compared(model)]
        transaction.set_rollback(True)
    return faults


def _newest() -> list[int]:
    """Give the ids of the newest editions of all topics and guides but the archived, in the order of publication."""
    owners = Edition.objects.order_by().values("topic", "article").annotate(newest=Max("pk"))
    return sorted(
        set(owners.values_list("newest", flat=True)) - set(archive.archived().values_list("edition", flat=True))
    )


def _compared(model: type[Model]) -> Iterator[str]:
    parts = {"standing": _rows(model, "public"), "true": _rows(model, "pg_temp")}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_DIFFERENCES).format(**parts))
        found = cursor.fetchall()
    for name, is_standing, is_missing in found:
        if model is PublishedSource and is_standing and is_missing and _is_of_an_edition(name):
            continue
        said = "is not what its edition says" if is_standing and is_missing else "is in no edition"
        yield f"index: {model._meta.verbose_name} '{name}' {said if is_standing else 'is missing'}"


def _rows(model: type[Model], schema: str) -> sql.Composable:
    """Select the rows of a table without the numbers that PostgreSQL gave them, each with its name before it."""
    columns = [_column(field, schema) for field in model._meta.concrete_fields if not field.db_returning]
    names = {field.name: field for field in model._meta.concrete_fields} | {
        field.attname: field for field in model._meta.concrete_fields
    }
    name = sql.SQL(" || ' ' || ").join(_column(names[one], schema) for one in _NAMES[model])
    return sql.SQL("SELECT ({})::text AS row_name, {} FROM {} AS of_index").format(
        name, sql.SQL(", ").join(columns), sql.Identifier(schema, model._meta.db_table)
    )


def _column(field: "Field[object, object]", schema: str) -> sql.Composable:
    """Give a column; a source, whose number is another in each cut, by its key."""
    if field.attname == "source_id":
        key = "(SELECT key FROM {} AS cited WHERE cited.id = of_index.source_id)"
        return sql.SQL(key).format(sql.Identifier(schema, PublishedSource._meta.db_table))
    return sql.SQL("{}").format(sql.Identifier(str(field.column)))


def _is_of_an_edition(key: str) -> bool:
    """Whether a source stands as some edition has it.

    A source keeps the record of the edition that was published last with it, even when a newer one no longer cites it.
    """
    with connection.cursor() as cursor:
        columns = ("key", "category", "year", "language", "line", "record")
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        cursor.execute(
            sql.SQL("SELECT {} FROM public.perspectives_publishedsource WHERE key = %s").format(listed), [key]
        )
        standing = dict(zip(columns, cursor.fetchone() or (), strict=True))
    standing["record"] = json.loads(standing["record"])
    sources = (json.loads(bytes(body)).get("sources", {}).get(key) for body in _bodies())
    return any(
        record and indexing.source_row(key, SourceRecord.model_validate(record)) == standing for record in sources
    )


def _bodies() -> "Iterator[bytes | memoryview[int]]":
    return Edition.objects.order_by("-pk").values_list("body", flat=True).iterator(chunk_size=20)
