"""An editor confirms a quotation, another does so later, and it is taken back; readers see what counts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from perspectives.actions.evidence import check_reports, confirmations
from perspectives.errors import BrokenRulesError, NotFoundError, NotPossibleError
from perspectives.models import Citation, LogEntry, QuotationConfirmation
from perspectives.queries.evidence import check_reports as told
from perspectives.queries.publication import publication_version
from perspectives.rules.evidence.confirmations import Seen

pytestmark = pytest.mark.django_db
SEEN = Seen("  Print of 2018,\n city library ", date(2026, 3, 3), "p. 84")


@pytest.fixture
def quoted(published):
    return Citation.objects.exclude(quote="").select_related("source").order_by("pk").first()


def confirm(quoted, by, seen=SEEN):
    return confirmations.confirm(key=quoted.source.key, quote=quoted.quote, seen=seen, by=by)


def shown(quoted):
    found = told.checked([quoted.source.key]).confirmation(quoted.source.key, quoted.quote)
    return found.sentence if found else None


def test_it_is_shown_without_a_name(quoted, proposer):
    before = publication_version.read_version()
    made = confirm(quoted, proposer)
    assert shown(quoted) == "Seen by an editor in Print of 2018, city library, p. 84, on 3 March 2026."
    assert (LogEntry.objects.latest("pk").code, made.report) == ("quotation.confirmed", None)
    assert check_reports.report(at_once=True)
    assert publication_version.read_version() != before, "cached pages are made anew"
    assert check_reports.report(at_once=True) is None


def test_the_name_is_shown_where_the_editor_agreed_and_as_long_as_there_is_one(quoted, proposer):
    proposer.display_name = "Ada Weir"
    proposer.save()
    confirm(quoted, proposer, Seen("PDF of the publisher", date(2026, 3, 3), is_named=True))
    assert shown(quoted) == "Seen by the editor Ada Weir in PDF of the publisher on 3 March 2026."
    proposer.display_name = ""
    proposer.save()
    assert shown(quoted) == "Seen by an editor in PDF of the publisher on 3 March 2026."


def test_the_later_one_counts_and_both_stay(quoted, proposer, reviewer):
    first = confirm(quoted, proposer)
    later = confirm(quoted, reviewer, Seen("Second printing", date(2026, 3, 4)))
    assert shown(quoted) == "Seen by an editor in Second printing on 4 March 2026."
    first.refresh_from_db()
    assert (first.withdrawn_by, QuotationConfirmation.objects.count()) == (reviewer, 2)
    with pytest.raises(NotPossibleError, match="counts no more"):
        confirmations.withdraw(confirmation_id=first.pk, by=proposer)
    check_reports.report(at_once=True)
    confirmations.withdraw(confirmation_id=later.pk, by=proposer)
    assert shown(quoted) is None
    assert check_reports.report(at_once=True), "readers are to see it no more"
    assert LogEntry.objects.latest("pk").code == "confirmation.withdrawn"


def test_words_that_nothing_quotes_are_not_confirmed(quoted, proposer):
    with pytest.raises(NotFoundError, match="Neither a draft nor an edition"):
        confirmations.confirm(key=quoted.source.key, quote=f"{quoted.quote} not", seen=SEEN, by=proposer)


def test_words_of_an_edition_are_confirmed_though_the_draft_has_others(quoted, proposer):
    Citation.objects.filter(quote=quoted.quote).update(quote="Other words")
    confirm(quoted, proposer)
    assert shown(quoted)


@pytest.mark.parametrize(
    ("seen", "field", "words"),
    [
        (Seen(" ", SEEN.seen_on), "seen_in", "Say in which copy"),
        (Seen("x" * 301, SEEN.seen_on), "seen_in", "301 characters"),
        (Seen("Print", SEEN.seen_on, "p" * 101), "place", "101 characters"),
        (Seen("Pri\u200bnt", SEEN.seen_on), "seen_in", "U\\+200B"),
        (Seen("Print", timezone.now().date() + timedelta(days=1)), "seen_on", "yet to come"),
    ],
)
def test_what_cannot_be_kept_is_refused(quoted, proposer, seen, field, words):
    with pytest.raises(BrokenRulesError, match=words) as caught:
        confirm(quoted, proposer, seen)
    assert [one.field for one in caught.value.problems] == [field]
    assert not QuotationConfirmation.objects.exists()
