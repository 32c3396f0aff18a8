"""Sources as the `citation_*` meta elements that Google Scholar and Zotero read from a page's head."""

from collections.abc import Iterator

from perspectives.rules.formats.bibliography.name_parts import first_and_last, inverted
from perspectives.rules.sources import work_dates
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import IN_SERIALS, CslType

Pair = tuple[str, str]

_CONTAINERS = {
    **dict.fromkeys(IN_SERIALS, "citation_journal_title"),
    CslType.CHAPTER: "citation_inbook_title",
    CslType.ENTRY_ENCYCLOPEDIA: "citation_inbook_title",
    CslType.PAPER_CONFERENCE: "citation_conference_title",
}
_INSTITUTIONS = {
    CslType.REPORT: "citation_technical_report_institution",
    CslType.THESIS: "citation_dissertation_institution",
}


def elements(record: SourceRecord) -> tuple[Pair, ...]:
    """List name and content of each element, authors one by one; what is unknown is left out."""
    return tuple((name, content) for name, content in _elements(record) if content)


def _elements(record: SourceRecord) -> Iterator[Pair]:
    first, last = first_and_last(record.page)
    yield "citation_title", record.title
    for person in record.author:
        yield "citation_author", inverted(person)
    for person in record.editor:
        yield "citation_editor", inverted(person)
    # Scholar writes dates with slashes; a part that is not known is left out, not made up.
    yield "citation_publication_date", work_dates.start(record.issued or "").replace("-", "/")
    yield _CONTAINERS.get(record.type, "citation_series_title"), record.container_title or ""
    yield "citation_volume", record.volume or ""
    yield "citation_issue", record.issue or ""
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", record.DOI or ""
    yield "citation_isbn", record.ISBN or ""
    yield _INSTITUTIONS.get(record.type, "citation_publisher"), record.publisher or ""
    yield "citation_language", record.language
    yield "citation_public_url", record.URL or ""
