"""Which status may follow which."""

from collections.abc import Mapping

from perspectives.errors import NotPossibleError
from perspectives.vocab import IntakeState, ProposalStatus

PROPOSAL: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.OPEN: frozenset({ProposalStatus.APPROVED, ProposalStatus.RETURNED, ProposalStatus.WITHDRAWN}),
    ProposalStatus.APPROVED: frozenset(),
    ProposalStatus.RETURNED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
}
"""A decided proposal stays decided: who wants it otherwise proposes anew."""


def require_transition(before: ProposalStatus, after: ProposalStatus) -> None:
    """Raise NotPossibleError unless a proposal may go from `before` to `after`."""
    if after not in PROPOSAL[before]:
        raise NotPossibleError(f"The proposal is {before.label.lower()}; it cannot become {after.label.lower()}.")


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


def require_intake_transition(before: IntakeState, after: IntakeState) -> None:
    """Raise NotPossibleError unless an entry of an intake may go from `before` to `after`."""
    if after not in INTAKE_ENTRY[before]:
        raise NotPossibleError(f"The entry is '{before.label.lower()}'; it cannot become '{after.label.lower()}'.")
