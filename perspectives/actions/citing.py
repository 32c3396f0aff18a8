"""Sources and citations: what the drafts of topics and of article guides share."""

from collections.abc import Iterable, Mapping

from perspectives.actions.syncing import Surplus, sync
from perspectives.models import Agreement, Citation, Claim, Event, Finding, Source
from perspectives.rules.document import Cite
from perspectives.rules.index import plain
from perspectives.rules.source_record import SourceRecord

Owner = Claim | Agreement | Event | Finding


def load_sources(records: Mapping[str, SourceRecord]) -> None:
    """Write source records by citekey: new ones are added, changed ones replaced, others left alone."""
    wanted = [Source(key=key, record=plain(record)) for key, record in records.items()]
    sync(Source.objects.filter(key__in=records), wanted, ("key",), Surplus())


def cited_sources(keys: Iterable[str]) -> dict[str, Source]:
    """Fetch sources by citekey in one query."""
    return Source.objects.in_bulk(set(keys), field_name="key")


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
