"""A tray as a document to hand in: pandoc's tree, so that no title and no quotation can become markup."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.formats import pandoc_tree as tree
from perspectives.vocab import ClaimKind, Stance


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


def document(claims: Iterable[Exported], address: str, style: str, warnings: Iterable[str] = ()) -> tree.Node:
    """Write a tray: each claim with who states it, its citations and answers, then all references and how to cite.

    `warnings` tell first of works that should not be relied on.
    """
    known = list(claims)
    counted = "1 claim" if len(known) == 1 else f"{len(known)} claims"
    blocks = [
        tree.heading(1, "Comparison tray"),
        tree.paragraph(*tree.text(f"{counted} from Debate KB: "), _link(address, address)),
        *(tree.paragraph(tree.strong(warning)) for warning in warnings),
        *(block for number, claim in enumerate(known, start=1) for block in _claim(number, claim)),
        *_references(known, style),
        *_how_to_cite(known),
    ]
    return tree.document(blocks, {})


def _claim(number: int, claim: Exported) -> Iterator[tree.Node]:
    if claim.record is None:
        yield tree.heading(2, f"{number}. {claim.public_id}")
        yield tree.paragraph(*tree.text("This claim is in no current edition any more."))
        return
    record = claim.record
    yield tree.heading(2, f"{number}. {Stance.of(record['stance']).label}: {record['perspective_label']}")
    yield tree.paragraph(*tree.text(record["text"]))
    facts = [claim.topic, f"{ClaimKind.of(record['kind']).label} claim {claim.public_id}"]
    if record["stated_by"]:
        facts.append(f"Stated by {', '.join(record['stated_by'])}")
    if record["stance"] == Stance.AUTHOR and not record["is_authors_own"]:
        facts.append("Argued by others on this side")
    yield tree.paragraph(tree.emphasis(tree.text(". ".join(facts) + ".")))
    if claim.cites:
        yield tree.paragraph(tree.strong("What it rests on"))
        yield _bullets(_cited(reference) for reference in claim.cites)
    if claim.replies:
        yield tree.paragraph(tree.strong("What answers it"))
        yield _bullets(tree.text(f"{side}, {place}, {how} this: {note}") for side, how, place, note in claim.replies)


def _cited(reference: Reference) -> tree.Nodes:
    cite = reference.cite
    more = f" {cite.locator}." if cite.locator else ""
    if cite.quote and cite.quote_status:
        words = f"\N{LEFT DOUBLE QUOTATION MARK}{cite.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
        seen_in = f", {cite.quote_seen_in}" if cite.quote_seen_in else ""
        more += f" {words} ({cite.quote_status.label}{seen_in})"
    if cite.translation:
        more += f" ({cite.translation}; translated by {cite.translator})"
    return [*_runs(reference), *tree.text(f"{more} [{cite.relation.label}]")]


def _references(claims: Iterable[Exported], style: str) -> Iterator[tree.Node]:
    found = {cited.cite.source: cited for claim in claims for cited in claim.cites}
    works = sorted(found.values(), key=lambda cited: "".join(run[0] for run in cited.runs).casefold())
    if works:
        yield tree.heading(2, f"References ({style})")
        yield from (tree.paragraph(*_runs(work)) for work in works)


def _how_to_cite(claims: Iterable[Exported]) -> Iterator[tree.Node]:
    editions = {claim.address: claim for claim in claims if claim.record}
    if editions:
        yield tree.heading(2, "How to cite the topics")
    for address, claim in editions.items():
        title = f"\N{LEFT DOUBLE QUOTATION MARK}{claim.topic}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield tree.paragraph(*tree.text(f"Debate KB. {title}. {claim.edition} "), _link(address, address))


def _runs(reference: Reference) -> tree.Nodes:
    nodes: tree.Nodes = []
    for words, is_emphasised, address in reference.runs:
        piece = [_link(address, words)] if address else tree.text(words)
        nodes += [tree.emphasis(piece)] if is_emphasised else piece
    return nodes


def _link(address: str, words: str) -> tree.Node:
    return tree.link(tree.text(words), address)


def _bullets(items: Iterable[tree.Nodes]) -> tree.Node:
    return tree.bullets([tree.paragraph(*item)] for item in items)
