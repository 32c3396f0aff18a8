"""Whether quotations say more of how their words were seen than the records of their sources allow."""

from collections.abc import Iterable, Iterator, Mapping

from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.topic_document import Cite, TopicDocument
from perspectives.rules.sources.source_record import SourceRecord

Cited = Iterator[tuple[str, Cite]]
"""Pairs of where (a claim's or passage's public id, or a list and a place in it, from 0) and a citation."""


def topic_cites(document: TopicDocument) -> Cited:
    """Give every citation of a topic."""
    for side in document.perspectives:
        for claim in side.claims:
            yield from ((f"{document.topic}/{claim.id}", cite) for cite in claim.cites)
    for place, agreement in enumerate(document.common_ground):
        yield from ((f"common_ground/{place}", cite) for cite in agreement.cites)
    for place, event in enumerate(document.events):
        yield from ((f"events/{place}", cite) for cite in event.cites)


def article_cites(document: ArticleDocument) -> Cited:
    """Give every citation of an article guide."""
    for passage in document.passages:
        for finding in passage.findings:
            yield from ((f"{document.article}/{passage.id}", cite) for cite in finding.cites)


def overstated(cites: Iterable[tuple[str, Cite]], sources: Mapping[str, SourceRecord]) -> Iterator[tuple[str, str]]:
    """Find the quotations whose state tells of a closer look than their source's record, and say how to mend that."""
    for where, cite in cites:
        seen = sources[cite.source].checked.text if cite.source in sources else None
        if cite.quote_status and cite.quote_status.claims_more_than(seen):
            says = f"says '{seen.value}'" if seen else "says nothing of its text"
            message = (
                f"quotes {cite.source} as '{cite.quote_status.value}', and the source's record {says}; write in the "
                "record how its text was seen, or give the quotation a weaker state"
            )
            yield where, message
