"""Walking through packs for the audit: perspectives, claims and citations, each with where it stands."""

from collections.abc import Iterator

from perspectives.rules.documents.packs import Packs
from perspectives.rules.documents.topic_document import Cite, Claim, Perspective, TopicDocument

Findings = Iterator[tuple[str, str]]
"""Pairs of a place and what an editor should look at there."""


def sides(content: Packs) -> Iterator[tuple[TopicDocument, Perspective, str]]:
    """Give each perspective with its topic and its name in it."""
    for topic in content.topics:
        for side in topic.perspectives:
            yield topic, side, f"{topic.topic}/{side.id}"


def holders(content: Packs) -> Iterator[tuple[str, TopicDocument, Perspective, str]]:
    """Give each person who holds a perspective, with what `sides` gives of that."""
    for topic, side, where in sides(content):
        for name in side.held_by:
            yield name, topic, side, where


def claims(content: Packs) -> Iterator[tuple[Perspective, Claim, str]]:
    """Give each claim with its perspective and its public id."""
    for topic, side, _ in sides(content):
        for claim in side.claims:
            yield side, claim, f"{topic.topic}/{claim.id}"


def citations(content: Packs) -> Iterator[tuple[str, Cite]]:
    """Give every citation of claims, agreements and events with what cites it: those have a number."""
    for _, claim, where in claims(content):
        yield from ((where, cite) for cite in claim.cites)
    for topic in content.topics:
        for number, agreement in enumerate(topic.common_ground):
            yield from ((f"{topic.topic}/common_ground/{number}", cite) for cite in agreement.cites)
        for number, event in enumerate(topic.events):
            yield from ((f"{topic.topic}/events/{number}", cite) for cite in event.cites)
