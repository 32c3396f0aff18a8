"""How far the evidence of an edition was checked, in numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.vocab import MetadataState, QuoteStatus


@dataclass(frozen=True)
class EvidenceStates:
    """Counts of citations by the state of their quotation, and of sources by the state of their record."""

    citations: int
    quotations: Mapping[QuoteStatus, int]
    records: Mapping[MetadataState, int]


def evidence_states(document: TopicEdition | ArticleEdition) -> EvidenceStates:
    """Count the citations of everything that cites, and the sources that the edition embeds."""
    cites = list(_cites(document))
    quoted = Counter(cite.quote_status for cite in cites if cite.quote_status)
    records = Counter(record.checked.metadata for record in document.sources.values())
    return EvidenceStates(
        citations=len(cites),
        quotations={state: quoted[state] for state in QuoteStatus},
        records={state: records[state] for state in MetadataState},
    )


def _cites(document: TopicEdition | ArticleEdition) -> Iterator[Cite]:
    if isinstance(document, ArticleEdition):
        for passage in document.passages:
            for finding in passage.findings:
                yield from finding.cites
        return
    for side in document.perspectives:
        for claim in side.claims:
            yield from claim.cites
    for agreement in document.common_ground:
        yield from agreement.cites
    for event in document.events:
        yield from event.cites
