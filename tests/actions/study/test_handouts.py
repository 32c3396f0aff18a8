"""Making handouts: one at a time, once each, tried again after failures, whoever is killed on the way."""

import hashlib
from datetime import timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import IntegrityError, transaction
from django.utils import timezone

from debatekb.celery import app
from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.actions.study import handouts
from perspectives.clients import pandoc
from perspectives.models import Crux, Edition, Handout, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.study import handouts as queries
from perspectives.rules.study.handout import MOST_ATTEMPTS
from perspectives.vocab import HandoutFormat, HandoutState
from tests import factories, plain_references
from tests.actions.at_once import at_once
from tests.tasks.test_bibliographies import wait_for

MINUTES = timedelta(minutes=10)


@pytest.fixture
def formatted(published):
    """What is published, with the references of the first topic formatted."""
    plain_references.write(published[0])
    return published[0]


@pytest.fixture
def no_pandoc(monkeypatch, tmp_path):
    """Let there be no such program."""
    with monkeypatch.context() as without:
        without.setattr(pandoc.pypandoc, "get_pandoc_path", lambda: str(tmp_path / "missing"))
        yield without


def states():
    return dict(Handout.objects.values_list("format", "state"))


def later():
    """Let ten minutes pass for what was tried."""
    for one in Handout.objects.exclude(begun_at=None):
        Handout.objects.filter(pk=one.pk).update(begun_at=one.begun_at - MINUTES)


def test_without_references_nothing_is_made(published):
    handouts.make_next()
    assert not Handout.objects.exists()
    assert {one.state for one in queries.of_topic(factories.TOPIC, most_attempts=3)} == {HandoutState.WAITING}


def test_one_call_makes_one(formatted):
    handouts.make_next()
    assert sorted(states().values()) == ["ready", "waiting", "waiting"]
    made = Handout.objects.get(state=HandoutState.READY)
    assert made.edition == formatted
    assert made.sha256 == hashlib.sha256(bytes(made.body)).hexdigest()
    assert (made.attempts, made.error) == (1, "")
    assert str(made) == f"{factories.TOPIC}, edition 1 as {made.format}: ready"


def test_all_are_made_once(formatted):
    for _ in range(4):
        handouts.make_next()
    assert states() == dict.fromkeys(HandoutFormat.values, HandoutState.READY)
    before = list(Handout.objects.values_list("pk", "made_at", "attempts"))
    handouts.make_next()
    assert list(Handout.objects.values_list("pk", "made_at", "attempts")) == before


def test_a_failure_has_its_reason_and_is_tried_again_three_times_in_all(formatted, no_pandoc):
    Handout.objects.all().delete()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        for _ in range(5):
            handouts.make_next()
        assert set(Handout.objects.values_list("state", "attempts")) == {(HandoutState.FAILED, attempt)}
        later()
    handouts.make_next()
    described = queries.of_topic(factories.TOPIC, most_attempts=MOST_ATTEMPTS)
    assert all(one.is_final for one in described)
    assert all(one.error.startswith("The file could not be made. Pandoc could not be run: ") for one in described)


def test_after_a_failure_it_rests_and_is_made_when_the_cause_is_gone(formatted, no_pandoc):
    handouts.make_next()
    failed = Handout.objects.get(state=HandoutState.FAILED)
    no_pandoc.undo()
    for _ in range(5):
        handouts.make_next()
    assert sorted(states().values()) == ["failed", "ready", "ready"]
    later()
    handouts.make_next()
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == (HandoutState.READY, 2, "")


def test_who_was_killed_leaves_a_row_that_is_given_up_later(formatted):
    claimed = handouts._claim()
    handouts.make_next()
    assert sorted(states().values()) == ["making", "waiting", "waiting"]
    Handout.objects.filter(pk=claimed.pk).update(begun_at=timezone.now() - MINUTES)
    handouts.make_next()
    claimed.refresh_from_db()
    assert (claimed.state, claimed.error) == (
        HandoutState.FAILED,
        "The program that made it was ended before it was done.",
    )
    assert sorted(states().values()) == ["failed", "ready", "waiting"]


