"""What the published index keeps of an edition: summaries, claims, passages, and each use of a source.

Every record is plain data, ready to be stored and to be given out as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.documents.article_document import ArticleEdition
from perspectives.rules.documents.fields import Part
from perspectives.rules.documents.topic_document import Cite, TopicEdition
from perspectives.rules.topics.alignment import voices
from perspectives.rules.topics.people import person_slug
from perspectives.vocab import Stance

Record = dict[str, Any]
FORM = 3
"""Counts the forms that the index has had. Raise it with every change here: the next start then cuts the rows anew."""


def plain(part: Part) -> Record:
    """Write a part of a document as plain data, without what was left out."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _named(part: Part, *names: str) -> Record:
    return {name: getattr(part, name) for name in names}


def topic_summary(document: TopicEdition) -> Record:
    """Sum a topic up for lists: its question, each perspective's one line, and true counts."""
    return {
        **_named(document, "topic", "article", "order", "title", "question", "edition"),
        "asked_as": list(document.asked_as),
        "period": plain(document.period),
        "tags": list(document.tags),
        "positions": [
            {
                "perspective": side.id,
                "stance": side.stance.value,
                "label": side.label,
                "held_by": list(side.held_by),
                "claims": len(side.claims),
            }
            for side in document.perspectives
        ],
        "cruxes": [{"question": crux.question, "kind": crux.kind.value} for crux in document.cruxes],
        "counts": {
            "claims": sum(len(side.claims) for side in document.perspectives),
            "responses": len(document.responses),
            "sources": len(document.sources),
            "events": len(document.events),
        },
    }


def article_summary(document: ArticleEdition) -> Record:
    """Sum an article up for lists."""
    return {
        **_named(document, "article", "source", "author", "author_short", "title", "edition"),
        **({"about": document.about} if document.about else {}),
        "counts": {
            "passages": len(document.passages),
            "findings": sum(len(passage.findings) for passage in document.passages),
        },
    }


def claim_records(document: TopicEdition) -> Iterator[Record]:
    """Give each claim with what a tool needs to show it alone: whose it is, its citations, and who answers whom."""
    for voice in voices(document).values():
        claim_id = voice.claim.id
        yield {
            "id": voice.public_id,
            "topic": document.topic,
            "article": document.article,
            "edition": document.edition,
            "perspective": voice.perspective.id,
            "perspective_label": voice.perspective.label,
            "stance": voice.stance.value,
            "held_by": list(voice.perspective.held_by),
            "stated_by": list(voice.stated_by),
            "is_authors_own": voice.is_authors_own,
            "kind": voice.claim.kind.value,
            "text": voice.claim.text,
            "cites": [plain(cite) for cite in voice.claim.cites],
            "answers": [
                {"claim": f"{document.topic}/{link.to_claim}", "type": link.type.value, "note": link.note}
                for link in document.responses
                if link.from_claim == claim_id
            ],
            "answered_by": [
                {"claim": f"{document.topic}/{link.from_claim}", "type": link.type.value, "note": link.note}
                for link in document.responses
                if link.to_claim == claim_id
            ],
            "gaps": [{"stance": gap.stance.value, "note": gap.note} for gap in document.gaps if gap.claim == claim_id],
        }


def response_records(document: TopicEdition) -> Iterator[Record]:
    """Give each response with the stances of the two claims."""
    sides = voices(document)
    for link in document.responses:
        yield {
            "topic": document.topic,
            "edition": document.edition,
            "from": sides[link.from_claim].public_id,
            "from_stance": sides[link.from_claim].stance.value,
            "type": link.type.value,
            "to": sides[link.to_claim].public_id,
            "to_stance": sides[link.to_claim].stance.value,
            "note": link.note,
        }


def event_records(document: TopicEdition) -> Iterator[Record]:
    """Give each event with the topic it belongs to."""
    for event in document.events:
        yield {"topic": document.topic, "edition": document.edition, **plain(event)}


def position_records(document: TopicEdition) -> Iterator[Record]:
    """Give each perspective once for each person who holds it, under the person's slug and name."""
    for side in document.perspectives:
        for name in side.held_by:
            yield {
                "person": person_slug(name),
                "name": name,
                "topic": document.topic,
                "title": document.title,
                "perspective": side.id,
                "stance": side.stance.value,
                "label": side.label,
                "summary": side.summary,
                "claims": [f"{document.topic}/{claim.id}" for claim in side.claims],
            }


def person_record(person: str, positions: Iterable[Record], stated: Iterable[Record]) -> Record:
    """Join what one person, by slug, holds and states; the name is the longest under which the person appears.

    `stated` are the records of the claims that the person states. What is held is a perspective, and says nothing
    about who stated its claims.
    """
    held, own = list(positions), list(stated)
    names = [position["name"] for position in held]
    names += [name for claim in own for name in claim["stated_by"] if person_slug(name) == person]
    return {
        "person": person,
        "name": max(names, key=len),
        "positions": [
            {name: value for name, value in position.items() if name not in {"person", "name"}} for position in held
        ],
        "states": [claim["id"] for claim in own],
        "counts": {
            "topics": len({one["topic"] for one in (*held, *own)}),
            "claims": sum(len(position["claims"]) for position in held),
            "stated": len(own),
        },
    }


def passage_records(document: ArticleEdition) -> Iterator[Record]:
    """Give each passage as the guide holds it, with the article it belongs to."""
    for passage in document.passages:
        yield {
            **plain(passage),
            "id": f"{document.article}/{passage.id}",
            "article": document.article,
            "edition": document.edition,
        }


def topic_uses(document: TopicEdition) -> Iterator[tuple[str, Record]]:
    """Give each use of a source in a topic: its citekey and where, for what, and in what words it is used."""
    where: Record = {"topic": document.topic, "title": document.title}
    for voice in voices(document).values():
        owner = {"claim": voice.public_id, "stance": voice.stance.value, "text": voice.claim.text}
        yield from _uses("claim", {**where, **owner}, voice.claim.cites)
    for agreement in document.common_ground:
        yield from _uses("agreement", {**where, "text": agreement.text}, agreement.cites)
    for event in document.events:
        yield from _uses("event", {**where, "text": f"{event.date}: {event.title}"}, event.cites)
    for entry in document.bibliography:
        yield entry.source, {"in": "bibliography", **where, "text": entry.argues}


def article_uses(document: ArticleEdition) -> Iterator[tuple[str, Record]]:
    """Give each use of a source in an article guide."""
    yield document.source, {"in": "article", "article": document.article, "title": document.title}
    for passage in document.passages:
        for finding in passage.findings:
            where = {"article": document.article, "passage": passage.id, "topic": finding.topic, "text": finding.note}
            yield from _uses("finding", where, finding.cites)


def _uses(kind: str, where: Mapping[str, Any], cites: tuple[Cite, ...]) -> Iterator[tuple[str, Record]]:
    for cite in cites:
        yield cite.source, {"in": kind, **where, "cite": plain(cite)}


def positions_of(summary: Mapping[str, Any], stance: Stance) -> list[Record]:
    """Pick the positions of one stance out of a topic's summary."""
    return [position for position in summary["positions"] if position["stance"] == stance.value]
