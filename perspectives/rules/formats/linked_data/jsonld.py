"""Topics, claims, sources and article guides as linked data: JSON-LD in the words of schema.org, and a few of our own.

A claim's sentence is ours, so that it names us as its interpreter; whose view it is stands in its `perspective` and in
the works where it appears. `firstAppearance` is never said, for nobody has searched for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.linked_data import addresses, jsonld_sources
from perspectives.rules.formats.linked_data.addresses import CONTENT_LANGUAGE
from perspectives.rules.formats.linked_data.vocabulary import Node, code, context
from perspectives.rules.publication.index_records import claim_records, passage_records, plain
from perspectives.vocab import Relation

Record = Mapping[str, Any]

_ANSWERS = {"author": "authorAnswer", "opposing": "opposingAnswer", "neutral": "neutralAnswer"}


def topic(document: TopicEdition, base: str) -> Node:
    """Describe a published topic with all its claims and the sources they cite."""
    page = addresses.topic(base, document.topic)
    data = plain(document)
    return {
        "@context": context(base),
        "@id": page,
        "@type": "LearningResource",
        "name": document.title,
        "description": document.question,
        "text": document.background,
        "inLanguage": CONTENT_LANGUAGE,
        "version": document.edition,
        "url": page,
        "temporalCoverage": f"{document.period.start}/{document.period.end}",
        "keywords": list(document.tags),
        "isBasedOn": _ref(addresses.source(base, document.article_head.source)),
        "isPartOf": _ref(addresses.article(base, document.article)),
        "perspective": [_perspective(side, page) for side in data["perspectives"]],
        "hasPart": [_claim(record, base) for record in claim_records(document)],
        "agreement": [
            {"@type": "Agreement", "text": item["text"], "evidence": list(_evidence(item, base))}
            for item in data.get("common_ground", ())
        ],
        "crux": [_crux(item) for item in data.get("cruxes", ())],
        "mentions": [_event(item, base) for item in data.get("events", ())],
        "citation": [jsonld_sources.node(key, plain(record), base) for key, record in document.sources.items()],
    }


def claim(record: Record, sources: Mapping[str, Record], base: str) -> Node:
    """Describe a claim (a record of the published index) with the records of the sources it cites."""
    cited = dict.fromkeys(cite["source"] for cite in record["cites"])
    nodes = [jsonld_sources.node(key, sources[key], base) for key in cited]
    return {"@context": context(base), **_claim(record, base), "citation": nodes}


def source(key: str, record: Record, base: str) -> Node:
    """Describe a source (plain data)."""
    return {"@context": context(base), **jsonld_sources.node(key, record, base)}


def article(document: ArticleEdition, base: str) -> Node:
    """Describe an article guide: its passages as quotations, with what was found about each."""
    page = addresses.article(base, document.article)
    article_source = addresses.source(base, document.source)
    return {
        "@context": context(base),
        "@id": page,
        "@type": "LearningResource",
        "name": document.title,
        "inLanguage": CONTENT_LANGUAGE,
        "version": document.edition,
        "url": page,
        "about": _ref(article_source),
        "hasPart": [_passage(record, article_source, base) for record in passage_records(document)],
        "citation": [jsonld_sources.node(key, plain(record), base) for key, record in document.sources.items()],
    }


def _ref(address: str) -> Node:
    return {"@id": address}


def _perspective(side: Record, page: str) -> Node:
    return {
        "@id": f"{page}#{side['id']}",
        "@type": "Perspective",
        "name": side["label"],
        "description": side["summary"],
        "stance": code("stance", side["stance"]),
        "heldBy": list(side.get("held_by", ())),
    }


def _claim(record: Record, base: str) -> Node:
    page = addresses.topic(base, record["topic"])
    stated_in = [cite["source"] for cite in record["cites"] if cite["relation"] == Relation.STATES]
    appearances = [_ref(addresses.source(base, key)) for key in dict.fromkeys(stated_in)]
    node: Node = {
        "@id": addresses.claim(base, record["id"]),
        "@type": "Claim",
        "text": record["text"],
        "inLanguage": CONTENT_LANGUAGE,
        "version": record["edition"],
        "isPartOf": _ref(page),
        "perspective": _ref(f"{page}#{record['perspective']}"),
        "stance": code("stance", record["stance"]),
        "kind": code("kind", record["kind"]),
        "claimInterpreter": {"@id": f"{base}/", "@type": "Organization", "name": "Debate KB", "url": f"{base}/"},
        "statedBy": list(record["stated_by"]),
        "evidence": list(_evidence(record, base)),
        "response": [_response(answer, base) for answer in record["answers"]],
        "gap": [
            {"@type": "Gap", "stance": code("stance", gap["stance"]), "description": gap["note"]}
            for gap in record["gaps"]
        ],
    }
    if appearances:
        node["appearance"] = appearances
    for answer in record["answers"]:
        node.setdefault(answer["type"], []).append(addresses.claim(base, answer["claim"]))
    return node


def _response(answer: Record, base: str) -> Node:
    return {
        "@type": "Response",
        "responseType": code("responseType", answer["type"]),
        "answeredClaim": _ref(addresses.claim(base, answer["claim"])),
        "description": answer["note"],
    }


def _evidence(owner: Record, base: str) -> Iterator[Node]:
    for cite in owner.get("cites", ()):
        node: Node = {
            "@type": "Evidence",
            "relation": code("relation", cite["relation"]),
            "source": _ref(addresses.source(base, cite["source"])),
        }
        if "locator" in cite:
            node["locator"] = cite["locator"]
        if "quote" in cite:
            node["quotation"] = _quotation(cite, base)
        yield node


def _quotation(cite: Record, base: str) -> Node:
    node: Node = {
        "@type": "Quotation",
        "text": cite["quote"],
        "isPartOf": _ref(addresses.source(base, cite["source"])),
        "quoteStatus": code("quoteStatus", cite["quote_status"]),
    }
    if "quote_language" in cite:
        node["inLanguage"] = cite["quote_language"]
    if "translation" in cite:
        # Who translated is a name, and may be an institution's or a description: no Person is made of it.
        words = {"text": cite["translation"], "inLanguage": CONTENT_LANGUAGE, "translatedBy": cite["translator"]}
        node["workTranslation"] = {"@type": "Quotation", **words}
    return node


def _crux(crux: Record) -> Node:
    return {
        "@type": "Crux",
        "name": crux["question"],
        "cruxKind": code("cruxKind", crux["kind"]),
        "wouldSettle": crux["would_settle"],
        **{term: crux[stance] for stance, term in _ANSWERS.items()},
    }


def _event(event: Record, base: str) -> Node:
    keys: Iterable[str] = dict.fromkeys(cite["source"] for cite in event.get("cites", ()))
    return {
        "@type": "Event",
        "name": event["title"],
        "startDate": event["date"],
        "description": event["description"],
        "subjectOf": [_ref(addresses.source(base, key)) for key in keys],
    }


def _passage(record: Record, article_source: str, base: str) -> Node:
    findings = [
        {
            "@type": "Finding",
            "findingKind": code("findingKind", finding["finding"]),
            "description": finding["note"],
            "about": _ref(addresses.topic(base, finding["topic"])),
            "evidence": list(_evidence(finding, base)),
        }
        for finding in record.get("findings", ())
    ]
    return {
        "@id": addresses.passage(base, record["id"]),
        "@type": "Quotation",
        "text": record["quote"],
        "description": record["paraphrase"],
        "isPartOf": _ref(article_source),
        "startCharacter": record["start"],
        "endCharacter": record["end"],
        "about": [_ref(addresses.topic(base, slug)) for slug in record.get("topics", ())],
        "takenUpBy": [_ref(addresses.claim(base, public_id)) for public_id in record.get("claims", ())],
        "finding": findings,
    }
