"""How far the evidence of an edition was checked, in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication import quotation_states
from perspectives.vocab import MetadataState, QuoteStatus


@dataclass(frozen=True)
class EvidenceStates:
    """Counts of citations by the state of their quotation, and of sources by the state of their record."""

    citations: int
    quotations: Mapping[QuoteStatus, int]
    records: Mapping[MetadataState, int]


def evidence_states(document: TopicEdition | ArticleEdition) -> EvidenceStates:
    """Count the citations of everything that cites, and the sources that the edition embeds."""
    if isinstance(document, TopicEdition):
        cites = [cite for _, cite in quotation_states.topic_cites(document)]
    else:
        cites = [cite for _, cite in quotation_states.article_cites(document)]
    quoted = Counter(cite.quote_status for cite in cites if cite.quote_status)
    records = Counter(record.checked.metadata for record in document.sources.values())
    return EvidenceStates(
        citations=len(cites),
        quotations={state: quoted[state] for state in QuoteStatus},
        records={state: records[state] for state in MetadataState},
    )
