"""The rows of drafts as `rules.documents.rows` describes them, with their ids, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Func, JSONField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from perspectives.models import Perspective
from perspectives.rules.documents.rows import Identity, Row, Table

NAMES = {
    "Article": "slug",
    "ArticleSection": "heading",
    "Claim": "identifier",
    "Person": "name",
    "Source": "key",
    "Topic": "slug",
}
"""Model -> the column by which documents name its rows."""


@dataclass(frozen=True)
class DraftRows:
    """Rows and their ids, both by the names of tables."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[str, dict[Identity, int]] = field(default_factory=lambda: defaultdict(dict))


def model_of(table: Table) -> type[Model]:
    """Give the model of a table."""
    return apps.get_model(Perspective._meta.app_label, table.model)


def read(root: Table, pks: Iterable[int]) -> DraftRows:
    """Read all rows of the topics, or of the articles, with these ids."""
    wanted = list(pks)
    first, *others = (_select(table, way, wanted) for table, way in _ways(root, ""))
    found: dict[str, list[tuple[int, list[Any]]]] = defaultdict(list)
    for name, pk, cells in first.union(*others, all=True):
        found[name].append((pk, cells))
    made = DraftRows()
    _take(root, None, {}, found, made)
    return made


def _ways(table: Table, owners: str) -> Iterator[tuple[Table, str]]:
    """Give each table with the way from its rows to the id of their document."""
    way = table.root or "__".join(filter(None, (table.owner, owners))) or "pk"
    yield table, way
    for inner in table.lists:
        yield from _ways(inner, "" if way == "pk" else way)


def _select(table: Table, way: str, pks: list[int]) -> QuerySet[Any, Any]:
    owner = F(f"{table.owner}_id") if table.owner else Value(0)
    cells = [owner, F("order") if table.items else Value(0), *(_cell(table, column) for column in table.columns)]
    array = Func(*cells, function="jsonb_build_array", output_field=JSONField())
    rows: QuerySet[Any, Any] = model_of(table)._default_manager.filter(**{f"{way}__in": pks}).order_by()
    name = Value(table.name, output_field=CharField())
    cut: QuerySet[Any, Any] = rows.annotate(table=name, cells=array).values_list("table", "pk", "cells")
    return cut


def _cell(table: Table, column: str) -> Combinable:
    named = {**table.inside, **table.outside}.get(column)
    if column in table.outside and named == "Claim":
        return Concat(f"{column}__topic__slug", Value("/"), f"{column}__identifier", output_field=CharField())
    return F(f"{column}__{NAMES[named]}" if named else column)


def _take(
    table: Table,
    owner: Table | None,
    owners: dict[int, Identity],
    found: dict[str, list[tuple[int, list[Any]]]],
    made: DraftRows,
) -> None:
    """Tell from the owners' identities what the rows of a table are, and then those of its lists."""
    identities: dict[int, Identity] = {}
    place = list(table.columns).index(table.key) if table.key else 0
    for pk, (owner_pk, order, *cells) in found[table.name]:
        whose = owners[owner_pk] if owner else ()
        identity = identities[pk] = (*whose[:1], cells[place]) if table.key else (*whose, order)
        made.rows[table.name].append(Row(identity, whose, order, tuple(cells)))
        made.ids[table.name][identity] = pk
    for inner in table.lists:
        _take(inner, table, identities, found, made)
