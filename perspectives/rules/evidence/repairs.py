"""What a check proposes to mend what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from perspectives.rules.evidence import registers
from perspectives.vocab import CheckKind, CheckOutcome

MOST_WORDS: Final = 40
"""The most words that a quotation may have."""


@dataclass(frozen=True)
class Repair:
    """A change that one click makes: of what, from what, to what."""

    what: str
    button: str
    before: str
    after: str


@dataclass(frozen=True)
class Checked:
    """A check that is over: `what` is the address or the quotation that was looked at."""

    kind: CheckKind
    outcome: CheckOutcome
    what: str
    sentence: str
    detail: Mapping[str, Any]


def repair(checked: Checked) -> Repair | None:
    """Propose what mends a finding; None where an editor has to look first."""
    kind, outcome, detail, before = checked.kind, checked.outcome, checked.detail, checked.what
    if kind is CheckKind.LINK:
        if after := detail.get("address"):
            return Repair("Address", "Take the new address", before, after)
        if after := detail.get("archived"):
            return Repair("Address", "Take the archived copy", before, after)
    if outcome in {CheckOutcome.NEAR, CheckOutcome.ALTERED}:
        after = " ".join(str(detail.get("exact", "")).split())
        if after and len(after.split()) <= MOST_WORDS:
            return Repair("Quotation", "Take the words of the text", before, after)
    if outcome is CheckOutcome.RETRACTED:
        return Repair("State of the source", "Deprecate the source", "May be cited", checked.sentence)
    if outcome is CheckOutcome.DIFFERS:
        ours, theirs = (registers.shown(detail[name]) for name in ("ours", "theirs"))
        return Repair("Record", "Take what the register has", ours, theirs)
    return None


def with_words(draft: Any, key: str, before: str, after: str) -> Any:
    """Copy plain data with other words wherever `before` is quoted from a source."""
    if isinstance(draft, list):
        return [with_words(item, key, before, after) for item in draft]
    if not isinstance(draft, dict):
        return draft
    copy = {name: with_words(value, key, before, after) for name, value in draft.items()}
    is_meant = copy.get("source") == key and copy.get("quote") == before
    return {**copy, "quote": after} if is_meant else copy
