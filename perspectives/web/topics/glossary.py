"""The words of the domain with the sentences that explain them, straight from the vocabulary."""

from dataclasses import dataclass

from perspectives.vocab import (
    ClaimKind,
    CruxKind,
    EditionOrigin,
    FindingKind,
    MetadataState,
    QuoteStatus,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
    Term,
)


@dataclass(frozen=True)
class Chapter:
    """A family of terms; the anchor of a term is `<code>-<value>`."""

    code: str
    title: str
    terms: type[Term]


GLOSSARY = (
    Chapter("stance", "Sides", Stance),
    Chapter("claim", "Kinds of claims", ClaimKind),
    Chapter("response", "How a claim answers another", ResponseType),
    Chapter("relation", "How a source bears on a claim", Relation),
    Chapter("category", "Kinds of sources", SourceCategory),
    Chapter("crux", "Where they part: kinds of questions", CruxKind),
    Chapter("finding", "Findings on a passage", FindingKind),
    Chapter("quotation", "State of a quotation", QuoteStatus),
    Chapter("record", "State of a bibliographic record", MetadataState),
    Chapter("origin", "How an edition came to be", EditionOrigin),
)
