"""What each kind of check finds: nothing is written here, and no transaction is open while servers are asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils import timezone

from perspectives.clients import http
from perspectives.clients.evidence import archives, looking, robots
from perspectives.clients.evidence.looking import NoTextError
from perspectives.clients.intake import doi_registries
from perspectives.clients.intake.look_ups import looked_up
from perspectives.models import Check
from perspectives.queries.evidence import check_targets, retraction_notices
from perspectives.rules.evidence import findings, quotation, registers, retractions, timemaps
from perspectives.rules.evidence.findings import Finding, Reading
from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.rules.intake import intake_record
from perspectives.vocab import CheckKind, CheckOutcome, IntakeKind, TextOrigin

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


def _metadata(checks: Sequence[Check]) -> dict[int, Finding]:
    """Ask the register of DOIs, else that of books; what that says is read like an intake."""
    made = {}
    for one in checks:
        kind, identifier = check_targets.registered(one.source.record)
        try:
            theirs, _ = intake_record.record(looked_up(kind, identifier))
        except http.UnreachableError:
            raise
        except http.FetchError as error:
            made[one.pk] = Finding(CheckOutcome.NOT_REGISTERED, str(error))
            continue
        register = "The register of DOIs" if kind is IntakeKind.DOI else "Open Library"
        made[one.pk] = registers.finding(one.source.record, theirs, register)
    return made


def _snapshots(checks: Sequence[Check]) -> dict[int, Finding]:
    """Look for the copy nearest to the day on which an editor read the page, else to today."""
    today = timezone.now().date()
    made = {}
    for one in checks:
        near = timemaps.day_of(one.source.record.get("accessed", "")) or today
        made[one.pk] = archives.snapshot(one.asked, check_targets.original(one.asked), near=near)
    return made


def _is_doi(check: Check) -> bool:
    return not check.source.record.get("URL")


_RUNNERS: Final[Mapping[CheckKind, Callable[[Sequence[Check]], Found]]] = {
    CheckKind.LINK: _links,
    CheckKind.QUOTATION: _quotations,
    CheckKind.RETRACTION: _retractions,
    CheckKind.METADATA: _metadata,
    CheckKind.SNAPSHOT: _snapshots,
}
