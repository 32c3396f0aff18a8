"""Which status may follow which."""

from collections.abc import Mapping
from typing import Any

from perspectives.errors import NotPossibleError
from perspectives.vocab import ProposalStatus, SourceState, Term

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

_TABLES: Mapping[type[Term], tuple[str, Mapping[Any, frozenset[Any]]]] = {
    ProposalStatus: ("proposal", PROPOSAL),
    SourceState: ("source", SOURCE),
}


def require_transition(before: Term, after: Term) -> None:
    """Raise NotPossibleError unless what is `before` may become `after`, both of one vocabulary."""
    noun, table = _TABLES[type(before)]
    if after not in table[before]:
        raise NotPossibleError(f"The {noun} is {before.label.lower()}; it cannot become {after.label.lower()}.")
