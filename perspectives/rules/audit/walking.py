"""Walking through packs for the audit: claims and citations, each with where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perspectives.rules.documents.topic_document import Cite, Claim, Perspective, TopicDocument
from perspectives.rules.sources.source_record import SourceRecord


@dataclass(frozen=True)
class Content:
    """What is audited together: topics, the records of their sources, and the citekey of each article by its slug."""

    topics: Sequence[TopicDocument]
    sources: Mapping[str, SourceRecord]
    articles: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A citation, what cites it (a claim's public id, or an event or agreement by its number), and the words there."""

    where: str
    text: str
    cite: Cite


def claims(topic: TopicDocument) -> Iterator[tuple[Perspective, Claim, str]]:
    """Give each claim with its perspective and its public id."""
    for side in topic.perspectives:
        for claim in side.claims:
            yield side, claim, f"{topic.topic}/{claim.id}"


def citations(content: Content) -> Iterator[Place]:
    """Give every citation of claims, agreements and events."""
    for topic in content.topics:
        for _, claim, where in claims(topic):
            yield from (Place(where, claim.text, cite) for cite in claim.cites)
        for number, agreement in enumerate(topic.common_ground):
            yield from (
                Place(f"{topic.topic}/common_ground/{number}", agreement.text, cite) for cite in agreement.cites
            )
        for number, event in enumerate(topic.events):
            yield from (Place(f"{topic.topic}/events/{number}", event.description, cite) for cite in event.cites)
