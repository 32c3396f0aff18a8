"""Quotations and passages as W3C Web Annotations: what we say about exact words in works that lie elsewhere.

The target is the work at its DOI or web address, else our page of the source; a TextQuoteSelector names the words.
Annotation clients find the place by them. Nothing of the works but the short quotations is given out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.linked_data.addresses import CONTENT_LANGUAGE
from perspectives.rules.publication.index_records import passage_records, plain

Record = Mapping[str, Any]
Annotation = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def of_claim(record: Record, sources: Mapping[str, Record], base: str) -> list[Annotation]:
    """Annotate each quotation of a claim (a record of the published index).

    The claim is the body, in words and as a link; a translation is another. An annotation's id is the claim's address
    with `#quote-` and the place of its citation, from 1.
    """
    return [
        _annotation(
            f"{addresses.claim(base, record['id'])}#quote-{number}",
            [_text(record["text"], "describing"), _link(addresses.claim(base, record["id"])), *_translations(cite)],
            _quoted(cite, sources, base),
        )
        for number, cite in enumerate(record["cites"], start=1)
        if "quote" in cite
    ]


def of_passage(record: Record, document: ArticleEdition, base: str) -> Annotation:
    """Annotate a passage of the article (a record of the published index); its findings are the bodies.

    A passage without findings has our paraphrase alone. The position is that of the whole passage, in characters of the
    article's text (see the guide's `selector_note`); within it the quotation is found. Side by side the two would
    select different texts, and alternatives must select the same.
    """
    public_id = addresses.passage(base, record["id"])
    bodies = [_text(record["paraphrase"], "describing"), *(_finding(item) for item in record.get("findings", ()))]
    topics = [_link(addresses.topic(base, slug)) for slug in record.get("topics", ())]
    target = {
        "source": _work(document.source, plain(document.sources[document.source]), base),
        "selector": {
            "type": "TextPositionSelector",
            "start": record["start"],
            "end": record["end"],
            "refinedBy": {"type": "TextQuoteSelector", "exact": record["quote"]},
        },
    }
    annotation = _annotation(f"{public_id}#annotation", [*bodies, *topics], target)
    return {**annotation, "motivation": "assessing"}


def of_article(document: ArticleEdition, base: str) -> list[Annotation]:
    """Annotate every passage of an article guide."""
    return [of_passage(record, document, base) for record in passage_records(document)]


def page(
    address: str, items: Iterable[Annotation], *, collection: str, start: int = 0, following: str = ""
) -> Annotation:
    """Make an AnnotationPage of annotations; `start` is the place of its first in the collection, from 0.

    `following` is the address of the next page, '' for none.
    """
    inner = [{name: value for name, value in item.items() if name != "@context"} for item in items]
    made = _node("AnnotationPage", address, partOf=collection, startIndex=start, items=inner)
    return {**made, "next": following} if following else made


def collection(address: str, label: str, *, total: int, first: str) -> Annotation:
    """Make an AnnotationCollection of `total` annotations whose first page is at `first`."""
    made = _node("AnnotationCollection", address, label=label, total=total)
    return {**made, "first": first} if total else made


def _node(kind: str, address: str, **members: Any) -> Annotation:
    return {"@context": CONTEXT, "id": address, "type": kind, **members}


def _annotation(address: str, bodies: list[Annotation], target: Annotation) -> Annotation:
    return _node("Annotation", address, motivation="describing", body=bodies, target=target)


def _translations(cite: Record) -> Iterator[Annotation]:
    if "translation" in cite:
        yield {**_text(cite["translation"], "commenting"), "creator": {"name": cite["translator"]}}


def _finding(finding: Record) -> Annotation:
    return _text(f"{finding['finding']}: {finding['note']}", "assessing")


def _text(text: str, purpose: str) -> Annotation:
    return {
        "type": "TextualBody",
        "value": text,
        "format": "text/plain",
        "language": CONTENT_LANGUAGE,
        "purpose": purpose,
    }


def _link(address: str) -> Annotation:
    return {"type": "SpecificResource", "source": address, "purpose": "linking"}


def _quoted(cite: Record, sources: Mapping[str, Record], base: str) -> Annotation:
    return {
        "source": _work(cite["source"], sources[cite["source"]], base),
        "selector": {"type": "TextQuoteSelector", "exact": cite["quote"]},
    }


def _work(key: str, record: Record, base: str) -> str:
    """Address a work where it lies, or where it is described if it lies nowhere on the web."""
    if record.get("DOI"):
        return addresses.doi(record["DOI"])
    return record.get("URL") or addresses.source(base, key)
