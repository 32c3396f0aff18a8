"""A tray as a document to hand in: pandoc's tree, so that no title and no quotation can become markup.

https://hackage.haskell.org/package/pandoc-types describes the tree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.rules.document import Cite
from perspectives.vocab import ClaimKind, Stance

Node = dict[str, Any]
_VERSION = (1, 23, 1)


@dataclass(frozen=True)
class Reference:
    """A citation with its source's reference, in runs of text, whether emphasised, and where it leads."""

    cite: Cite
    runs: tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True)
class Exported:
    """A claim of the tray; one that is gone has no record."""

    public_id: str
    record: Mapping[str, Any] | None = None
    topic: str = ""
    edition: str = ""
    """Number, date and hash of the edition, as a citation names them."""
    address: str = ""
    """Where that edition stays."""
    cites: tuple[Reference, ...] = ()
    replies: tuple[tuple[str, str, str, str], ...] = ()
    """Side, how it answers, claim, note."""


def document(claims: Iterable[Exported], address: str, style: str) -> Node:
    """Write a tray: each claim with its holder, citations and answers, then all references and how to cite."""
    known = list(claims)
    counted = "1 claim" if len(known) == 1 else f"{len(known)} claims"
    blocks = [
        _header(1, "Comparison tray"),
        _para(_text(f"{counted} from Debate KB: "), _link(address, address)),
        *(block for number, claim in enumerate(known, start=1) for block in _claim(number, claim)),
        *_references(known, style),
        *_how_to_cite(known),
    ]
    return {"pandoc-api-version": list(_VERSION), "meta": {}, "blocks": blocks}


def _claim(number: int, claim: Exported) -> Iterator[Node]:
    if claim.record is None:
        yield _header(2, f"{number}. {claim.public_id}")
        yield _para(_text("This claim is in no current edition any more."))
        return
    record = claim.record
    yield _header(2, f"{number}. {Stance.of(record['stance']).label}: {record['perspective_label']}")
    yield _para(_text(record["text"]))
    facts = [claim.topic, f"{ClaimKind.of(record['kind']).label} claim {claim.public_id}"]
    if record["held_by"]:
        facts.append(f"Held by {', '.join(record['held_by'])}")
    if record["stance"] == Stance.AUTHOR and not record["is_authors_own"]:
        facts.append("Argued by others on this side")
    yield _para(_emphasised(_text(". ".join(facts) + ".")))
    if claim.cites:
        yield _para(_strong("What it rests on"))
        yield _bullets(_cited(reference) for reference in claim.cites)
    if claim.replies:
        yield _para(_strong("What answers it"))
        yield _bullets(_text(f"{side}, {place}, {how} this: {note}") for side, how, place, note in claim.replies)


def _cited(reference: Reference) -> list[Node]:
    cite = reference.cite
    more = f" {cite.locator}." if cite.locator else ""
    if cite.quote:
        more += f" \N{LEFT DOUBLE QUOTATION MARK}{cite.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
    if cite.translation:
        more += f" ({cite.translation}; translated by {cite.translator})"
    return [*_runs(reference), *_text(f"{more} [{cite.relation.label}]")]


def _references(claims: Iterable[Exported], style: str) -> Iterator[Node]:
    found = {cited.cite.source: cited for claim in claims for cited in claim.cites}
    works = sorted(found.values(), key=lambda cited: "".join(run[0] for run in cited.runs).casefold())
    if works:
        yield _header(2, f"References ({style})")
        yield from (_para(_runs(work)) for work in works)


def _how_to_cite(claims: Iterable[Exported]) -> Iterator[Node]:
    editions = {claim.address: claim for claim in claims if claim.record}
    if editions:
        yield _header(2, "How to cite the topics")
    for address, claim in editions.items():
        title = f"\N{LEFT DOUBLE QUOTATION MARK}{claim.topic}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield _para(_text(f"Debate KB. {title}. {claim.edition} "), _link(address, address))


def _header(level: int, text: str) -> Node:
    return {"t": "Header", "c": [level, ["", [], []], _text(text)]}


def _para(*inlines: list[Node]) -> Node:
    return {"t": "Para", "c": [node for part in inlines for node in part]}


def _bullets(items: Iterable[list[Node]]) -> Node:
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": item}] for item in items]}


def _text(text: str) -> list[Node]:
    """Write words and spaces apart, so that pandoc may break lines."""
    nodes: list[Node] = []
    for word in text.split(" "):
        nodes += [{"t": "Str", "c": word}] if word else []
        nodes.append({"t": "Space"})
    return nodes[:-1]


def _strong(text: str) -> list[Node]:
    return [{"t": "Strong", "c": _text(text)}]


def _emphasised(nodes: list[Node]) -> list[Node]:
    return [{"t": "Emph", "c": nodes}]


def _link(address: str, text: str) -> list[Node]:
    return [{"t": "Link", "c": [["", [], []], _text(text), [address, ""]]}]


def _runs(reference: Reference) -> list[Node]:
    nodes: list[Node] = []
    for text, is_emphasised, address in reference.runs:
        piece = _link(address, text) if address else _text(text)
        nodes += _emphasised(piece) if is_emphasised else piece
    return nodes
