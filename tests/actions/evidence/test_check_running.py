"""Checks are made, each once, whatever the servers of others do; what was lost is taken up again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perspectives.actions.evidence import check_planning, check_results, check_running
from perspectives.clients.evidence import looking
from perspectives.models import Check, CheckHost
from perspectives.queries.evidence import checks
from perspectives.vocab import CheckKind, CheckOutcome, CheckState
from tests.actions.evidence.servers import WORDS, Handler

pytestmark = pytest.mark.django_db
LINKS = {
    "page": CheckOutcome.OK,
    "paper.pdf": CheckOutcome.OK,
    "picture": CheckOutcome.OK,
    "endless": CheckOutcome.OK,
    "bomb": CheckOutcome.OK,
    "for-now": CheckOutcome.OK,
    "moved": CheckOutcome.MOVED,
    "nowhere": CheckOutcome.GONE,
    "gone-but-kept": CheckOutcome.GONE,
    "says-gone": CheckOutcome.SOFT_404,
    "to-front": CheckOutcome.SOFT_404,
    "closed": CheckOutcome.BLOCKED,
    "round": CheckOutcome.UNREACHABLE,
    "inside": CheckOutcome.UNREACHABLE,
}
QUOTATIONS = {
    "page": CheckOutcome.FOUND,
    "misnamed": CheckOutcome.FOUND,
    "paper.pdf": CheckOutcome.FOUND,
    "paper": CheckOutcome.FOUND,
    "moved": CheckOutcome.FOUND,
    "gone-but-kept": CheckOutcome.FOUND,
    "without-not": CheckOutcome.ALTERED,
    "other-text": CheckOutcome.MISSING,
    "abstract": CheckOutcome.NO_TEXT,
    "picture": CheckOutcome.NO_TEXT,
    "closed": CheckOutcome.NO_TEXT,
    "nowhere": CheckOutcome.NO_TEXT,
    "says-gone": CheckOutcome.NO_TEXT,
    "endless": CheckOutcome.NO_TEXT,
    "bomb": CheckOutcome.NO_TEXT,
    "inside": CheckOutcome.NO_TEXT,
}


def made(check):
    assert check_running.run_next() == [check.pk]
    check.refresh_from_db()
    return check


@pytest.mark.parametrize(("path", "outcome"), LINKS.items())
def test_a_link_has_the_outcome_that_its_server_gives_it(path, outcome, waiting):
    check = made(waiting(CheckKind.LINK, path))
    assert (check.outcome, check.is_current, check.lease_until) == (outcome, True, None)
    assert check.state == (CheckState.FAILED if outcome is CheckOutcome.UNREACHABLE else CheckState.DONE)
    assert "/secret" not in Handler.asked


@pytest.mark.parametrize(("path", "outcome"), QUOTATIONS.items())
def test_words_have_the_outcome_that_the_text_gives_them(path, outcome, waiting):
    check = made(waiting(CheckKind.QUOTATION, path, WORDS))
    assert check.outcome == outcome, check.sentence
    if outcome is CheckOutcome.FOUND:
        assert (check.detail["exact"], check.passage) == (WORDS, check.passage)
        assert check.passage.startswith(WORDS)
        assert check.origin == ("archive" if path == "gone-but-kept" else "address")
        assert len(check.text_sha256) == 64
        assert check.fetched_at


def test_what_moved_and_what_is_archived_is_proposed(waiting, others):
    assert made(waiting(CheckKind.LINK, "moved")).detail == {"address": f"{others}/page"}
    kept = made(waiting(CheckKind.LINK, "gone-but-kept"))
    assert kept.detail == {"archived": f"{others}/archive/{others}/gone-but-kept"}


def test_an_encoding_is_taken_from_the_server(waiting):
    assert made(waiting(CheckKind.QUOTATION, "latin", "Ždár")).outcome == CheckOutcome.FOUND


def test_what_only_a_doi_leads_to_is_sought_in_no_archive(waiting):
    check = waiting(CheckKind.QUOTATION, "picture", WORDS)
    check.source.record = {name: value for name, value in check.source.record.items() if name != "URL"}
    check.source.save(update_fields=["record"])
    assert made(check).outcome == CheckOutcome.NO_TEXT
    assert Handler.asked == ["/picture"]


def test_robots_are_respected(waiting):
    Handler.disallowed = "/page"
    assert made(waiting(CheckKind.LINK, "page")).outcome == CheckOutcome.BLOCKED
    quotation = made(waiting(CheckKind.QUOTATION, "page", WORDS))
    assert (quotation.outcome, Handler.asked) == (CheckOutcome.NO_TEXT, [])
    assert "robots.txt" in quotation.sentence


@pytest.mark.parametrize(("path", "minutes"), [("busy", 60), ("broken", 5), ("drip", 5)])
def test_what_may_get_better_is_tried_again_and_given_up_in_the_end(path, minutes, waiting, monkeypatch):
    monkeypatch.setattr(looking, "_HEAD", looking.http.Bounds(100_000, 0.6, 8, is_cut=True))
    check = made(waiting(CheckKind.LINK, path))
    assert (check.state, check.attempts, check.outcome) == (CheckState.WAITING, 1, "")
    assert abs(check.due_at - timezone.now() - timedelta(minutes=minutes)) < timedelta(minutes=1)
    assert not check_running.run_next()
    CheckHost.objects.update(free_at=timezone.now())
    Check.objects.update(due_at=timezone.now(), attempts=check_results.MOST_TRIES - 1)
    assert made(check).state == CheckState.FAILED
    assert check.outcome == CheckOutcome.UNREACHABLE


def test_a_server_that_speaks_no_tls_is_no_answer(waiting, others, settings):
    check = waiting(CheckKind.LINK, "page")
    settings.DOI_RESOLVER_URL = others.replace("http:", "https:")
    Check.objects.update(asked=f"{settings.DOI_RESOLVER_URL}/page")
    assert made(check).state == CheckState.WAITING
    assert "could not be reached" in check.sentence


def test_all_quotations_of_a_work_are_looked_for_in_one_reading(waiting):
    first = waiting(CheckKind.QUOTATION, "page", WORDS)
    now = timezone.now()
    same = {"kind": CheckKind.QUOTATION, "source": first.source, "asked": first.asked, "host": first.host}
    second = Check.objects.create(**same, quote="must be felled at once", planned_at=now, due_at=now)
    assert sorted(check_running.run_next()) == [first.pk, second.pk]
    assert Handler.asked == ["/page"]


def test_a_server_is_left_alone_between_two_checks(waiting, settings):
    settings.EVIDENCE_HOST_DELAY_SECONDS = 60
    made(waiting(CheckKind.LINK, "page"))
    waiting(CheckKind.LINK, "moved")
    assert not check_running.run_next()
    assert 50 < checks.seconds_to_next(timezone.now()) <= 60


def test_what_is_waited_for_is_made_in_one_go(waiting, settings):
    settings.EVIDENCE_HOST_DELAY_SECONDS = 0.1
    for path in ("page", "moved", "nowhere"):
        waiting(CheckKind.LINK, path)
    check_running.run_for(seconds=20)
    assert not Check.objects.filter(is_current=False).exists()
    for seconds in (0, 0.01):
        check_running.run_for(seconds=seconds)


def test_enough_servers_are_asked_at_once(waiting):
    for name in ("one.example", "two.example"):
        check = waiting(CheckKind.LINK, name)
        host = CheckHost.objects.create(name=name, free_at=timezone.now())
        later = timezone.now() + timedelta(minutes=2)
        Check.objects.filter(pk=check.pk).update(state="running", lease_until=later, attempts=1, host=host)
    waiting(CheckKind.LINK, "page")
    assert not check_running.run_next()


def test_whoever_was_taken_for_lost_writes_nothing(waiting, monkeypatch):
    check = waiting(CheckKind.LINK, "page")

    def taken_back(claimed):
        Check.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        check_planning.resume()
        return {claimed[0].pk: None}

    monkeypatch.setattr(check_running.check_outcomes, "outcomes", taken_back)
    check_running.run_next()
    check.refresh_from_db()
    assert (check.state, check.outcome) == (CheckState.WAITING, "")


def test_a_check_whose_workers_die_each_time_is_given_up(waiting):
    check = waiting(CheckKind.LINK, "page")
    for attempts in range(1, check_results.MOST_TRIES + 1):
        past = timezone.now() - timedelta(seconds=1)
        Check.objects.update(state="running", lease_until=past, attempts=attempts)
        check_planning.resume()
    check.refresh_from_db()
    assert (check.state, check.outcome) == (CheckState.FAILED, CheckOutcome.UNREACHABLE)


def test_what_says_nothing_does_not_take_the_place_of_what_was_found(waiting):
    found = made(waiting(CheckKind.QUOTATION, "page", WORDS))
    again = Check.objects.create(
        kind=found.kind, source=found.source, quote=WORDS, host=found.host, asked=found.asked.replace("page", "closed"),
        planned_at=timezone.now(), due_at=timezone.now(),
    )  # fmt: skip
    assert made(again).is_current is False
    found.refresh_from_db()
    assert found.is_current
    assert found.again_at == again.again_at


def test_one_target_has_one_live_check_and_one_current_outcome(waiting):
    check = waiting(CheckKind.LINK, "page")
    fields = {"kind": check.kind, "source": check.source, "asked": check.asked, "host": check.host}
    times = {"planned_at": timezone.now(), "due_at": timezone.now()}
    with pytest.raises(IntegrityError, match="one_is_live"), transaction.atomic():
        Check.objects.create(**fields, **times)
    made(check)
    final = {"state": "done", "outcome": "ok", "sentence": "x", "finished_at": timezone.now()}
    with pytest.raises(IntegrityError, match="one_is_current"), transaction.atomic():
        Check.objects.create(**fields, **times, **final, again_at=timezone.now(), is_current=True)
    with pytest.raises(IntegrityError, match="outcome_is_of_its_kind"), transaction.atomic():
        Check.objects.create(**fields, **times, **{**final, "outcome": "found"}, again_at=timezone.now())
