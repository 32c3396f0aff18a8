"""A topic's argument in the Argument Interchange Format, in the JSON that its tools call xAIF.

Claims are I-nodes. A response is an S-node between two of them: an RA (inference) for what supports, a CA (conflict)
for what attacks. Each perspective is a participant who asserts its claims (L-node, YA-node). What AIF has no word for
stands in a member `debatekb` of the nodes, which other tools pass over; `aif_reading` needs it to come back.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from perspectives.rules.documents.topic_document import Claim, Perspective, Response, TopicDocument, TopicEdition
from perspectives.vocab import ResponseType

Record = dict[str, Any]

EXTRA = "debatekb"
"""The member that holds what AIF has no word for."""
SCHEMES: Mapping[ResponseType, str] = {
    ResponseType.REBUTS: "CA",
    ResponseType.UNDERCUTS: "CA",
    ResponseType.QUALIFIES: "CA",
    ResponseType.CONCEDES: "RA",
    ResponseType.CORROBORATES: "RA",
}
"""The kind of S-node for a response. AIF would aim an undercut at an inference; claims here hold theirs unseen."""
_TEXTS = {"RA": "Default Inference", "CA": "Default Conflict", "YA": "Asserting"}


def topic(document: TopicDocument) -> Record:
    """Write the argument of a topic (a draft or an edition) as xAIF, ready for JSON."""
    graph = _Graph()
    for number, side in enumerate(document.perspectives, start=1):
        graph.add_perspective(number, side)
    for link in document.responses:
        graph.add_response(link)
    own: Record = {"topic": document.topic, "title": document.title, "question": document.question}
    if isinstance(document, TopicEdition):
        own["edition"] = document.edition
    return {
        "AIF": {
            "nodes": graph.nodes,
            "edges": graph.edges,
            "schemefulfillments": [],
            "descriptorfulfillments": [],
            "participants": graph.participants,
            "locutions": graph.locutions,
        },
        "text": {"txt": ""},
        "dialog": True,
        "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
        EXTRA: own,
    }


class _Graph:
    """Nodes, edges and participants in the order of the document, numbered from 1: some tools take 0 for nothing."""

    def __init__(self) -> None:
        self.nodes: list[Record] = []
        self.edges: list[Record] = []
        self.participants: list[Record] = []
        self.locutions: list[Record] = []
        self.claims: dict[str, int] = {}

    def add_perspective(self, number: int, side: Perspective) -> None:
        """Add a participant and what it asserts."""
        own = {"perspective": side.id, "stance": side.stance.value}
        name = {"firstname": side.label, "surname": f"({side.stance.value})"}
        self.participants.append({"participantID": number, **name, EXTRA: own})
        for claim in side.claims:
            self._add_claim(claim, number, own)

    def _add_claim(self, claim: Claim, person: int, side: Mapping[str, str]) -> None:
        own = {"claim": claim.id, "kind": claim.kind.value, **side}
        self.claims[claim.id] = self._node("I", claim.text, **{EXTRA: own})
        locution = self._node("L", claim.text)
        self.locutions.append({"nodeID": locution, "personID": person})
        self._join(locution, self._node("YA", _TEXTS["YA"]), self.claims[claim.id])

    def add_response(self, link: Response) -> None:
        """Add the S-node that leads from the claim that answers to the claim that is answered."""
        scheme = SCHEMES[link.type]
        own = {"response": link.type.value, "note": link.note}
        node = self._node(scheme, _TEXTS[scheme], **{EXTRA: own})
        self._join(self.claims[link.from_claim], node, self.claims[link.to_claim])

    def _node(self, kind: str, text: str, **more: Record) -> int:
        self.nodes.append({"nodeID": len(self.nodes) + 1, "type": kind, "text": text, **more})
        return len(self.nodes)

    def _join(self, *way: int) -> None:
        for start, end in pairwise(way):
            self.edges.append({"edgeID": len(self.edges) + 1, "fromID": start, "toID": end})
