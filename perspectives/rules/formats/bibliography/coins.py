"""Sources as COinS: OpenURL key-value pairs (Z39.88-2004) for the `title` of an empty `span`, which Zotero reads.

What has no format of its own in OpenURL (speeches, web pages, newspapers' interviews) is told in Dublin Core, with the
name that Zotero has for its type. Zotero reads that name in the other formats too, if it stands behind the titles.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from perspectives.rules.formats.bibliography.name_parts import family, first_and_last, inverted
from perspectives.rules.sources import work_dates
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.vocab import IN_SERIALS, CslType

Pair = tuple[str, str]

_FORMAT: Final = "info:ofi/fmt:kev:mtx:"
_JOURNAL: Final[Mapping[CslType, str]] = {
    **dict.fromkeys(IN_SERIALS, "article"),
    CslType.ARTICLE: "preprint",
    CslType.PERIODICAL: "journal",
}
"""Types in the format for serials -> OpenURL's genre."""
_BOOK: Final[Mapping[CslType, str]] = {
    CslType.BOOK: "book",
    CslType.CLASSIC: "book",
    CslType.COLLECTION: "book",
    CslType.CHAPTER: "bookitem",
    CslType.ENTRY: "bookitem",
    CslType.ENTRY_DICTIONARY: "bookitem",
    CslType.ENTRY_ENCYCLOPEDIA: "bookitem",
    CslType.PAPER_CONFERENCE: "proceeding",
    CslType.REPORT: "report",
    CslType.DOCUMENT: "document",
}
"""Types in the format for books -> OpenURL's genre."""
_ZOTERO: Final[Mapping[CslType, str]] = {
    CslType.BILL: "bill",
    CslType.BROADCAST: "tvBroadcast",
    CslType.DATASET: "dataset",
    CslType.HEARING: "hearing",
    CslType.INTERVIEW: "interview",
    CslType.LEGAL_CASE: "case",
    CslType.LEGISLATION: "statute",
    CslType.MANUSCRIPT: "manuscript",
    CslType.MAP: "map",
    CslType.MOTION_PICTURE: "film",
    CslType.PERSONAL_COMMUNICATION: "letter",
    CslType.POST: "forumPost",
    CslType.POST_WEBLOG: "blogPost",
    CslType.SOFTWARE: "computerProgram",
    CslType.SPEECH: "presentation",
    CslType.STANDARD: "standard",
    CslType.WEBPAGE: "webpage",
}
"""Types in Dublin Core -> Zotero's type; what is not here is a `document`."""
_NARROWER: Final[Mapping[CslType, str]] = {
    CslType.ARTICLE_MAGAZINE: "magazineArticle",
    CslType.ARTICLE_NEWSPAPER: "newspaperArticle",
    CslType.ENTRY_DICTIONARY: "dictionaryEntry",
    CslType.ENTRY_ENCYCLOPEDIA: "encyclopediaArticle",
}
"""Types that OpenURL does not tell from articles of journals and chapters -> Zotero's type."""


def context_object(record: SourceRecord) -> str:
    """Write a source as the key-value pairs of an OpenURL context object, percent-encoded and joined by `&`."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(record), *_identifiers(record)]
    return urlencode([(key, value) for key, value in pairs if value], quote_via=quote)


def _described(record: SourceRecord) -> Iterator[Pair]:
    if record.type in _JOURNAL:
        yield from _journal(record, _JOURNAL[record.type])
    elif record.type in _BOOK:
        yield from _book(record, _BOOK[record.type])
    elif record.type is CslType.THESIS:
        yield "rft_val_fmt", f"{_FORMAT}dissertation"
        yield "rft.title", record.title
        yield "rft.inst", record.publisher or ""
        yield from _people(record)
    else:
        yield from _dublin_core(record)
    yield "rft.type", _NARROWER.get(record.type, "")
    yield "rft.date", work_dates.start(record.issued or "")
    yield "rft.language", record.language


def _journal(record: SourceRecord, genre: str) -> Iterator[Pair]:
    yield "rft_val_fmt", f"{_FORMAT}journal"
    yield "rft.genre", genre
    yield "rft.jtitle" if genre == "journal" else "rft.atitle", record.title
    yield "rft.jtitle", record.container_title or ""
    yield from _in_print(record)
    yield from _people(record)


def _book(record: SourceRecord, genre: str) -> Iterator[Pair]:
    yield "rft_val_fmt", f"{_FORMAT}book"
    yield "rft.genre", genre
    is_part = genre in {"bookitem", "proceeding"}
    yield "rft.atitle" if is_part else "rft.btitle", record.title
    if is_part:
        yield "rft.btitle", record.container_title or record.event_title or ""
    yield "rft.series", record.collection_title or ""
    yield "rft.edition", record.edition or ""
    yield "rft.place", record.publisher_place or ""
    yield "rft.pub", record.publisher or ""
    yield "rft.isbn", record.ISBN or ""
    yield from _in_print(record)
    yield from _people(record)


def _dublin_core(record: SourceRecord) -> Iterator[Pair]:
    yield "rft_val_fmt", f"{_FORMAT}dc"
    yield "rft.type", _ZOTERO.get(record.type, "document")
    yield "rft.title", record.title
    yield "rft.source", record.container_title or ""
    yield "rft.publisher", record.publisher or ""
    for name in record.author or record.editor:
        yield _in_a_line("rft.creator", name)
    yield from _editors(record)


def _in_print(record: SourceRecord) -> Iterator[Pair]:
    first, last = first_and_last(record.page)
    yield "rft.volume", record.volume or ""
    yield "rft.issue", record.issue or ""
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.pages", record.page or ""


def _people(record: SourceRecord) -> Iterator[Pair]:
    """Give the first person in parts, as OpenURL wants it, and everyone else as a line.

    As a line too, Zotero would count the first twice where it writes initials in another way.
    Of several organisations in their own field it would turn the order round.
    """
    people = record.author or record.editor
    for place, name in enumerate(people):
        if name.family and not place:
            yield "rft.aulast", family(name)
            yield "rft.aufirst", name.given or ""
            yield "rft.ausuffix", name.suffix or ""
        elif name.literal and len(people) == 1:
            yield "rft.aucorp", name.literal
        else:
            yield _in_a_line("rft.au", name)
    yield from _editors(record)


def _editors(record: SourceRecord) -> Iterator[Pair]:
    """Tell the editors of what has authors of its own; OpenURL has no field for them, so it is that of Dublin Core."""
    for name in record.editor if record.author else ():
        yield _in_a_line("rft.contributor", name)


def _in_a_line(key: str, name: Name) -> Pair:
    """Write a name; that of an organisation so that Zotero takes it apart neither at its last space nor at a comma."""
    if "," in (name.literal or ""):
        return "rft.aucorp", inverted(name)
    return key, f"{inverted(name)}," if name.literal else inverted(name)


def _identifiers(record: SourceRecord) -> Iterator[Pair]:
    if record.DOI:
        yield "rft_id", f"info:doi/{record.DOI}"
    yield "rft_id", record.URL or ""
