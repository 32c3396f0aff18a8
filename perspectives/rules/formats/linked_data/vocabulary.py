"""The terms of our linked data: those of schema.org, and our own for what schema.org lacks.

Nothing is fetched to read our documents: `context` is written into each. schema.org's `ClaimReview` and ratings are
not used, for no verdict on a claim is given here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from perspectives.rules.formats.linked_data import addresses
from perspectives.vocab import (
    CheckOutcome,
    ClaimKind,
    CruxKind,
    FindingKind,
    QuoteStatus,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
    Term,
)

Node = dict[str, Any]

SCHEMA = "https://schema.org/"
CITO = "http://purl.org/spar/cito/"
"""The Citation Typing Ontology (SPAR)."""
SCHEMA_TYPES = (
    "Article", "BlogPosting", "Book", "Chapter", "Claim", "Collection", "CreativeWork", "Dataset", "Event",
    "ImageObject", "LearningResource", "Legislation", "Manuscript", "Map", "Message", "Movie", "MusicRecording",
    "NewsArticle", "Newspaper", "Organization", "Periodical", "Person", "PublicationIssue", "PublicationVolume",
    "Quotation", "Report", "ScholarlyArticle", "SheetMusic", "SocialMediaPosting", "SoftwareApplication", "Thesis",
    "WebPage",
)  # fmt: skip
SCHEMA_TEXTS = (
    "bookEdition", "creativeWorkStatus", "dateCreated", "datePublished", "description", "familyName", "givenName",
    "honorificSuffix", "inLanguage", "isbn", "issueNumber", "keywords", "name", "numberOfPages", "pagination",
    "reportNumber", "startDate", "temporalCoverage", "text", "version", "volumeNumber",
)  # fmt: skip
SCHEMA_NODES = (
    "about", "appearance", "author", "citation", "claimInterpreter", "editor", "hasPart", "isBasedOn", "isPartOf",
    "mentions", "publisher", "subjectOf", "translator", "workTranslation",
)  # fmt: skip
SCHEMA_LINKS = ("license", "sameAs", "url")
OWN_TYPES = {
    "Perspective": "One position on a topic.",
    "Response": "A typed link from one claim to a claim of another perspective.",
    "Evidence": "A citation: how a source bears on a statement, where, and in what words.",
    "Crux": "A question on which the sides part.",
    "Agreement": "A fact that all sides accept.",
    "Gap": "An author claim that a stance does not answer, said openly.",
    "Finding": "A check of a passage against sources.",
    "MachineCheck": "What a machine found when it looked at a work, or for words that are quoted from it.",
}
OWN_TEXTS = {
    "locator": "Where in the source.",
    "wouldSettle": "The evidence that would settle a crux.",
    "authorAnswer": "What the author's side answers to a crux.",
    "opposingAnswer": "What the opposing side answers to a crux.",
    "neutralAnswer": "What neutral voices answer to a crux.",
    "quoteSeenIn": "Where an editor saw the words of a quotation; for second-hand words, the work that quotes them.",
    "quoteSeenOn": "When an editor saw the words of a quotation.",
    "translatedBy": "Who translated a quotation, as the editors name them.",
    "startCharacter": "Where a passage begins, in characters from 0.",
    "endCharacter": "Where a passage ends, not included.",
    "checkedOn": "The day of a machine's check.",
    "editorConfirmation": "In which copy, where and when an editor saw the words of a quotation.",
    "accessed": "When an editor last read a work on the web.",
}
OWN_NODES = {
    "perspective": "The position that a claim belongs to, or one of a topic's.",
    "heldBy": "Somebody who holds the position.",
    "statedBy": "An author of a cited work that states the claim, under the name that the topic uses.",
    "evidence": "A citation of a claim, an agreement or a finding.",
    "response": "How a claim answers another, with a note.",
    "crux": "A question on which the sides part.",
    "agreement": "A fact that all sides accept.",
    "gap": "An answer that is missing.",
    "finding": "A check of a passage.",
    "quotation": "The words quoted from the source.",
    "source": "The work that is cited.",
    "answeredClaim": "The claim that a response answers.",
    "machineCheck": "What a machine found; a quotation or a work without it was not looked at.",
    "takenUpBy": "A claim or topic that takes a passage up.",
}
_OF_SCHEMA = frozenset({*SCHEMA_TYPES, *SCHEMA_TEXTS, *SCHEMA_NODES, *SCHEMA_LINKS})
CODES: dict[str, type[Term]] = {
    "stance": Stance,
    "kind": ClaimKind,
    "relation": Relation,
    "responseType": ResponseType,
    "findingKind": FindingKind,
    "cruxKind": CruxKind,
    "category": SourceCategory,
    "quoteStatus": QuoteStatus,
    "checkOutcome": CheckOutcome,
}
"""Property -> the words it takes; a value's name is `<property>-<code>`."""


