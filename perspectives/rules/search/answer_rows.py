"""An answer to a question out of the claims of one topic: every stance, its best claims, within a number of tokens."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.publication.index_records import Record
from perspectives.rules.search.search_entries import source_line, year_of
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import QuoteStatus, Relation, ResponseType, Stance

CHARACTERS_A_TOKEN = 4
"""As the makers of language models reckon for English."""
_REPLIES = {kind.value: place for place, kind in enumerate(ResponseType)}
"""What contradicts comes before what qualifies, and that before what agrees."""
_RELATIONS = {kind.value: place for place, kind in enumerate(Relation)}
_DETAIL = ("quotation", "quotation_state", "quotation_language", "quotation_check", "translation", "gaps")
"""What rows go without where the budget is small."""


class TooSmallError(Exception):
    """The budget holds not even the shortest answer that has every stance; `least` does."""

    def __init__(self, least: int) -> None:
        super().__init__(f"the least is {least}")
        self.least = least


@dataclass(frozen=True)
class Material:
    """What an answer is made of: claims best first, their topic's other claims, and the works that they cite."""

    claims: Sequence[Record]
    sources: Mapping[str, str]
    """Citekey -> the formatted reference."""
    base: str
    """The beginning of absolute addresses."""
    checks: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    """What a machine found of words, by citekey and words; and of a work that is warned of, by citekey and ''."""

    def rows(self) -> list[Record]:
        """Give a row for each claim, the stances by turns."""
        by_id = {claim["id"]: claim for claim in self.claims}
        sides = [[claim for claim in self.claims if claim["stance"] == stance] for stance in Stance.values]
        turns = (claim for turn in zip_longest(*sides) for claim in turn if claim is not None)
        return [self.row(claim, by_id) for claim in turns]

    def row(self, claim: Record, by_id: Mapping[str, Record]) -> Record:
        """Tell of a claim what a reader needs to weigh and to cite it."""
        cite = best_cite(claim["cites"])
        told = {
            "claim": claim["id"],
            "stance": claim["stance"],
            "perspective": claim["perspective_label"],
            "text": claim["text"],
            "stated_by": claim["stated_by"],
            "gaps": claim["gaps"],
            "edition": claim["edition"],
            "url": addresses.claim_page(self.base, claim["id"]),
        }
        reply = _reply(claim, by_id)
        return {**told, **({"reply": reply} if reply else {}), **(self._evidence(cite) if cite else {})}

    def _evidence(self, cite: Record) -> Record:
        told = {
            "quotation": cite.get("quote"),
            "quotation_state": cite.get("quote_status"),
            "quotation_language": cite.get("quote_language"),
            "translation": cite.get("translation"),
            "quotation_check": self.checks.get((cite["source"], cite["quote"])) if "quote" in cite else None,
            "locator": cite.get("locator"),
            "source": cite["source"],
            "citation": self.sources.get(cite["source"]),
            "source_notice": self.checks.get((cite["source"], "")),
        }
        return {name: value for name, value in told.items() if value is not None}


def best_cite(cites: Sequence[Record]) -> Record | None:
    """Choose the citation that shows most: the quotation seen most closely, then by its relation."""

    def order(cite: Record) -> tuple[int, int]:
        status = cite.get("quote_status")
        return (QuoteStatus.values.index(status) if status else len(QuoteStatus), _RELATIONS[cite["relation"]])

    return min(cites, key=order, default=None)


def _reply(claim: Record, by_id: Mapping[str, Record]) -> Record | None:
    """Choose what answers a claim from another stance: what contradicts first."""
    known = [one for one in claim["answered_by"] if one["claim"] in by_id]
    best = min(known, key=lambda one: _REPLIES[one["type"]], default=None)
    if best is None:
        return None
    other = by_id[best["claim"]]
    return {"claim": other["id"], "stance": other["stance"], "type": best["type"], "text": other["text"]}


def tokens(answer: Record) -> int:
    """Count what an answer costs its reader, as it is sent."""
    return -(-len(json.dumps(answer, ensure_ascii=False, separators=(",", ":"))) // CHARACTERS_A_TOKEN)


def within(budget: int, head: Record, rows: Sequence[Record]) -> Record:
    """Put rows below the head as long as they fit: the first of every stance always, in fewer words if need be.

    Raises TooSmallError.
    """
    first = _firsts(rows)
    rest = [row for row in rows if row not in first]
    for shorten in (_whole, _with_one_topic, _bare):
        answer = shorten(head, first)
        if tokens(answer) <= budget:
            return _filled(answer, rest, budget) if shorten is _whole else answer
    raise TooSmallError(tokens(_bare(head, first)))


def _firsts(rows: Iterable[Record]) -> list[Record]:
    found: dict[str, Record] = {}
    for row in rows:
        found.setdefault(row["stance"], row)
    return list(found.values())


def _filled(answer: Record, rest: Sequence[Record], budget: int) -> Record:
    for row in rest:
        more = {**answer, "rows": [*answer["rows"], row]}
        if tokens(more) > budget:
            break
        answer = more
    return answer


def _whole(head: Record, rows: Sequence[Record]) -> Record:
    return {**head, "rows": list(rows)}


def _with_one_topic(head: Record, rows: Sequence[Record]) -> Record:
    return {**head, "topics": head["topics"][:1], "rows": list(rows)}


def _bare(head: Record, rows: Sequence[Record]) -> Record:
    return {**head, "topics": head["topics"][:1], "rows": [_shortened(row) for row in rows]}


def _shortened(row: Record) -> Record:
    """Leave out quotations and gaps, and of the reply its words: its id leads to them."""
    fewer = {name: value for name, value in row.items() if name not in _DETAIL}
    if "reply" not in row:
        return fewer
    return {**fewer, "reply": {name: value for name, value in row["reply"].items() if name != "text"}}


def plain_reference(record: Record) -> str:
    """Write a work without any style: title, authors, year."""
    source = SourceRecord.model_validate(record)
    year = year_of(source)
    return f"{source_line(source)} ({year or 'n.d.'})."
