"""Sources and citations: what the drafts of topics and of article guides share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from perspectives.actions import row_sets
from perspectives.errors import ConflictError
from perspectives.models import Claim, Source
from perspectives.rules.documents import consistency, walk
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_changes import repointed
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import SourceState

Edition = TopicEdition | ArticleEdition
_HOLD = "SELECT id, key, superseded_by_id FROM perspectives_source WHERE key = ANY(%s) ORDER BY key FOR KEY SHARE"
"""Lets others cite the same sources at once, but waits for and holds off whoever locks one to merge it."""
_HOLD_CLAIMS = """
    SELECT claim.id FROM perspectives_claim claim JOIN perspectives_topic topic ON topic.id = claim.topic_id
    WHERE topic.slug = ANY(%s) AND topic.slug || '/' || claim.identifier = ANY(%s) ORDER BY claim.id
    FOR KEY SHARE OF claim
"""


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


def hold_claims(refs: Iterable[str]) -> None:
    """Hold the claims that a guide is to name, so that none is removed until that is written."""
    wanted = sorted({ref for ref in refs if "/" in ref and ref.isprintable()})
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_CLAIMS, [sorted({ref.partition("/")[0] for ref in wanted}), wanted])


def hold_claims_that_go(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Wait for whoever names a claim in a guide that a topic, plain data, is to lose; what was named is seen then."""
    kept, had = ({name for _, name in walk.texts(one, "perspectives[].claims[].id")} for one in (after, before))
    if gone := had - kept:
        list(Claim.objects.select_for_update().filter(topic__slug=before["topic"], identifier__in=gone).order_by("pk"))


def with_survivors(document: Edition) -> Edition:
    """Put the sources into which others were merged in the place of those, in a document that was published before."""
    keys = consistency.all_source_keys([document])
    merged = Source.objects.filter(key__in=keys, superseded_by__isnull=False)
    survivors = dict(merged.values_list("key", "superseded_by__key"))
    return type(document).model_validate(repointed(plain(document), survivors)) if survivors else document
