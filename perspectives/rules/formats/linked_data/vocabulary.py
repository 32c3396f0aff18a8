"""The terms of our linked data: those of schema.org, and our own for what schema.org lacks.

Nothing is fetched to read our documents: `context` is written into each. schema.org's `ClaimReview` and ratings are
not used, for no verdict on a claim is given here.
"""

from collections.abc import Iterator
from typing import Any

from perspectives.rules.formats.linked_data import addresses
from perspectives.vocab import (
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
SCHEMA_TYPES = (
    "Article", "BlogPosting", "Book", "Chapter", "Claim", "Collection", "CreativeWork", "Dataset", "Event",
    "ImageObject", "LearningResource", "Legislation", "Manuscript", "Map", "Message", "Movie", "MusicRecording",
    "NewsArticle", "Newspaper", "Organization", "Periodical", "Person", "PublicationIssue", "PublicationVolume",
    "Quotation", "Report", "ScholarlyArticle", "SheetMusic", "SocialMediaPosting", "SoftwareApplication", "Thesis",
    "WebPage",
)  # fmt: skip
SCHEMA_TEXTS = (
    "bookEdition", "dateCreated", "datePublished", "description", "familyName", "givenName", "honorificSuffix",
    "inLanguage", "isbn", "issueNumber", "keywords", "name", "numberOfPages", "pagination", "reportNumber", "startDate",
    "temporalCoverage", "text", "version", "volumeNumber",
)  # fmt: skip
SCHEMA_NODES = (
    "about", "appearance", "author", "citation", "claimInterpreter", "editor", "hasPart", "isBasedOn", "isPartOf",
    "mentions", "publisher", "subjectOf", "translator", "workTranslation",
)  # fmt: skip
SCHEMA_LINKS = ("sameAs", "url")
OWN_TYPES = {
    "Perspective": "One position on a topic.",
    "Response": "A typed link from one claim to a claim of another perspective.",
    "Evidence": "A citation: how a source bears on a statement, where, and in what words.",
    "Crux": "A question on which the sides part.",
    "Agreement": "A fact that all sides accept.",
    "Gap": "An author claim that a stance does not answer, said openly.",
    "Finding": "A check of a passage against sources.",
}
OWN_TEXTS = {
    "heldBy": "The name of somebody who holds the position.",
    "statedBy": "The name of an author of a cited work that states the claim.",
    "locator": "Where in the source.",
    "wouldSettle": "The evidence that would settle a crux.",
    "authorAnswer": "What the author's side answers to a crux.",
    "opposingAnswer": "What the opposing side answers to a crux.",
    "neutralAnswer": "What neutral voices answer to a crux.",
    "translatedBy": "Who translated a quotation, as the editors name them.",
    "startCharacter": "Where a passage begins, in characters from 0.",
    "endCharacter": "Where a passage ends, not included.",
    "accessed": "When an editor last read a work on the web.",
}
OWN_NODES = {
    "perspective": "The position that a claim belongs to, or one of a topic's.",
    "evidence": "A citation of a claim, an agreement or a finding.",
    "response": "How a claim answers another, with a note.",
    "crux": "A question on which the sides part.",
    "agreement": "A fact that all sides accept.",
    "gap": "An answer that is missing.",
    "finding": "A check of a passage.",
    "quotation": "The words quoted from the source.",
    "source": "The work that is cited.",
    "answeredClaim": "The claim that a response answers.",
    "takenUpBy": "A claim or topic that takes a passage up.",
}
CODES: dict[str, type[Term]] = {
    "stance": Stance,
    "kind": ClaimKind,
    "relation": Relation,
    "responseType": ResponseType,
    "findingKind": FindingKind,
    "cruxKind": CruxKind,
    "category": SourceCategory,
    "quoteStatus": QuoteStatus,
}
"""Property -> the words it takes; a value's name is `<property>-<code>`."""


def context(base: str) -> Node:
    """Make the JSON-LD context: every term that our documents use, and no other."""
    own_links = (*CODES, *(kind.value for kind in ResponseType))
    return {
        "schema": SCHEMA,
        "kb": addresses.vocabulary(base),
        **{name: f"schema:{name}" for name in (*SCHEMA_TYPES, *SCHEMA_TEXTS, *SCHEMA_NODES)},
        **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in SCHEMA_LINKS},
        **{name: f"kb:{name}" for name in (*OWN_TYPES, *OWN_TEXTS, *OWN_NODES)},
        **{name: {"@id": f"kb:{name}", "@type": "@id"} for name in own_links},
    }


def code(name: str, value: str) -> str:
    """Name a value of a property in `CODES`: ("stance", "opposing") -> "kb:stance-opposing"."""
    return f"kb:{name}-{value}"


def terms(base: str) -> Node:
    """Describe our own terms, as JSON-LD for the address of the vocabulary itself."""
    return {
        "@context": {
            "kb": addresses.vocabulary(base),
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "label": "rdfs:label",
            "comment": "rdfs:comment",
        },
        "@graph": list(_terms()),
    }


def _terms() -> Iterator[Node]:
    for name, comment in OWN_TYPES.items():
        yield {"@id": f"kb:{name}", "@type": "rdfs:Class", "label": name, "comment": comment}
    for name, comment in {**OWN_TEXTS, **OWN_NODES}.items():
        yield {"@id": f"kb:{name}", "@type": "rdf:Property", "label": name, "comment": comment}
    for kind in ResponseType:
        yield {"@id": f"kb:{kind.value}", "@type": "rdf:Property", "label": kind.label, "comment": kind.sentence}
    for name, words in CODES.items():
        comment = (words.__doc__ or "").strip()
        yield {"@id": f"kb:{name}", "@type": "rdf:Property", "label": name, "comment": comment}
        for word in words:
            yield {"@id": code(name, word.value), "label": word.label, "comment": word.sentence}
