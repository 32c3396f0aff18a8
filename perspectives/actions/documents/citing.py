"""Sources and citations: what the drafts of topics and of article guides share."""

from collections.abc import Iterable, Mapping

from django.db import connection

from perspectives.actions import row_sets
from perspectives.errors import ConflictError
from perspectives.models import Source
from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_changes import repointed
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import SourceState

Edition = TopicEdition | ArticleEdition
_HOLD = "SELECT id, key, superseded_by_id FROM perspectives_source WHERE key = ANY(%s) ORDER BY key FOR KEY SHARE"
"""Lets others cite the same sources at once, but waits for and holds off whoever locks one to merge it."""


def load_sources(records: Mapping[str, SourceRecord]) -> None:
    """Write source records by citekey: new ones are added, changed ones replaced, others left alone; states stay."""
    sources = Source.objects.filter(key__in=records)
    standing = {key: (pk, record) for key, pk, record in sources.values_list("key", "pk", "record")}
    wanted = {key: plain(record) for key, record in records.items()}
    new = {"state": SourceState.CURRENT, "state_reason": ""}
    row_sets.insert(Source, [{"key": key, "record": one, **new} for key, one in wanted.items() if key not in standing])
    changed = [{"id": pk, "record": wanted[key]} for key, (pk, record) in standing.items() if record != wanted[key]]
    row_sets.update(Source, changed)


def cited_sources(keys: Iterable[str]) -> dict[str, int]:
    """Find the sources that drafts are to cite, and hold them so that none is merged until that is written.

    Gives their ids by citekey. Raises ConflictError for one that was merged into another already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted(set(keys))])
        found = cursor.fetchall()
    if merged := [pk for pk, _, successor in found if successor]:
        source = Source.objects.select_related("superseded_by").filter(pk__in=merged).order_by("key")[0]
        raise ConflictError(
            f"'{source}' was merged into '{source.superseded_by}' in the meantime; cite that.", path=source.key
        )
    return {key: pk for pk, key, _ in found}


def with_survivors(document: Edition) -> Edition:
    """Put the sources into which others were merged in the place of those, in a document that was published before."""
    keys = consistency.all_source_keys([document])
    merged = Source.objects.filter(key__in=keys, superseded_by__isnull=False)
    survivors = dict(merged.values_list("key", "superseded_by__key"))
    return type(document).model_validate(repointed(plain(document), survivors)) if survivors else document
