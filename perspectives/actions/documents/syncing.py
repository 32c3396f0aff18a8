"""Bringing rows of a table in line with rows that are wanted, with as few writes as that needs."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Surplus:
    """Rows that nobody wants any more; deleted at the end, in the reverse order of their finding."""

    def __init__(self) -> None:
        self._found: list[QuerySet[Any]] = []

    def add(self, rows: QuerySet[Any]) -> None:
        """Note rows for deletion."""
        self._found.append(rows)

    def clear(self) -> None:
        """Delete what was noted: what was found last goes first, so that nothing is protected any more."""
        for rows in reversed(self._found):
            rows.delete()


def sync(existing: QuerySet[Row], wanted: Iterable[Row], key: tuple[str, ...], surplus: Surplus) -> None:
    """Make `existing` equal to `wanted`, matched by the fields of `key`; the wanted objects get their primary keys.

    New rows are created and changed ones updated at once, in three queries; rows that are not wanted go to `surplus`.
    """
    model = existing.model
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    standing: Mapping[tuple[Any, ...], Row] = {_key(row, key): row for row in existing}
    created, changed, kept = [], [], set()
    for row in wanted:
        match = standing.get(_key(row, key))
        if match is None:
            created.append(row)
            continue
        row.pk = match.pk
        kept.add(match.pk)
        if any(getattr(row, column) != getattr(match, column) for column in columns):
            changed.append(row)
    names = [field.name for field in model._meta.concrete_fields if field.attname in columns]
    model._default_manager.bulk_update(changed, names)
    model._default_manager.bulk_create(created)
    if gone := [row.pk for row in standing.values() if row.pk not in kept]:
        surplus.add(model._default_manager.filter(pk__in=gone))


def _key(row: Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)
