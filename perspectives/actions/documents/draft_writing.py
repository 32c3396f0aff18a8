"""Documents to drafts, by sets: whatever their number, one statement a table adds, changes or removes rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from perspectives.actions import row_sets
from perspectives.actions.documents import citing, people
from perspectives.models import Article, Claim, PassageClaim, Topic
from perspectives.queries.documents import draft_rows
from perspectives.queries.documents.draft_rows import DraftRows, model_of
from perspectives.rules.documents import rows
from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.rows import ARTICLE, TOPIC, Identity, Row, Rows, Table
from perspectives.rules.documents.topic_document import TopicDocument

Ids = Mapping[str, Mapping[Identity, int]]
"""By the names of tables."""
Outside = Mapping[str, Mapping[str, int]]
"""Ids of what documents name outside themselves, by the model and by the name."""


@dataclass(frozen=True)
class Written:
    """What became of documents."""

    ids: Mapping[str, int]
    """Of the topics or articles, by slug."""
    changed: frozenset[str]
    """Slugs of those of which anything is other than before."""


def write_topics(documents: Sequence[TopicDocument], standing: DraftRows | None = None) -> Written:
    """Write topics with all that belongs to them. Their articles and the sources that they cite must be there.

    What keeps its id keeps its row; what is gone from a document is deleted. `standing` are the rows as they are, where
    the caller, who holds the topics' locks, has read them. Raises ConflictError where a source was merged meanwhile.
    """
    return _write(TOPIC, rows.rows(documents), standing or _standing(TOPIC, [one.topic for one in documents]))


def write_article(document: ArticleDocument, standing: DraftRows | None = None) -> Written:
    """Write an article and its guide like `write_topics`; the topics and claims that it names must be there."""
    return _write(ARTICLE, rows.rows([document]), standing or _standing(ARTICLE, [document.article]))


def write_article_head(document: ArticleDocument) -> int:
    """Write the article itself, without its guide, so that topics can belong to it; give its id."""
    head = replace(ARTICLE, lists=())
    found = {ARTICLE.name: rows.rows([document])[ARTICLE.name]}
    return _write(head, found, _standing(head, [document.article])).ids[document.article]


def _standing(root: Table, slugs: Sequence[str]) -> DraftRows:
    """Lock what is there already until the transaction ends, and read it."""
    found = model_of(root)._default_manager.select_for_update(no_key=True).filter(slug__in=slugs).order_by("pk")
    return draft_rows.read(root, [one.pk for one in found])


def _write(root: Table, wanted: Rows, standing: DraftRows) -> Written:
    outside = _outside(root, wanted)
    tables = list(root.everything())
    ids = _ids(tables, wanted, standing.ids)
    changed: set[str] = set()
    for table in tables:
        before = {row.identity: row for row in standing.rows[table.name]}
        other = [row for row in wanted.get(table.name, ()) if row != before.get(row.identity)]
        new = [row for row in other if row.identity not in before]
        kept = [row for row in other if row.identity in before]
        row_sets.update(model_of(table), _records(root, table, kept, ids, outside))
        row_sets.insert(model_of(table), _records(root, table, new, ids, outside))
        changed |= {str(row.identity[0]) for row in other}
    for table in reversed(tables):
        gone = {row: pk for row, pk in standing.ids[table.name].items() if row not in ids[table.name]}
        _remove(table, list(gone.values()))
        changed |= {str(row[0]) for row in gone}
    return Written({str(slug): pk for (slug,), pk in ids[root.name].items()}, frozenset(changed))


def _ids(tables: Sequence[Table], wanted: Rows, standing: Ids) -> dict[str, dict[Identity, int]]:
    """Give wanted rows the ids that they have, and fresh ones to those that are new."""
    new = {
        table.name: [row.identity for row in wanted.get(table.name, ()) if row.identity not in standing[table.name]]
        for table in tables
    }
    counts: Counter[type[Model]] = Counter()
    for table in tables:
        counts[model_of(table)] += len(new[table.name])
    fresh = {model: iter(found) for model, found in row_sets.new_ids(counts).items()}
    return {
        table.name: {
            row.identity: standing[table.name].get(row.identity) or next(fresh[model_of(table)])
            for row in wanted.get(table.name, ())
        }
        for table in tables
    }


def _records(root: Table, table: Table, found: Sequence[Row], ids: Ids, outside: Outside) -> list[dict[str, Any]]:
    """Give rows as the database holds them: whatever they name, by its id."""
    if not found:
        return []
    tables = list(root.everything())
    owner = next((ids[one.name] for one in tables if table in one.lists), {})
    named = {one.model: ids[one.name] for one in tables}
    records = []
    for row in found:
        record: dict[str, Any] = {"id": ids[table.name][row.identity]}
        if table.owner:
            record |= {f"{table.owner}_id": owner[row.owner], "order": row.order}
        if table.root:
            record[f"{table.root}_id"] = ids[root.name][row.identity[:1]]
        for column, value in zip(table.columns, row.cells, strict=True):
            if column in table.inside:
                record[f"{column}_id"] = named[table.inside[column]][row.identity[0], value]
            elif column in table.outside:
                record[f"{column}_id"] = outside[table.outside[column]][str(value)]
            else:
                record[column] = value
        records.append(record)
    return records


def _remove(table: Table, pks: list[int]) -> None:
    if pks and table.model == "Claim":
        # The guide may name a claim that goes; whoever writes the topic has made sure that the guide is written after.
        PassageClaim.objects.filter(claim__in=pks).delete()
    row_sets.delete(model_of(table), pks)


def _outside(root: Table, wanted: Rows) -> Outside:
    """Find what the rows name outside their documents; sources are held, so that none is merged meanwhile."""
    names: dict[str, set[str]] = defaultdict(set)
    for table in root.everything():
        for place, column in enumerate(table.columns):
            if column in table.outside:
                names[table.outside[column]] |= {str(row.cells[place]) for row in wanted.get(table.name, ())}
    return {model: _FIND[model](found) for model, found in names.items()}


def _claims(refs: Collection[str]) -> dict[str, int]:
    topics = {ref.split("/")[0] for ref in refs}
    claims = Claim.objects.filter(topic__slug__in=topics).order_by()
    return {f"{slug}/{name}": pk for slug, name, pk in claims.values_list("topic__slug", "identifier", "pk")}


_FIND: Mapping[str, Callable[[Collection[str]], Mapping[str, int]]] = {
    "Article": lambda slugs: dict(Article.objects.filter(slug__in=slugs).values_list("slug", "pk")),
    "Claim": _claims,
    "Person": people.ids,
    "Source": citing.cited_sources,
    "Topic": lambda slugs: dict(Topic.objects.filter(slug__in=slugs).order_by().values_list("slug", "pk")),
}
