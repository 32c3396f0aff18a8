"""All pairs of statuses: an open proposal may be decided, a decided one stays so."""

from itertools import product

import pytest

from perspectives.errors import NotPossibleError
from perspectives.rules.transitions import PROPOSAL, require_transition
from perspectives.vocab import ProposalStatus

ALLOWED = {
    (ProposalStatus.OPEN, ProposalStatus.APPROVED),
    (ProposalStatus.OPEN, ProposalStatus.RETURNED),
    (ProposalStatus.OPEN, ProposalStatus.WITHDRAWN),
}


@pytest.mark.parametrize("pair", list(product(ProposalStatus, repeat=2)), ids="-".join)
def test_every_pair(pair: tuple[ProposalStatus, ProposalStatus]) -> None:
    before, after = pair
    if pair in ALLOWED:
        require_transition(before, after)
        return
    with pytest.raises(NotPossibleError) as refused:
        require_transition(before, after)
    expected = f"The proposal is {before.label.lower()}; it cannot become {after.label.lower()}."
    assert refused.value.message == expected
    assert refused.value.code == "not_possible"


def test_table_names_every_status() -> None:
    assert set(PROPOSAL) == set(ProposalStatus)
