"""Finding a work in a library, where nothing else leads to it, and books always."""

from urllib.parse import quote_plus

from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import CslType

_IN_LIBRARIES = frozenset({CslType.BOOK, CslType.CHAPTER, CslType.THESIS})


def search_url(record: SourceRecord, template: str) -> str:
    """Give the address of a library's search for a work, `{query}` of the template filled in; '' where none is needed.

    It asks for the ISBN, or for the title of the book and the family name of who wrote or edited it.
    """
    has_way = record.DOI or record.URL or record.ISBN
    if has_way and record.type not in _IN_LIBRARIES:
        return ""
    return template.replace("{query}", quote_plus(record.ISBN or _words(record)))


def _words(record: SourceRecord) -> str:
    is_chapter = record.type is CslType.CHAPTER and record.container_title
    people = (record.editor or record.container_author) if is_chapter else (record.author or record.editor)
    names = [name.literal or name.family or "" for name in people[:1]]
    return " ".join([record.container_title or record.title if is_chapter else record.title, *names])
