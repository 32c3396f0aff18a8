"""Which status may follow which: one table for each thing that people decide on."""

from collections.abc import Mapping
from typing import TypeVar

from perspectives.errors import NotPossibleError
from perspectives.vocab import ProposalStatus, SuggestionStatus

Status = TypeVar("Status", ProposalStatus, SuggestionStatus)

PROPOSAL: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.OPEN: frozenset({ProposalStatus.APPROVED, ProposalStatus.RETURNED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.APPROVED: frozenset(),
    ProposalStatus.RETURNED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
}
"""A decided proposal stays decided: who wants it otherwise proposes anew."""

_DECIDED = frozenset({SuggestionStatus.ACCEPTED, SuggestionStatus.DECLINED, SuggestionStatus.WITHDRAWN})
SUGGESTION: Mapping[SuggestionStatus, frozenset[SuggestionStatus]] = {
    SuggestionStatus.OPEN: _DECIDED | {SuggestionStatus.NEEDS_INFO},
    SuggestionStatus.NEEDS_INFO: _DECIDED | {SuggestionStatus.OPEN},
    SuggestionStatus.ACCEPTED: frozenset(),
    SuggestionStatus.DECLINED: frozenset({SuggestionStatus.OPEN}),
    SuggestionStatus.WITHDRAWN: frozenset(),
}
"""Declining can be undone, so that a slip in a long queue costs nobody's work; what was accepted is in the draft."""


def require_transition(before: Status, after: Status) -> None:
    """Raise NotPossibleError unless what has the status `before` may get the status `after`."""
    noun, following = _table(before)
    if after not in following:
        raise NotPossibleError(f"The {noun} is {before.label.lower()}; it cannot become {after.label.lower()}.")


def _table(before: ProposalStatus | SuggestionStatus) -> tuple[str, frozenset[ProposalStatus | SuggestionStatus]]:
    if isinstance(before, ProposalStatus):
        return "proposal", frozenset(PROPOSAL[before])
    return "suggestion", frozenset(SUGGESTION[before])