CITATION_INTENTS: Mapping[Relation, str] = {
    Relation.STATES: "citesAsSourceDocument",
    Relation.SUPPORTS: "obtainsSupportFrom",
    Relation.DISPUTES: "disagreesWith",
    Relation.CONTEXT: "obtainsBackgroundFrom",
}
"""Relation of a citation -> what CiTO says of the statement that cites, and the work that is cited.

A statement of ours cites and a work is cited, never the reverse. So a work that disputes a claim is one with which the
claim disagrees: that is broader, but CiTO's `isDisputedBy` would say that the work cites us.
"""
RESPONSE_INTENTS: Mapping[ResponseType, str] = {
    ResponseType.REBUTS: "disputes",
    ResponseType.UNDERCUTS: "critiques",
    ResponseType.QUALIFIES: "qualifies",
    ResponseType.CONCEDES: "agreesWith",
    ResponseType.CORROBORATES: "supports",
}
"""How a claim answers another -> what CiTO says of the two; `critiques` and `agreesWith` are broader than our words."""
CITO_LINKS = (
    "hasCitingEntity",
    "hasCitedEntity",
    "hasCitationCharacterization",
    *CITATION_INTENTS.values(),
    *RESPONSE_INTENTS.values(),
)
_NARROWER = "rdfs:subPropertyOf"
LINKS = frozenset(
    {*SCHEMA_LINKS, *CODES, *(kind.value for kind in ResponseType), *(f"cito:{name}" for name in CITO_LINKS), _NARROWER}
)
"""The terms whose values are addresses, written as texts."""


def prefixes(base: str) -> dict[str, str]:
    """Give the prefixes of our documents."""
    return {
        "schema": SCHEMA,
        "kb": addresses.vocabulary(base),
        "cito": CITO,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    }


def context(base: str) -> Node:
    """Make the JSON-LD context: every term that our documents use, and no other."""
    return {
        **prefixes(base),
        **{name: f"schema:{name}" for name in (*SCHEMA_TYPES, *SCHEMA_TEXTS, *SCHEMA_NODES)},
        **{name: f"kb:{name}" for name in (*OWN_TYPES, *OWN_TEXTS, *OWN_NODES)},
        **{name: {"@id": term(name), "@type": "@id"} for name in sorted(LINKS)},
    }


def term(name: str) -> str:
    """Say which term a name in our documents stands for, with its prefix: "name" -> "schema:name"."""
    if ":" in name:
        return name
    return f"schema:{name}" if name in _OF_SCHEMA else f"kb:{name}"


def code(name: str, value: str) -> str:
    """Name a value of a property in `CODES`: ("stance", "opposing") -> "kb:stance-opposing"."""
    return f"kb:{name}-{value}"


def terms(base: str) -> Node:
    """Describe our own terms, as JSON-LD for the address of the vocabulary itself."""
    return {
        "@context": {**prefixes(base), _NARROWER: {"@id": _NARROWER, "@type": "@id"}},
        "@graph": list(_terms()),
    }


def _terms() -> Iterator[Node]:
    for name, comment in OWN_TYPES.items():
        yield _described(name, name, comment, "rdfs:Class")
    for name, comment in {**OWN_TEXTS, **OWN_NODES}.items():
        yield _described(name, name, comment, "rdf:Property")
    for kind in ResponseType:
        described = _described(kind.value, kind.label, kind.sentence, "rdf:Property")
        yield {**described, _NARROWER: f"cito:{RESPONSE_INTENTS[kind]}"}
    for name, words in CODES.items():
        yield _described(name, name, (words.__doc__ or "").strip(), "rdf:Property")
        for word in words:
            yield {"@id": code(name, word.value), "rdfs:label": str(word.label), "rdfs:comment": word.sentence}


def _described(name: str, label: Any, comment: str, kind: str) -> Node:
    return {"@id": f"kb:{name}", "@type": kind, "rdfs:label": str(label), "rdfs:comment": comment}
