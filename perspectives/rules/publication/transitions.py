"""Which status may follow which: one table for each thing that people decide on."""

from collections.abc import Mapping
from typing import Any

from perspectives.errors import NotPossibleError
from perspectives.vocab import CheckState, IntakeState, ProposalStatus, SourceState, SuggestionStatus, Term

PROPOSAL: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.OPEN: frozenset({ProposalStatus.APPROVED, ProposalStatus.RETURNED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.APPROVED: frozenset(),
    ProposalStatus.RETURNED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
}
"""A decided proposal stays decided: who wants it otherwise proposes anew."""

SOURCE: Mapping[SourceState, frozenset[SourceState]] = {
    SourceState.CURRENT: frozenset({SourceState.DEPRECATED, SourceState.SUPERSEDED}),
    SourceState.DEPRECATED: frozenset({SourceState.CURRENT, SourceState.SUPERSEDED}),
    SourceState.SUPERSEDED: frozenset({SourceState.CURRENT}),
}
"""A source is never deleted: what was deprecated or merged by mistake is reinstated."""

_DECIDED = frozenset({SuggestionStatus.ACCEPTED, SuggestionStatus.DECLINED, SuggestionStatus.WITHDRAWN})
SUGGESTION: Mapping[SuggestionStatus, frozenset[SuggestionStatus]] = {
    SuggestionStatus.OPEN: _DECIDED | {SuggestionStatus.NEEDS_INFO},
    SuggestionStatus.NEEDS_INFO: _DECIDED | {SuggestionStatus.OPEN},
    SuggestionStatus.ACCEPTED: frozenset(),
    SuggestionStatus.DECLINED: frozenset({SuggestionStatus.OPEN}),
    SuggestionStatus.WITHDRAWN: frozenset(),
}
"""Declining can be undone, so that a slip in a long queue costs nobody's work; what was accepted is in the draft."""

INTAKE_ENTRY: Mapping[IntakeState, frozenset[IntakeState]] = {
    IntakeState.WAITING: frozenset({IntakeState.FETCHING, IntakeState.DISMISSED}),
    IntakeState.FETCHING: frozenset(
        {IntakeState.WAITING, IntakeState.READY, IntakeState.DUPLICATE, IntakeState.FAILED}
    ),
    IntakeState.READY: frozenset({IntakeState.ADDED, IntakeState.MERGED, IntakeState.DISMISSED, IntakeState.WAITING}),
    IntakeState.DUPLICATE: frozenset(
        {IntakeState.ADDED, IntakeState.MERGED, IntakeState.DISMISSED, IntakeState.WAITING}
    ),
    IntakeState.FAILED: frozenset({IntakeState.WAITING, IntakeState.DISMISSED, IntakeState.ADDED}),
    IntakeState.ADDED: frozenset(),
    IntakeState.MERGED: frozenset(),
    IntakeState.DISMISSED: frozenset({IntakeState.WAITING}),
}
"""Back to waiting means to be read again. What became part of a source stays so: sources have their own history."""

CHECK: Mapping[CheckState, frozenset[CheckState]] = {
    CheckState.WAITING: frozenset({CheckState.RUNNING}),
    CheckState.RUNNING: frozenset({CheckState.WAITING, CheckState.DONE, CheckState.FAILED}),
    CheckState.DONE: frozenset(),
    CheckState.FAILED: frozenset(),
}
"""What was checked stays as it was found; when it is due again that is a check of its own."""

_TABLES: Mapping[type[Term], tuple[str, Mapping[Any, frozenset[Any]]]] = {
    ProposalStatus: ("proposal", PROPOSAL),
    SourceState: ("source", SOURCE),
    SuggestionStatus: ("suggestion", SUGGESTION),
    IntakeState: ("entry", INTAKE_ENTRY),
    CheckState: ("check", CHECK),
}


def require_transition(before: Term, after: Term) -> None:
    """Raise NotPossibleError unless what is `before` may become `after`, both of one vocabulary."""
    noun, table = _TABLES[type(before)]
    if after not in table[before]:
        raise NotPossibleError(f"The {noun} is {before.label.lower()}; it cannot become {after.label.lower()}.")
