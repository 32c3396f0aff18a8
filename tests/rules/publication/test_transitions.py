"""All pairs of statuses: what may follow what, and what stays as it was decided."""

from itertools import product

import pytest

from perspectives.errors import NotPossibleError
from perspectives.rules.publication.transitions import PROPOSAL, SOURCE, SUGGESTION, require_transition
from perspectives.vocab import ProposalStatus, SourceState, SuggestionStatus, Term

ALLOWED = {
    (ProposalStatus.OPEN, ProposalStatus.APPROVED),
    (ProposalStatus.OPEN, ProposalStatus.RETURNED),
    (ProposalStatus.OPEN, ProposalStatus.WITHDRAWN),
    (SourceState.CURRENT, SourceState.DEPRECATED),
    (SourceState.CURRENT, SourceState.SUPERSEDED),
    (SourceState.DEPRECATED, SourceState.CURRENT),
    (SourceState.DEPRECATED, SourceState.SUPERSEDED),
    (SourceState.SUPERSEDED, SourceState.CURRENT),
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
NOUNS = {ProposalStatus: "proposal", SourceState: "source", SuggestionStatus: "suggestion"}
PAIRS = [pair for vocabulary in NOUNS for pair in product(vocabulary, repeat=2)]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_pair(pair: tuple[Term, Term]) -> None:
    before, after = pair
    if pair in ALLOWED:
        require_transition(before, after)
        return
    with pytest.raises(NotPossibleError) as refused:
        require_transition(before, after)
    noun = NOUNS[type(before)]
    expected = f"The {noun} is {before.label.lower()}; it cannot become {after.label.lower()}."
    assert refused.value.message == expected
    assert refused.value.code == "not_possible"


def test_tables_name_every_status() -> None:
    assert set(PROPOSAL) == set(ProposalStatus)
    assert set(SOURCE) == set(SourceState)
    assert set(SUGGESTION) == set(SuggestionStatus)
