"""What each kind of check finds: nothing is written here, and no transaction is open while servers are asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from perspectives.clients import http
from perspectives.clients.evidence import looking, robots
from perspectives.clients.evidence.looking import NoTextError
from perspectives.clients.intake import doi_registries
from perspectives.models import Check
from perspectives.queries.evidence import retraction_notices
from perspectives.rules.evidence import findings, quotation, retractions
from perspectives.rules.evidence.findings import Finding, Reading
from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.vocab import CheckKind, CheckOutcome, TextOrigin

Found = Mapping[int, Finding]
"""What came of checks, by their ids."""


def outcomes(checks: Sequence[Check]) -> Found:
    """Make checks of one kind and one source. Raises http.UnreachableError where later may be better."""
    return _RUNNERS[CheckKind.of(checks[0].kind)](checks)


def matches(checks: Sequence[Check], text: str, reading: Reading) -> Found:
    """Look for the words of checks of quotations in a text."""
    folded = FoldedText(text)
    return {
        one.pk: findings.of_match(quotation.find(one.quote, folded, is_translated=one.is_translated), reading)
        for one in checks
    }


def _links(checks: Sequence[Check]) -> Found:
    return {one.pk: looking.link(one.asked, is_doi=_is_doi(one)) for one in checks}


def _quotations(checks: Sequence[Check]) -> Found:
    """Read the text at the address, else its archived copy, for all quotations of the work at once."""
    first = checks[0]
    try:
        return matches(checks, *looking.text(first.asked, TextOrigin.ADDRESS, is_doi=_is_doi(first)))
    except robots.DisallowedError as error:
        return {one.pk: Finding(CheckOutcome.NO_TEXT, str(error)) for one in checks}
    except NoTextError as error:
        said = str(error)
    copy = "" if _is_doi(first) else looking.archived(first.asked)
    if copy:
        try:
            return matches(checks, *looking.text(copy, TextOrigin.ARCHIVE, is_doi=False))
        except (NoTextError, http.FetchError):
            said += " No text was in a web archive either."
    return {one.pk: Finding(CheckOutcome.NO_TEXT, said) for one in checks}


def _retractions(checks: Sequence[Check]) -> Found:
    """Ask the data set of retractions, and Crossref where it answers; without either nothing is known."""
    made = {}
    for one in checks:
        doi = str(one.source.record.get("DOI", ""))
        notices, asked = retraction_notices.of(doi), ["Retraction Watch"] if retraction_notices.is_loaded() else []
        try:
            notices += retractions.updates(doi, doi_registries.notices(doi))
            asked.append("Crossref")
        except http.FetchError:
            if not asked:
                raise
        made[one.pk] = retractions.finding(notices, " and ".join(asked))
    return made


def _is_doi(check: Check) -> bool:
    return not check.source.record.get("URL")


_RUNNERS: Final[Mapping[CheckKind, Callable[[Sequence[Check]], Found]]] = {
    CheckKind.LINK: _links,
    CheckKind.QUOTATION: _quotations,
    CheckKind.RETRACTION: _retractions,
}
