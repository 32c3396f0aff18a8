"""What the data set of retractions, as it was loaded last, says of works."""

from perspectives.models import RetractionNotice
from perspectives.rules.evidence.retractions import Notice
from perspectives.vocab import CheckOutcome


def is_loaded() -> bool:
    """Whether the data set was loaded."""
    return RetractionNotice.objects.exists()


def of(doi: str) -> list[Notice]:
    """List the notices about a work, by its DOI."""
    return [
        Notice(CheckOutcome.of(one.outcome), one.noticed_on, one.notice_doi, one.reasons)
        for one in RetractionNotice.objects.filter(doi=doi.lower())
    ]
