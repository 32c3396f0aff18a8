"""Sources and citations: what the drafts of topics and of article guides share."""

from collections.abc import Iterable, Mapping
from copy import copy

from django.db import connection

from perspectives.actions.documents.syncing import Surplus, sync
from perspectives.errors import ConflictError
from perspectives.models import Agreement, Citation, Claim, Event, Finding, Source
from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_changes import repointed
from perspectives.rules.sources.source_record import SourceRecord

Edition = TopicEdition | ArticleEdition
Owner = Claim | Agreement | Event | Finding
_HOLD = "SELECT 1 FROM perspectives_source WHERE key = ANY(%s) ORDER BY key FOR KEY SHARE"
"""Lets others cite the same sources at once, but waits for and holds off whoever locks one to merge it."""


def load_sources(records: Mapping[str, SourceRecord]) -> None:
    """Write source records by citekey: new ones are added, changed ones replaced, others left alone; states stay."""
    standing = Source.objects.in_bulk(list(records), field_name="key")
    wanted = []
    for key, record in records.items():
        source = copy(standing[key]) if key in standing else Source(key=key)
        source.record = plain(record)
        wanted.append(source)
    sync(Source.objects.filter(key__in=records), wanted, ("key",), Surplus())


def cited_sources(keys: Iterable[str]) -> dict[str, Source]:
    """Fetch the sources that a draft is to cite, and hold them so that none is merged until that is written.

    Raises ConflictError for one that was merged into another already.
    """
    wanted = sorted(set(keys))
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [wanted])
    found = Source.objects.select_related("superseded_by").in_bulk(wanted, field_name="key")
    for source in found.values():
        if source.superseded_by is not None:
            raise ConflictError(
                f"'{source}' was merged into '{source.superseded_by}' in the meantime; cite that.", path=source.key
            )
    return found


def with_survivors(document: Edition) -> Edition:
    """Put the sources into which others were merged in the place of those, in a document that was published before."""
    keys = consistency.all_source_keys([document])
    merged = Source.objects.filter(key__in=keys, superseded_by__isnull=False)
    survivors = dict(merged.values_list("key", "superseded_by__key"))
    return type(document).model_validate(repointed(plain(document), survivors)) if survivors else document


def citations(
    name: str,
    owner: Owner,
    cites: Iterable[Cite],
    sources: Mapping[str, Source],
) -> list[Citation]:
    """Make the unsaved citations of one statement; `name` is the field that ties a citation to its owner."""
    return [
        Citation(
            **{name: owner},
            order=i,
            source=sources[cite.source],
            relation=cite.relation,
            locator=cite.locator or "",
            quote=cite.quote or "",
            quote_status=cite.quote_status or "",
            quote_language=cite.quote_language or "",
            translation=cite.translation or "",
            translator=cite.translator or "",
        )
        for i, cite in enumerate(cites)
    ]
