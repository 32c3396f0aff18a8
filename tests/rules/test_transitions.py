"""All pairs of statuses: an open proposal may be decided; suggestions may be asked about, and declining undone."""

from itertools import product

import pytest

from perspectives.errors import NotPossibleError
from perspectives.rules.transitions import PROPOSAL, SUGGESTION, require_transition
from perspectives.vocab import ProposalStatus, SuggestionStatus

ALLOWED = {
    (ProposalStatus.OPEN, ProposalStatus.APPROVED),
    (ProposalStatus.OPEN, ProposalStatus.RETURNED),
    (ProposalStatus.OPEN, ProposalStatus.WITHDRAWN),
    (SuggestionStatus.OPEN, SuggestionStatus.NEEDS_INFO),
    (SuggestionStatus.OPEN, SuggestionStatus.ACCEPTED),
    (SuggestionStatus.OPEN, SuggestionStatus.DECLINED),
    (SuggestionStatus.OPEN, SuggestionStatus.WITHDRAWN),
    (SuggestionStatus.NEEDS_INFO, SuggestionStatus.OPEN),
    (SuggestionStatus.NEEDS_INFO, SuggestionStatus.ACCEPTED),
    (SuggestionStatus.NEEDS_INFO, SuggestionStatus.DECLINED),
    (SuggestionStatus.NEEDS_INFO, SuggestionStatus.WITHDRAWN),
    (SuggestionStatus.DECLINED, SuggestionStatus.OPEN),
}
PAIRS = [
    *((*pair, "proposal") for pair in product(ProposalStatus, repeat=2)),
    *((*pair, "suggestion") for pair in product(SuggestionStatus, repeat=2)),
]


@pytest.mark.parametrize(("before", "after", "noun"), PAIRS)
def test_every_pair(before, after, noun) -> None:
    if (before, after) in ALLOWED:
        require_transition(before, after)
        return
    with pytest.raises(NotPossibleError) as refused:
        require_transition(before, after)
    expected = f"The {noun} is {before.label.lower()}; it cannot become {after.label.lower()}."
    assert refused.value.message == expected
    assert refused.value.code == "not_possible"


def test_tables_name_every_status() -> None:
    assert set(PROPOSAL) == set(ProposalStatus)
    assert set(SUGGESTION) == set(SuggestionStatus)
