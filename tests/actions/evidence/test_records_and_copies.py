"""Records compared with a register and mended by one click; archived copies found and shown to readers."""

import pytest

from perspectives.actions.evidence import check_planning, check_repairs, check_reports, check_running
from perspectives.models import Check, LogEntry, PublishedSource, Source
from perspectives.queries.evidence import failing_checks
from perspectives.vocab import CheckKind
from tests import factories
from tests.actions.evidence.servers import Handler

pytestmark = pytest.mark.django_db
KEY = factories.ARTICLE_SOURCE
BOOK = "9780306406157"


@pytest.fixture
def checked(published, others, settings):
    """Check the record and the copy of one published work."""

    def run(kind, **record):
        settings.EVIDENCE_CHECKS = frozenset({kind})
        for model in (Source, PublishedSource):
            for one in model.objects.all():
                rest = {name: value for name, value in one.record.items() if name not in ("URL", "DOI", "ISBN")}
                one.record = {**rest, **record} if one.key == KEY else rest
                one.save(update_fields=["record"])
        check_planning.sweep()
        check_running.run_for(seconds=30)
        check_reports.report(at_once=True)
        return Check.objects.get()

    return run


def test_a_record_that_differs_is_mended_by_one_click(checked, proposer):
    title = Source.objects.get(key=KEY).record["title"]
    Handler.records = {"/10.5555/leave": {"title": title, "volume": "13", "issued": {"date-parts": [[2021]]}}}
    check = checked(CheckKind.METADATA, DOI="10.5555/leave", volume="12", issued="2021-05")
    assert (check.outcome, check.sentence) == ("differs", "The register of DOIs has otherwise: volume.")
    assert failing_checks.repair(check).after == "volume: 13"
    assert check_repairs.accept(check_id=check.pk, by=proposer).record["volume"] == "13"
    assert LogEntry.objects.latest("pk").note == f"Check {check.pk}: {check.sentence}"
    assert failing_checks.count() == (0, None), "it is mended"


def test_a_book_is_looked_up_by_its_isbn(checked):
    query = f"/api/books?bibkeys=ISBN%3A{BOOK}&format=json&jscmd=data"
    title = Source.objects.get(key=KEY).record["title"]
    Handler.records = {query: {f"ISBN:{BOOK}": {"title": title, "publish_date": "May 2021"}}}
    check = checked(CheckKind.METADATA, ISBN=BOOK, issued="2021")
    assert (check.outcome, check.sentence) == ("agrees", "Open Library has the same title, year, ISBN.")


def test_a_chapter_is_not_looked_up_as_its_book(checked):
    with pytest.raises(Check.DoesNotExist):
        checked(CheckKind.METADATA, ISBN=BOOK, type="chapter")


def test_what_no_register_knows_is_not_called_wrong(checked):
    assert checked(CheckKind.METADATA, DOI="10.5555/leave").outcome == "not-registered"
    assert failing_checks.count() == (0, None)


def test_a_register_that_is_away_is_asked_again(checked, monkeypatch):
    check = checked(CheckKind.METADATA, DOI="busy")
    assert (check.state, check.outcome) == ("waiting", "")


def test_the_copy_nearest_to_the_day_of_reading_is_shown_as_a_robust_link(checked, others, client):
    page = PublishedSource.objects.get(key=KEY).record["URL"]
    Handler.kept = page
    check = checked(CheckKind.SNAPSHOT, URL=page, accessed="2021-06")
    copy = f"{others}/archive/2021/page"
    assert (check.outcome, check.sentence) == ("archived", "A web archive has a copy of 3 May 2021.")
    for place in (f"/sources/{KEY}/", f"/topics/{factories.TOPIC}/?view=evidence"):
        shown = client.get(place).content.decode()
        assert f'data-originalurl="{page}" data-versionurl="{copy}" data-versiondate="2021-05-03"' in shown, place
        assert f'href="{copy}"' in shown
    [told] = client.get(f"/api/v1/sources/{KEY}/").json()["checks"]
    assert (told["kind"], told["address"], told["archived_on"]) == ("snapshot", copy, "2021-05-03")


@pytest.mark.parametrize(("path", "state"), [("page", "not-archived"), ("closed", "unreachable")])
def test_without_a_copy_nothing_is_shown(path, state, checked, others, settings):
    if path == "closed":
        settings.ARCHIVE_URL = f"{others}/closed?"
        Handler.records = {}
    check = checked(CheckKind.SNAPSHOT, URL=f"{others}/{path}")
    assert check.outcome == state
