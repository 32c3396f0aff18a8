"""What came of looking for a quotation, in a sentence and with what an editor needs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from perspectives.rules.evidence import findings, quotation
from perspectives.rules.evidence.findings import Reading
from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.vocab import CheckOutcome, TextOrigin

READING = Reading(TextOrigin.FILE, "oak.pdf", "0" * 64, datetime(2026, 11, 28, tzinfo=UTC))
TEXT = "All of us know it. The oak must not be felled, though it is old. The rest is silence."


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        ("The oak must not be felled, though it is old", CheckOutcome.FOUND),
        ("The oak must not be felled", CheckOutcome.CUT),
        ("The oak must be felled, though it is old", CheckOutcome.ALTERED),
        ("The oaks must not be felled, though it is old", CheckOutcome.NEAR),
        ("Pines are for burning in the winter", CheckOutcome.MISSING),
        ("Дуб нельзя рубить", CheckOutcome.NOT_CHECKABLE),
    ],
)
def test_each_match_is_told(quote, outcome):
    found = findings.of_match(quotation.find(quote, FoldedText(TEXT)), READING)
    assert found.outcome is outcome
    assert "in a file" in found.sentence
    assert bool(found.detail) == bool(found.passage)


def test_what_differs_is_kept():
    found = findings.of_match(quotation.find("oak must be felled, though it is old", FoldedText(TEXT)), READING)
    assert found.detail["differences"] == [{"quoted": "", "text": "not"}]
    assert found.detail["exact"] == "oak must not be felled, though it is old"


def test_a_part_of_a_work_says_nothing_of_what_it_lacks():
    part = Reading(TextOrigin.ADDRESS, "https://review.example/", "0" * 64, READING.at, is_part=True)
    assert findings.of_match(quotation.find("Pines are for burning", FoldedText(TEXT)), part).outcome == "no-text"
    assert findings.of_match(quotation.find("The rest is silence", FoldedText(TEXT)), part).outcome == "found"


def test_a_text_whose_words_run_together_says_nothing_of_what_it_lacks():
    together = f"{TEXT} Theoakmustnotbefelledthoughitisold."
    assert [findings.lacks_spaces(one) for one in (together, TEXT, "")] == [True, False, False]
    reading = replace(READING, lacks_spaces=True)
    found = findings.of_match(quotation.find("Pines are for burning", FoldedText(together)), reading)
    assert (found.outcome, found.passage) == (CheckOutcome.NO_TEXT, "")
    found = findings.of_match(quotation.find("All of us know it", FoldedText(together)), reading)
    assert found.outcome is CheckOutcome.FOUND


def test_no_long_passage_is_kept():
    assert findings.shortened("x" * findings.MOST_CHARACTERS) == "x" * findings.MOST_CHARACTERS
    assert len(findings.shortened("x" * 5000)) == findings.MOST_CHARACTERS
