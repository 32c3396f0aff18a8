"""Which status may follow which."""

from collections.abc import Mapping

from perspectives.errors import NotPossibleError
from perspectives.vocab import ProposalStatus

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
