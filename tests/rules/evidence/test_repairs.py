"""What checks propose."""

import pytest

from perspectives.rules.evidence import repairs
from perspectives.rules.evidence.repairs import Checked, Repair
from perspectives.vocab import CheckKind, CheckOutcome

OLD, NEW = "https://review.example/old", "https://review.example/new"
LINK, QUOTATION, RETRACTION = CheckKind.LINK, CheckKind.QUOTATION, CheckKind.RETRACTION


@pytest.mark.parametrize(
    ("kind", "outcome", "detail", "after"),
    [
        (LINK, CheckOutcome.MOVED, {"address": NEW}, NEW),
        (LINK, CheckOutcome.GONE, {"archived": NEW}, NEW),
        (LINK, CheckOutcome.GONE, {}, None),
        (QUOTATION, CheckOutcome.NEAR, {"exact": "the  oak\nstays"}, "the oak stays"),
        (QUOTATION, CheckOutcome.ALTERED, {"exact": "the oak must not go"}, "the oak must not go"),
        (QUOTATION, CheckOutcome.NEAR, {"exact": "oak " * 41}, None),
        (QUOTATION, CheckOutcome.NEAR, {}, None),
        (QUOTATION, CheckOutcome.CUT, {"exact": "the oak"}, None),
        (QUOTATION, CheckOutcome.MISSING, {}, None),
        (RETRACTION, CheckOutcome.RETRACTED, {}, "It was so."),
        (RETRACTION, CheckOutcome.CONCERN, {}, None),
    ],
)
def test_what_can_be_mended_by_one_click(kind, outcome, detail, after):
    found = repairs.repair(Checked(kind, outcome, OLD, "It was so.", detail))
    assert (found.after if found else None) == after


def test_the_repair_of_an_address_names_both():
    found = repairs.repair(Checked(LINK, CheckOutcome.MOVED, OLD, "It moved.", {"address": NEW}))
    assert found == Repair("Address", "Take the new address", OLD, NEW)


def test_words_are_changed_wherever_they_are_quoted_from_the_source():
    cite = {"source": "oak2020", "quote": "old", "relation": "states"}
    other = {"source": "elm2020", "quote": "old"}
    draft = {"claims": [{"cites": [cite, other]}], "events": [{"cites": [cite]}], "order": 1}
    assert repairs.with_words(draft, "oak2020", "old", "new") == {
        "claims": [{"cites": [{**cite, "quote": "new"}, other]}],
        "events": [{"cites": [{**cite, "quote": "new"}]}],
        "order": 1,
    }
