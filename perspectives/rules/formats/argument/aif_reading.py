"""xAIF back to arguments: what `aif` writes, with texts, nodes and edges changed by other tools or by hand.

I-nodes and S-nodes are read, and the edges between them; locutions are not, for a claim says itself whose it is.
"""

import json
from collections import defaultdict
from typing import Any

from perspectives.rules.documents import walk
from perspectives.rules.documents.problems import shown
from perspectives.rules.documents.yaml_text import MAX_BYTES
from perspectives.rules.formats.argument.aif import EXTRA, SCHEMES
from perspectives.rules.formats.argument.argument import Argument, Reading, refused

_CLAIM_FIELDS = ("kind", "perspective", "stance")
_SCHEME_KINDS = {*SCHEMES.values(), "MA"}
"""MA, a rephrase, has no counterpart here and is refused."""


def read(text: str, name: str = "aif") -> Argument:
    """Read an argument. Raises BrokenRulesError with every problem: `name`, where, what is wrong, how to mend it."""
    reader = _Reader(name)
    data = reader.data(text)
    if reader.problems:
        raise refused(reader.problems)
    nodes = list(walk.values(data, "AIF.nodes[]"))
    reader.take_edges(data)
    for path, node in nodes:
        if walk.text(node, "type") == "I":
            reader.take_claim(path[-1], node)
    for path, node in nodes:
        if walk.text(node, "type") in _SCHEME_KINDS:
            reader.take_response(path[-1], node)
    return reader.argument(walk.text(data.get(EXTRA), "topic"))


class _Reader(Reading):
    """Knows the graph's edges and which node holds which claim."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.before: dict[str, list[str]] = defaultdict(list)
        self.after: dict[str, list[str]] = defaultdict(list)
        self.claim_at: dict[str, str] = {}
        self.taken: set[str] = set()
        """The ids of S-nodes."""

    def data(self, text: str) -> Any:
        """Parse the JSON; None with a report where it cannot be xAIF of ours."""
        if len(text.encode(errors="replace")) > MAX_BYTES:
            self.report(0, f"is too long; the limit is {MAX_BYTES:,} bytes")
            return None
        try:
            data = json.loads(text)
        except ValueError as error:  # JSONDecodeError, or a number of more digits than Python reads
            line, words = getattr(error, "lineno", 0), getattr(error, "msg", "a number is too long")
            self.report(line, f"is not JSON: {words}; correct the line")
            return None
        except RecursionError:
            self.report(0, "is nested too deep; flatten it")
            return None
        if not any(isinstance(nodes, list) for _, nodes in walk.values(data, "AIF.nodes")):
            self.report(0, 'holds no nodes; write xAIF: {"AIF": {"nodes": [...], "edges": [...]}, ...}')
        if not walk.text(data.get(EXTRA) if isinstance(data, dict) else None, "topic"):
            self.report(0, f'names no topic; add "{EXTRA}": {{"topic": "<slug>"}} at the top level')
        return data

    def take_edges(self, data: Any) -> None:
        """Note for each node which nodes lead to it and to which it leads, by their ids written out."""
        for _, edge in walk.values(data, "AIF.edges[]"):
            start, end = _key(edge, "fromID"), _key(edge, "toID")
            self.after[start].append(end)
            self.before[end].append(start)

    def take_claim(self, number: str | int, node: Any) -> None:
        """Read an I-node, or report why it is no claim."""
        place, own = f"AIF.nodes[{number}]", node.get(EXTRA)
        if not isinstance(own, dict):
            self.report(
                0, f'says not whose claim it is; add "{EXTRA}": {{"claim", "kind", "perspective", "stance"}}', place
            )
            return
        fields = {name: own[name] for name in _CLAIM_FIELDS if name in own}
        if claim := self.claim(0, {"id": own.get("claim"), "text": node.get("text"), **fields}, f"{place}."):
            self.claim_at[_key(node, "nodeID")] = claim.id

    def take_response(self, number: str | int, node: Any) -> None:
        """Read an S-node with the claims at its ends, or report why it is no response."""
        place, own = f"AIF.nodes[{number}]", node.get(EXTRA)
        if not isinstance(own, dict):
            self.report(0, f'says not how and why it answers; add "{EXTRA}": {{"response", "note"}}', place)
            return
        key = _key(node, "nodeID")
        if key in self.taken:  # the edges of the id would be gone through for each of its nodes
            self.report(0, f"has the nodeID '{shown(key)}' of a node above it; give each node its own", place)
            return
        self.taken.add(key)
        starts, ends = (
            [self.claim_at[other] for other in others if other in self.claim_at]
            for others in (self.before[key], self.after[key])
        )
        if len(starts) != 1 or len(ends) != 1:
            words = (
                f"leads from {len(starts)} claims to {len(ends)}; join it by edges to one claim before and one after"
            )
            self.report(0, words, place)
            return
        fields = {"from": starts[0], "to": ends[0], "type": own.get("response"), "note": own.get("note")}
        link = self.response(0, fields, f"{place}.")
        if link and SCHEMES[link.type] != node["type"]:
            words = f"is {shown(node['type'])} but says '{link.type.value}'; make it {SCHEMES[link.type]}"
            self.report(0, words, place)


def _key(part: Any, name: str) -> str:
    """Give an id as text, so that 1 and "1" are the same node: tools write both."""
    return str(part.get(name)) if isinstance(part, dict) else ""
