"""The quotations of everything that is published now, each with the record of the source that it is from."""

from collections.abc import Iterator
from dataclasses import dataclass

from perspectives.queries.publication import published
from perspectives.rules.publication import quotation_states
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import QuoteStatus


@dataclass(frozen=True)
class Quotation:
    """A quotation: in which topic or article guide, where in it, its words as the source has them, its state."""

    slug: str
    where: str
    source: str
    words: str
    state: QuoteStatus


def quotations(topics: list[str] | None = None) -> tuple[list[Quotation], dict[str, SourceRecord]]:
    """Read the quotations of all topics and article guides, or of these topics, and all sources that they cite.

    Raises NotFoundError for a topic that is not published.
    """
    found, records = list[Quotation](), dict[str, SourceRecord]()
    for slug in topics or published.topics().order_by("slug").values_list("slug", flat=True):
        edition, _ = published.topic_document(slug)
        found += _of(slug, quotation_states.topic_cites(edition))
        records |= edition.sources
    for slug in () if topics else published.articles().order_by("slug").values_list("slug", flat=True):
        guide, _ = published.article_document(slug)
        found += _of(slug, quotation_states.article_cites(guide))
        records |= guide.sources
    return found, records


def _of(slug: str, cites: quotation_states.Cited) -> Iterator[Quotation]:
    for where, cite in cites:
        if cite.quote and cite.quote_status:
            yield Quotation(slug, where, cite.source, cite.quote, cite.quote_status)
