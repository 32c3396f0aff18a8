"""What is cut from a topic's edition for one purpose: comparison, argument graph, timeline, difference of editions."""

import dataclasses
import json
from typing import Any

from perspectives.rules.documents.diff import Change, diff
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.publication.index_records import plain
from perspectives.rules.topics import brief as briefs
from perspectives.rules.topics.alignment import Cell, Voice, rows, voices

Record = dict[str, Any]


def _head(document: TopicEdition) -> Record:
    return {"topic": document.topic, "edition": document.edition, "question": document.question}


def matrix(document: TopicEdition) -> Record:
    """Align the claims: a row for each author claim, then for claims that answer none; a cell for each stance."""
    return {
        **_head(document),
        "rows": [
            {"lead": row.lead.public_id, "cells": {cell.stance.value: _cell(cell) for cell in row.cells}}
            for row in rows(document)
        ],
    }


def _cell(cell: Cell) -> Record:
    answers = [
        {
            **_node(answer.voice),
            **({"type": answer.response.type.value, "note": answer.response.note} if answer.response else {}),
            "is_repeated": answer.is_repeated,
        }
        for answer in cell.answers
    ]
    return {"claims": answers, **({"gap": cell.gap.note} if cell.gap else {})}


def _node(voice: Voice) -> Record:
    return {
        "id": voice.public_id,
        "perspective": voice.perspective.id,
        "stance": voice.stance.value,
        "kind": voice.claim.kind.value,
        "text": voice.claim.text,
    }


def graph(document: TopicEdition) -> Record:
    """Give the argument as nodes (claims) and typed edges (responses)."""
    return {
        **_head(document),
        "nodes": [_node(voice) for voice in voices(document).values()],
        "edges": [
            {
                "from": f"{document.topic}/{link.from_claim}",
                "to": f"{document.topic}/{link.to_claim}",
                "type": link.type.value,
                "note": link.note,
            }
            for link in document.responses
        ],
    }


def timeline(document: TopicEdition) -> Record:
    """Give the topic's events by date; dates are known to the year, the month or the day."""
    events = sorted(document.events, key=lambda event: event.date)
    return {**_head(document), "period": plain(document.period), "events": [plain(event) for event in events]}


def brief(document: TopicEdition) -> Record:
    """Give the topic's brief; what is not known is left out."""
    made = briefs.brief(document)
    parting = made.parting
    return {
        **_head(document),
        "title": made.title,
        "accepted": list(made.accepted),
        "answers": [_answer(made.topic, answer) for answer in made.answers],
        **({"parting": {**dataclasses.asdict(parting), "kind": parting.kind.value}} if parting else {}),
    }


def _answer(topic: str, answer: briefs.BriefAnswer) -> Record:
    quotation = answer.quotation
    return {
        "stance": answer.stance.value,
        "side": answer.side,
        "positions": [dataclasses.asdict(position) for position in answer.positions],
        **({"quotation": _quotation(topic, quotation)} if quotation else {}),
    }


def _quotation(topic: str, quotation: briefs.Quotation) -> Record:
    found = {
        "quote": quotation.words,
        "quote_language": quotation.language,
        "translation": quotation.translation,
        "translator": quotation.translator,
        "quote_status": quotation.status.value,
        "relation": quotation.relation.value,
        "source": quotation.source,
        "names": quotation.names,
        "title": quotation.title,
        "locator": quotation.locator,
        "address": quotation.address,
        "claim": f"{topic}/{quotation.claim.id}",
        "claim_text": quotation.claim.text,
    }
    return {name: value for name, value in found.items() if value}


def difference(before: bytes, after: bytes) -> Record:
    """Compare two editions of a topic, given as canonical JSON."""
    old, new = json.loads(before), json.loads(after)
    return {
        "topic": new["topic"],
        "from": old["edition"],
        "to": new["edition"],
        "changes": [_change(change) for change in diff(old, new)],
    }


def _change(change: Change) -> Record:
    values = {name: value for name, value in (("before", change.before), ("after", change.after)) if value is not None}
    return {"kind": change.kind, "path": change.path, **values}
