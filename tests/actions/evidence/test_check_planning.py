"""What is published is checked by kind and age; readers are told; retractions are loaded and found within one run."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perspectives.actions.evidence import check_planning, check_reports, check_running, retraction_loading
from perspectives.clients import http
from perspectives.models import Check, CheckReport, Handout, PublishedSource, RetractionNotice, Source
from perspectives.queries.evidence import check_targets
from perspectives.queries.publication.changed import changed_since
from perspectives.queries.publication.publication_version import read_version
from perspectives.vocab import CheckKind, CheckState
from tests import factories
from tests.actions.evidence.servers import CSV_HEAD, Handler

pytestmark = pytest.mark.django_db
KEY = factories.ARTICLE_SOURCE
DOI = "10.5555/leave"


@pytest.fixture
def at_others(others, published):
    """Let one published source lie on the servers of others, and no other anywhere."""
    for model in (Source, PublishedSource):
        for one in model.objects.all():
            record = {name: value for name, value in one.record.items() if name not in ("URL", "DOI")}
            one.record = {**record, "URL": f"{others}/page", "DOI": DOI} if one.key == KEY else record
            one.save(update_fields=["record"])
    return others


def run():
    check_planning.sweep()
    check_running.run_for(seconds=30)
    return check_reports.report(at_once=True)


def current(kind):
    return Check.objects.get(kind=kind, source__key=KEY, is_current=True)


def test_each_kind_is_planned_once_and_again_when_it_is_due(at_others):
    run()
    planned = Check.objects.count()
    quotes = {quote for key, quote, _ in check_targets.quotations() if key == KEY}
    assert planned == len(CheckKind) - 1 + len(quotes)
    run()
    assert Check.objects.count() == planned
    Check.objects.filter(kind=CheckKind.LINK).update(again_at=timezone.now())
    run()
    assert Check.objects.filter(kind=CheckKind.LINK).count() == 2
    assert Check.objects.filter(kind=CheckKind.LINK, is_current=True).count() == 1


def test_another_address_is_checked_at_once(at_others):
    run()
    record = {**PublishedSource.objects.get(key=KEY).record, "URL": f"{at_others}/moved"}
    PublishedSource.objects.filter(key=KEY).update(record=record)
    run()
    assert current(CheckKind.LINK).outcome == "moved"


def test_what_is_read_by_doi_is_asked_for_at_the_resolver(at_others, settings):
    record = {name: value for name, value in PublishedSource.objects.get(key=KEY).record.items() if name != "URL"}
    PublishedSource.objects.filter(key=KEY).update(record=record)
    assert check_targets.address_of(record) == (f"{settings.DOI_RESOLVER_URL}/{DOI}", True)
    assert check_targets.address_of({}) == ("", False)


def test_nothing_is_asked_where_nothing_is_wanted(at_others, settings):
    settings.EVIDENCE_CHECKS = frozenset()
    assert run() is None
    assert retraction_loading.load() == 0
    assert (Check.objects.count(), Handler.asked) == (0, [])


def test_one_topic_at_once(at_others):
    waiting = check_planning.plan(kinds=[CheckKind.LINK], topic=factories.TOPIC, at_once=True)
    assert len(waiting) == 1
    assert check_planning.plan(kinds=[CheckKind.LINK], topic=factories.TOPIC, at_once=True) == waiting
    assert check_running.run_next(only=[]) == []
    assert check_running.run_next(only=waiting) == waiting
    assert check_planning.plan(kinds=[CheckKind.LINK], topic="unheard-of", at_once=True) == []
    assert len(check_planning.plan(kinds=[CheckKind.LINK], at_once=True)) == 1


def test_reports_come_every_few_minutes_and_say_what_changed(at_others):
    before = read_version()
    assert check_reports.report() is None
    assert run()
    assert read_version().report == CheckReport.objects.get().pk
    assert f"topic:{factories.TOPIC}" in changed_since(before)
    assert changed_since(read_version()) == []
    Check.objects.filter(kind=CheckKind.LINK).update(report=None)
    assert check_reports.report() is None
    CheckReport.objects.update(at=timezone.now() - timedelta(minutes=6))
    assert check_reports.report()


def test_a_retraction_is_loaded_found_and_told_of_within_one_run(at_others, client):
    run()
    assert current(CheckKind.RETRACTION).outcome == "not-listed"
    Handout.objects.create(edition=Handout.edition.field.related_model.objects.first(), format="pdf", form="1")
    line = f"1,{DOI.upper()},10.5555/notice,5/31/2021 0:00,Retraction,+Error in Data;\n"
    Handler.data_set = f"{CSV_HEAD}{line}2,none,,,Retraction,\n"
    assert retraction_loading.load() == 1
    check_planning.sweep()
    check_running.run_for(seconds=30)
    assert check_reports.report(), "a retraction does not wait for five minutes"
    assert current(CheckKind.RETRACTION).outcome == "retracted"
    for address in (f"/sources/{KEY}/", f"/topics/{factories.TOPIC}/", f"/articles/{factories.ARTICLE}/"):
        response = client.get(address, follow=True)
        assert "The publisher retracted this work on 2021-05-31" in response.content.decode(), address
    told = client.get(f"/api/v1/sources/{KEY}/").json()["checks"]
    assert [one["outcome"] for one in told if one["kind"] == "retraction"] == ["retracted"]
    Handler.data_set = Handler.data_set.replace("5/31/2021", "6/1/2021")
    assert retraction_loading.load() == 1
    run()
    assert "2021-06-01" in current(CheckKind.RETRACTION).sentence
    assert retraction_loading.load() == 1
    Handler.data_set = CSV_HEAD
    assert retraction_loading.load() == 0
    run()
    assert current(CheckKind.RETRACTION).outcome == "not-listed"
    assert not RetractionNotice.objects.exists()


def test_crossref_knows_of_retractions_too(at_others):
    Handler.notices = [{"DOI": "10.5555/n", "update-to": [{"DOI": DOI, "type": "retraction"}]}]
    run()
    assert current(CheckKind.RETRACTION).outcome == "retracted"


def test_without_crossref_the_data_set_is_enough_and_without_both_nothing_is_known(at_others, settings):
    settings.CROSSREF_URL = "http://127.0.0.1:1"
    run()
    waiting = Check.objects.get(kind=CheckKind.RETRACTION)
    assert waiting.state == CheckState.WAITING
    Handler.data_set = f"{CSV_HEAD}1,10.5555/other,,,Retraction,\n"
    retraction_loading.load()
    Check.objects.update(due_at=timezone.now())
    waiting.host.free_at = timezone.now()
    waiting.host.save()
    run()
    assert current(CheckKind.RETRACTION).sentence.endswith("(Retraction Watch).")


def test_where_crossref_has_no_such_list_the_check_is_given_up(at_others, settings):
    settings.CROSSREF_URL = f"{at_others}/nowhere"
    run()
    assert current(CheckKind.RETRACTION).state == CheckState.FAILED


@pytest.mark.parametrize(
    ("path", "words"), [("nowhere", "answer 404"), ("page", "has no columns"), ("broken", "not now")]
)
def test_a_data_set_that_is_none_changes_nothing(at_others, settings, path, words):
    Handler.data_set = f"{CSV_HEAD}1,{DOI},,,Retraction,\n"
    retraction_loading.load()
    settings.RETRACTIONS_URL = f"{at_others}/{path}"
    with pytest.raises(http.FetchError, match=words):
        retraction_loading.load()
    assert RetractionNotice.objects.count() == 1
