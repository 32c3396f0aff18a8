"""What a check found, ready to be written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from perspectives.rules.evidence.quotation import Match
from perspectives.vocab import CheckOutcome, QuotationMatch, TextOrigin

MOST_CHARACTERS: Final = 1400
"""Of the sentence around a quotation; more is cut, so that no text of others is ever kept."""
FULL_TEXT_WORDS: Final = 1500
"""A page with fewer words is taken for a part of a work: that it lacks words says nothing of the work."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_WORD: Final = 25
_MOST_TOO_LONG: Final = 0.005
"""Of 25 open texts those whose words run together had 1.9 and 7.3 words in a hundred longer than this, others none."""


@dataclass(frozen=True)
class Reading:
    """A text that was read: where it came from, under which address or file name, its hash, and when.

    `is_part` says that it may be a part of the work only, such as its abstract; `lacks_spaces` that words run together.
    """

    origin: TextOrigin
    address: str
    sha256: str
    at: datetime
    is_part: bool = False
    lacks_spaces: bool = False


@dataclass(frozen=True)
class Finding:
    """The outcome of a check, a sentence that tells it, and what it rests on.

    `detail` holds for a quotation `exact`, `prefix` and `suffix` (a W3C TextQuoteSelector), `differences` and
    `left_out`; for a link `address`, where it leads, or `archived`, a copy; for a retraction `notices`.
    """

    outcome: CheckOutcome
    sentence: str
    reading: Reading | None = None
    passage: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def of_match(match: Match, reading: Reading) -> Finding:
    """Say what came of looking for a quotation in a text."""
    if match.outcome is QuotationMatch.MISSING and reading.is_part:
        return Finding(
            CheckOutcome.NO_TEXT,
            "The words are not on the page that the address leads to, which does not show the whole work.",
            reading,
        )
    if match.outcome is QuotationMatch.MISSING and reading.lacks_spaces:
        return Finding(
            CheckOutcome.NO_TEXT,
            "The words were not found, but in the text that was read others run together, so that says nothing.",
            reading,
        )
    place = reading.origin.label.lower()
    sentence = {
        QuotationMatch.FOUND: f"These words were found {place}.",
        QuotationMatch.CUT: f"These words were found {place}, beside others that may turn their sense.",
        QuotationMatch.NEAR: f"Nearly these words were found {place}.",
        QuotationMatch.ALTERED: f"Other words were found {place}: a number or a denial differs.",
        QuotationMatch.MISSING: f"These words were not found {place}.",
        QuotationMatch.NOT_CHECKABLE: f"The text {place} is in another language or script, so nothing was compared.",
    }[match.outcome]
    return Finding(CheckOutcome.of(match.outcome.value), sentence, reading, shortened(match.sentence), _detail(match))


def lacks_spaces(text: str) -> bool:
    """Whether words of a text run together, as some PDFs are read: then it says nothing that it lacks some."""
    lengths = [len(word) for word in _WORD.findall(text)]
    return sum(length > _LONGEST_WORD for length in lengths) > _MOST_TOO_LONG * len(lengths)


def shortened(passage: str) -> str:
    """Cut a passage that is too long to be kept, and mark that."""
    return passage if len(passage) <= MOST_CHARACTERS else f"{passage[: MOST_CHARACTERS - 2]} …"


def _detail(match: Match) -> dict[str, Any]:
    if not match.exact:
        return {}
    return {
        "exact": match.exact[:MOST_CHARACTERS],
        "prefix": match.prefix,
        "suffix": match.suffix,
        "differences": [{"quoted": one.quoted, "text": one.text} for one in match.differences],
        "left_out": list(match.left_out),
    }
