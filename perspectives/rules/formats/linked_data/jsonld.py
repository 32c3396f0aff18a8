"""Topics, claims, sources and article guides as linked data: JSON-LD in the words of schema.org, and a few of our own.

A claim's sentence is ours, so that it names us as its interpreter; whose view it is stands in its `perspective` and in
the works where it appears. `firstAppearance` is never said, for nobody has searched for it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.linked_data import addresses, jsonld_citations, jsonld_sources
from perspectives.rules.formats.linked_data.addresses import CONTENT_LANGUAGE
from perspectives.rules.formats.linked_data.vocabulary import RESPONSE_INTENTS, Node, code, context
from perspectives.rules.publication.index_records import claim_records, passage_records, plain
from perspectives.rules.topics.people import person_slug
from perspectives.vocab import Relation, ResponseType

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
        "perspective": [_perspective(side, page, base) for side in data["perspectives"]],
        "hasPart": [_claim(record, base) for record in claim_records(document)],
        "agreement": [_agreement(item, page, base) for item in data.get("common_ground", ())],
        "crux": [_crux(item, page) for item in data.get("cruxes", ())],
        "mentions": [_event(item, page, base) for item in data.get("events", ())],
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


def publisher(base: str) -> Node:
    """Describe us."""
    return {"@id": f"{base}/", "@type": "Organization", "name": "Debate KB", "url": f"{base}/"}


def _ref(address: str) -> Node:
    return {"@id": address}


def _person(name: str, base: str) -> Node:
    """Name somebody at the address of that name; it may be an organisation's, so that it gets no type."""
    return {"@id": addresses.person(base, person_slug(name)), "name": name}


def _perspective(side: Record, page: str, base: str) -> Node:
    return {
        "@id": f"{page}#{side['id']}",
        "@type": "Perspective",
        "name": side["label"],
        "description": side["summary"],
        "stance": code("stance", side["stance"]),
        "heldBy": [_person(one if isinstance(one, str) else one["name"], base) for one in side.get("held_by", ())],
    }


def _claim(record: Record, base: str) -> Node:
    page = addresses.topic(base, record["topic"])
    stated_in = [cite["source"] for cite in record["cites"] if cite["relation"] == Relation.STATES]
    appearances = [_ref(addresses.source(base, key)) for key in dict.fromkeys(stated_in)]
    address = addresses.claim(base, record["id"])
    node: Node = {
        "@id": address,
        "@type": "Claim",
        "text": record["text"],
        "inLanguage": CONTENT_LANGUAGE,
        "version": record["edition"],
        "isPartOf": _ref(page),
        "perspective": _ref(f"{page}#{record['perspective']}"),
        "stance": code("stance", record["stance"]),
        "kind": code("kind", record["kind"]),
        "claimInterpreter": publisher(base),
        "statedBy": [_person(name, base) for name in record["stated_by"]],
        **jsonld_citations.of_owner(address, record, base),
        "response": [_response(answer, address, base) for answer in record["answers"]],
        "gap": [_gap(gap, address) for gap in record["gaps"]],
    }
    if appearances:
        node["appearance"] = appearances
    for answer in record["answers"]:
        for name in (answer["type"], f"cito:{RESPONSE_INTENTS[ResponseType.of(answer['type'])]}"):
            node.setdefault(name, []).append(addresses.claim(base, answer["claim"]))
    return node


def _response(answer: Record, claim_address: str, base: str) -> Node:
    return {
        "@id": f"{claim_address}#{answer['type']}-{answer['claim'].rpartition('/')[2]}",
        "@type": "Response",
        "responseType": code("responseType", answer["type"]),
        "answeredClaim": _ref(addresses.claim(base, answer["claim"])),
        "description": answer["note"],
    }


def _gap(gap: Record, claim_address: str) -> Node:
    return {
        "@id": f"{claim_address}#gap-{gap['stance']}",
        "@type": "Gap",
        "stance": code("stance", gap["stance"]),
        "description": gap["note"],
    }


def _agreement(agreement: Record, page: str, base: str) -> Node:
    address = addresses.named_by_words(page, "agreement", agreement["text"])
    cited = jsonld_citations.of_owner(address, agreement, base)
    return {"@id": address, "@type": "Agreement", "text": agreement["text"], **cited}


def _crux(crux: Record, page: str) -> Node:
    return {
        "@id": addresses.named_by_words(page, "crux", crux["question"]),
        "@type": "Crux",
        "name": crux["question"],
        "cruxKind": code("cruxKind", crux["kind"]),
        "wouldSettle": crux["would_settle"],
        **{term: crux[stance] for stance, term in _ANSWERS.items()},
    }


def _event(event: Record, page: str, base: str) -> Node:
    address = addresses.named_by_words(page, "event", f"{event['date']} {event['title']}")
    keys: Iterable[str] = dict.fromkeys(cite["source"] for cite in event.get("cites", ()))
    return {
        "@id": address,
        "@type": "Event",
        "name": event["title"],
        "startDate": event["date"],
        "description": event["description"],
        "subjectOf": [_ref(addresses.source(base, key)) for key in keys],
        **jsonld_citations.of_owner(address, event, base),
    }


def _passage(record: Record, article_source: str, base: str) -> Node:
    address = addresses.passage(base, record["id"])
    return {
        "@id": address,
        "@type": "Quotation",
        "text": record["quote"],
        "description": record["paraphrase"],
        "isPartOf": _ref(article_source),
        "startCharacter": record["start"],
        "endCharacter": record["end"],
        "about": [_ref(addresses.topic(base, slug)) for slug in record.get("topics", ())],
        "takenUpBy": [_ref(addresses.claim(base, public_id)) for public_id in record.get("claims", ())],
        "finding": [_finding(finding, address, base) for finding in record.get("findings", ())],
    }


def _finding(finding: Record, passage_address: str, base: str) -> Node:
    address = addresses.named_by_words(passage_address, f"finding-{finding['topic']}", finding["note"])
    return {
        "@id": address,
        "@type": "Finding",
        "findingKind": code("findingKind", finding["finding"]),
        "description": finding["note"],
        "about": _ref(addresses.topic(base, finding["topic"])),
        **jsonld_citations.of_owner(address, finding, base),
    }
