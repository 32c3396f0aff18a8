"""Sources as nodes of schema.org, from their CSL records."""

from collections.abc import Iterable, Mapping
from typing import Any

from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.linked_data.vocabulary import Node, code
from perspectives.rules.sources import work_dates
from perspectives.rules.sources.source_record import Name
from perspectives.rules.topics.people import name_line, person_slug
from perspectives.vocab import IN_SERIALS, CslType

TYPES: Mapping[CslType, str] = {
    CslType.ARTICLE: "Article",
    CslType.ARTICLE_JOURNAL: "ScholarlyArticle",
    CslType.ARTICLE_MAGAZINE: "Article",
    CslType.ARTICLE_NEWSPAPER: "NewsArticle",
    CslType.BILL: "Legislation",
    CslType.BOOK: "Book",
    CslType.CHAPTER: "Chapter",
    CslType.COLLECTION: "Collection",
    CslType.DATASET: "Dataset",
    CslType.ENTRY: "Article",
    CslType.ENTRY_DICTIONARY: "Article",
    CslType.ENTRY_ENCYCLOPEDIA: "Article",
    CslType.FIGURE: "ImageObject",
    CslType.GRAPHIC: "ImageObject",
    CslType.LEGISLATION: "Legislation",
    CslType.MANUSCRIPT: "Manuscript",
    CslType.MAP: "Map",
    CslType.MOTION_PICTURE: "Movie",
    CslType.MUSICAL_SCORE: "SheetMusic",
    CslType.PAPER_CONFERENCE: "ScholarlyArticle",
    CslType.PERIODICAL: "Periodical",
    CslType.PERSONAL_COMMUNICATION: "Message",
    CslType.POST: "SocialMediaPosting",
    CslType.POST_WEBLOG: "BlogPosting",
    CslType.REGULATION: "Legislation",
    CslType.REPORT: "Report",
    CslType.REVIEW: "Article",
    CslType.REVIEW_BOOK: "Article",
    CslType.SOFTWARE: "SoftwareApplication",
    CslType.SONG: "MusicRecording",
    CslType.THESIS: "Thesis",
    CslType.TREATY: "Legislation",
    CslType.WEBPAGE: "WebPage",
}
"""CSL type -> schema.org type; what is not here is a CreativeWork. A review is an Article: ratings are not ours."""
ANY_WORK = "CreativeWork"
_BOOK = "Book"
_CONTAINERS = {
    **dict.fromkeys(IN_SERIALS, "Periodical"),
    CslType.ARTICLE_NEWSPAPER: "Newspaper",
    CslType.CHAPTER: "Book",
}
_TEXTS = {
    "title": "name",
    "issued": "datePublished",
    "original-date": "dateCreated",
    "language": "inLanguage",
    "ISBN": "isbn",
    "edition": "bookEdition",
    "number-of-pages": "numberOfPages",
    "page": "pagination",
    "URL": "url",
    "accessed": "accessed",
}
_DATES = ("datePublished", "dateCreated")
"""They are dates of ISO 8601, which tell neither a period nor that a date is approximate."""
_PARTS_OF_NAMES = {"family": "familyName", "given": "givenName", "suffix": "honorificSuffix"}
_ROLES = ("author", "editor", "translator")


def node(key: str, record: Mapping[str, Any], base: str) -> Node:
    """Describe a source (plain data) without a context. Dates stay as exact as they are known."""
    kind = TYPES.get(CslType(record["type"]), ANY_WORK)
    address = addresses.source(base, key)
    found: Node = {"@id": address, "@type": kind}
    found |= {name: record[variable] for variable, name in _TEXTS.items() if variable in record}
    found |= {name: work_dates.start(found[name]) for name in _DATES if name in found}
    if status := record.get("status"):
        found["creativeWorkStatus"] = status
    found |= {role: list(people(record[role], base)) for role in _ROLES if role in record}
    if kind == "Report" and "number" in record:
        found["reportNumber"] = record["number"]
    if "DOI" in record:
        found["sameAs"] = addresses.doi(record["DOI"])
    if "publisher" in record:
        found["publisher"] = {"@id": f"{address}#publisher", "@type": "Organization", "name": record["publisher"]}
    if container := _container(record, address):
        found["isPartOf"] = container
    if "isbn" in found and kind != _BOOK:  # schema.org gives books an ISBN, and nothing else
        if _is_in_book(record):
            del found["isbn"]
        else:
            found["@type"] = [kind, _BOOK]
    return {**found, "category": code("category", record["category"])}


def people(names: Iterable[Mapping[str, str]], base: str) -> Iterable[Node]:
    """Describe people, each at the address of the name that the work prints.

    A name without parts may be an organisation's, so that it gets no type.
    """
    for name in names:
        written = name_line(Name.model_validate(name))
        node: Node = {"@id": addresses.person(base, person_slug(written)), "name": written}
        if "literal" not in name:
            node["@type"] = "Person"
        yield node | {term: name[part] for part, term in _PARTS_OF_NAMES.items() if part in name}


def _is_in_book(record: Mapping[str, Any]) -> bool:
    """Whether it is a part of a book that has a name: then an ISBN is that book's."""
    return _CONTAINERS.get(CslType(record["type"])) == _BOOK and "container-title" in record


def _container(record: Mapping[str, Any], address: str) -> Node | None:
    """Describe what a work is part of: issue of a volume of a periodical, as far as each is known."""
    whole: Node | None = None
    if "container-title" in record:
        kind = _CONTAINERS.get(CslType(record["type"]), ANY_WORK)
        whole = {"@id": f"{address}#container", "@type": kind, "name": record["container-title"]}
        if _is_in_book(record) and "ISBN" in record:
            whole["isbn"] = record["ISBN"]
    for variable, kind, term in (
        ("volume", "PublicationVolume", "volumeNumber"),
        ("issue", "PublicationIssue", "issueNumber"),
    ):
        if variable in record:
            part: Node = {"@id": f"{address}#{variable}", "@type": kind, term: record[variable]}
            whole = {**part, "isPartOf": whole} if whole else part
    return whole
