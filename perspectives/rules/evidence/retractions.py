"""What the data set of retractions and Crossref's records say of a work."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from perspectives.rules.evidence.findings import Finding
from perspectives.vocab import CheckOutcome

COLUMNS: Final = ("Record ID", "OriginalPaperDOI", "RetractionDOI", "RetractionDate", "RetractionNature", "Reason")
"""What is read of the data set."""
_NATURES: Final = {
    "retraction": CheckOutcome.RETRACTED,
    "expression of concern": CheckOutcome.CONCERN,
    "correction": CheckOutcome.CORRECTED,
    "reinstatement": CheckOutcome.NOT_LISTED,
}
_UPDATES: Final = {
    "retraction": CheckOutcome.RETRACTED,
    "withdrawal": CheckOutcome.RETRACTED,
    "removal": CheckOutcome.RETRACTED,
    "partial_retraction": CheckOutcome.CORRECTED,
    "expression_of_concern": CheckOutcome.CONCERN,
    "correction": CheckOutcome.CORRECTED,
    "corrigendum": CheckOutcome.CORRECTED,
    "erratum": CheckOutcome.CORRECTED,
}
"""Types of `update-to` in Crossref's records, and what each means for the work that is updated."""
_GRAVITY: Final = (CheckOutcome.CORRECTED, CheckOutcome.CONCERN, CheckOutcome.RETRACTED)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Notice:
    """That a work was retracted or corrected: since when (a day, or nothing) and in which notice."""

    outcome: CheckOutcome
    noticed_on: str = ""
    notice_doi: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class Listed:
    """A line of the data set: its number there, the work, and the notice."""

    number: int
    doi: str
    notice: Notice


def listed(row: Mapping[str, str | None]) -> Listed | None:
    """Read a line of the data set; None where it names no DOI, or is of a kind that is not known."""
    doi = (row.get("OriginalPaperDOI") or "").strip().lower()
    outcome = _NATURES.get((row.get("RetractionNature") or "").strip().lower())
    number = (row.get("Record ID") or "").strip()
    if outcome is None or not _DOI.fullmatch(doi) or not number.isdecimal():
        return None
    notice = (row.get("RetractionDOI") or "").strip().lower()
    reasons = [one.strip(" +") for one in (row.get("Reason") or "").split(";")]
    return Listed(
        int(number),
        doi,
        Notice(
            outcome,
            _day(row.get("RetractionDate") or ""),
            notice if _DOI.fullmatch(notice) and notice != doi else "",
            "; ".join(filter(None, reasons))[:500],
        ),
    )


def updates(doi: str, works: Iterable[Any]) -> Iterator[Notice]:
    """Read what records of notices (`update-to`) say of a work; what has another form is passed over."""
    for work in works:
        for one in work.get("update-to", ()) if isinstance(work, Mapping) else ():
            outcome = _UPDATES.get(str(one.get("type", "")).lower())
            if outcome and str(one.get("DOI", "")).lower() == doi.lower():
                notice = str(work.get("DOI", "")).lower()
                yield Notice(outcome, _of_parts(one.get("updated")), notice if _DOI.fullmatch(notice) else "")


def finding(notices: Sequence[Notice], asked: str) -> Finding:
    """Sum up what is known of a work; `asked` names who was asked. What was taken back later does not count."""
    ordered = sorted(notices, key=lambda one: one.noticed_on)
    standing: list[Notice] = []
    for one in ordered:
        standing = [one] if one.outcome is CheckOutcome.NOT_LISTED else [*standing, one]
    grave = [one for one in standing if one.outcome in _GRAVITY]
    detail = {"notices": [{**asdict(one), "outcome": one.outcome.value} for one in ordered]}
    if not grave:
        return Finding(CheckOutcome.NOT_LISTED, f"No retraction or correction is on record ({asked}).", detail=detail)
    worst = max(grave, key=lambda one: (_GRAVITY.index(one.outcome), one.noticed_on))
    since = f" on {worst.noticed_on}" if worst.noticed_on else ""
    where = f", notice https://doi.org/{worst.notice_doi}" if worst.notice_doi else ""
    words = {
        CheckOutcome.RETRACTED: "retracted this work",
        CheckOutcome.CONCERN: "expressed concern about this work",
        CheckOutcome.CORRECTED: "corrected this work",
    }[worst.outcome]
    return Finding(worst.outcome, f"The publisher {words}{since}{where} ({asked}).", detail=detail)


def _day(written: str) -> str:
    """Read a date as the data set has it, such as `5/31/2021 0:00`."""
    month, _, rest = written.partition(" ")[0].partition("/")
    number, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def _of_parts(updated: Any) -> str:
    try:
        parts = [int(one) for one in updated["date-parts"][0]]
    except (KeyError, IndexError, TypeError, ValueError):
        return ""
    return "-".join(f"{part:02d}" for part in parts)