def test_who_was_taken_for_lost_writes_nothing(formatted, monkeypatch):
    def taken_for_lost(claimed):
        Handout.objects.filter(pk=claimed.pk).update(state=HandoutState.FAILED, error="Lost.")
        return {"state": HandoutState.READY, "body": b"x", "sha256": "0" * 64, "made_at": timezone.now()}

    monkeypatch.setattr(handouts, "_outcome", taken_for_lost)
    handouts.make_next()
    assert sorted(states().values()) == ["failed", "waiting", "waiting"]


def test_another_edition_replaces_them(formatted, topic, proposer, reviewer):
    handouts.make_next()
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    second = publishing.approve(proposal_id=proposal.pk, by=reviewer)
    assert queries.ready(factories.TOPIC, HandoutFormat.DOCX) is None
    plain_references.write(second)
    for _ in range(4):
        handouts.make_next()
    assert set(Handout.objects.values_list("edition", "state")) == {(second.pk, HandoutState.READY)}
    assert queries.ready(factories.TOPIC, HandoutFormat.DOCX).edition == second


def test_another_address_of_the_site_makes_them_anew(formatted, settings):
    for _ in range(4):
        handouts.make_next()
    before = set(Handout.objects.values_list("sha256", flat=True))
    settings.SITE_URL = "https://kb.example"
    handouts.make_next()
    assert sorted(states().values()) == ["ready", "waiting", "waiting"]
    assert (
        queries.ready(factories.TOPIC, HandoutFormat.of(Handout.objects.get(state="ready").format)).sha256 not in before
    )


def test_drafts_change_nothing(formatted, topic):
    Crux.objects.filter(topic=topic).update(question="A DRAFT?")
    for _ in range(4):
        handouts.make_next()
    epub = queries.ready(factories.TOPIC, HandoutFormat.EPUB)
    Handout.objects.all().delete()
    Crux.objects.filter(topic=topic).update(question="ANOTHER DRAFT?")
    for _ in range(4):
        handouts.make_next()
    assert queries.ready(factories.TOPIC, HandoutFormat.EPUB).sha256 == epub.sha256


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"format": "xls"}, "format_is_known"),
        ({"state": "lost"}, "perspectives_handout_"),
        ({"sha256": "0" * 64}, "hash_is_of_its_file"),
        ({"body": None}, "ready_when_there_is_a_file"),
        ({"error": "But why?"}, "failure_has_a_reason"),
        ({"begun_at": None}, "attempts_have_begun"),
        ({"state": HandoutState.FAILED, "body": None, "sha256": "", "made_at": None}, "failure_has_a_reason"),
    ],
)
def test_what_the_database_refuses(formatted, changes, constraint):
    handouts.make_next()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Handout.objects.filter(state=HandoutState.READY).update(**changes)


def test_the_database_lets_one_be_made_at_a_time(formatted):
    handouts._claim()
    with pytest.raises(IntegrityError, match="one_is_made_at_a_time"), transaction.atomic():
        Handout.objects.filter(state=HandoutState.WAITING).update(
            state=HandoutState.MAKING, attempts=1, begun_at=timezone.now()
        )


@pytest.fixture
def ready(transactional_db):
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    return publishing.publish_first(subjects=Topic.objects.order_by("order"), by=OPERATOR)


def test_of_several_at_once_one_makes(ready):
    plain_references.write(ready[0])
    assert at_once(*[handouts.make_next] * 4) == [None] * 4
    assert set(Handout.objects.exclude(state=HandoutState.WAITING).values_list("attempts", flat=True)) == {1}
    assert not Handout.objects.filter(state=HandoutState.MAKING).exists()


def test_publishing_has_all_of_them_made_by_a_worker(transactional_db):
    app.control.purge()
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=60):
        for topic in Topic.objects.all():
            publishing.publish_first(subjects=[topic], by=OPERATOR)
        wait_for(lambda: Handout.objects.filter(state=HandoutState.READY).count() == 3 * Topic.objects.count(), 120)
    assert Edition.objects.filter(handouts__isnull=False).distinct().count() == Topic.objects.count()
    assert set(Handout.objects.values_list("attempts", flat=True)) == {1}
