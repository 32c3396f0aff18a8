"""Two people curate the same sources at once: one winner, the loser is told, and nothing is left dangling."""

from functools import partial
from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from perspectives.actions.documents import drafting, packs
from perspectives.actions.sources import source_merging, source_records
from perspectives.errors import ConflictError, DomainError
from perspectives.models import Citation, Source, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories
from tests.actions.at_once import ROUNDS, at_once, one_winner

A, B = "pratt2018timber", "weir2016cost"
WAITS = 400
"""Looks, 50 ms apart, at whether the other thread waits."""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return [User.objects.create_user(name, role=Role.MODERATOR) for name in ("one", "two")]


@pytest.fixture
def topic():
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    return Topic.objects.order_by("order").first()


def record(key):
    return Source.objects.get(key=key).record


def merging(from_key, into_key, by):
    versions = {key: parts.version(record(key)) for key in (from_key, into_key)}
    given = {"record": record(into_key), "versions": versions}
    return partial(source_merging.merge, from_key=from_key, into_key=into_key, by=by, **given)


def reset(by):
    for source in Source.objects.filter(state="superseded"):
        source_records.reinstate(key=source.key, by=by)


def assert_nothing_dangles():
    assert not Citation.objects.filter(source__state="superseded").exists()
    for topic in Topic.objects.all():
        draft_documents.topic_document(topic.pk)


def test_merging_each_into_the_other(topic, people):
    for _ in range(ROUNDS):
        outcomes = at_once(merging(A, B, people[0]), merging(B, A, people[1]))
        assert one_winner(outcomes), outcomes
        assert Source.objects.filter(state="superseded").count() == 1
        assert_nothing_dangles()
        reset(people[0])


def test_correcting_many_and_correcting_many(topic, people):
    for number in range(ROUNDS):
        wanted = {key: {**record(key), "volume": str(number)} for key in (A, B)}
        versions = {key: parts.version(record(key)) for key in (A, B)}
        ways = (wanted, {key: {**wanted[key], "issue": str(number)} for key in (B, A)})
        outcomes = at_once(
            *(
                partial(source_records.change_all, records=records, versions=versions, by=by)
                for records, by in zip(ways, people, strict=True)
            )
        )
        assert one_winner(outcomes), outcomes
        (winner,) = (one for one, outcome in enumerate(outcomes) if not isinstance(outcome, DomainError))
        assert {key: record(key) for key in (A, B)} == {key: ways[winner][key] for key in (A, B)}


def test_correcting_and_correcting(topic, people):
    for number in range(ROUNDS):
        version = parts.version(record(A))
        outcomes = at_once(
            *(
                partial(
                    source_records.change,
                    key=A,
                    record={**record(A), "volume": f"{number}{by}"},
                    version=version,
                    by=by,
                )
                for by in people
            )
        )
        assert one_winner(outcomes), outcomes
        [winner] = [by for by, outcome in zip(people, outcomes, strict=True) if not isinstance(outcome, DomainError)]
        assert record(A)["volume"] == f"{number}{winner}"


def test_correcting_and_merging(topic, people):
    for number in range(ROUNDS):
        actions = (
            partial(
                source_records.change,
                key=A,
                record={**record(A), "volume": str(number)},
                version=parts.version(record(A)),
                by=people[0],
            ),
            merging(A, B, people[1]),
        )
        outcomes = at_once(*actions)
        assert one_winner(outcomes), outcomes
        assert_nothing_dangles()
        reset(people[0])


def test_adding_the_same_key_or_the_same_doi(topic, people):
    base = {name: value for name, value in record(B).items() if name != "DOI"}
    for number in range(ROUNDS):
        same = {**base, "DOI": f"10.1234/{number}"}
        keys = (f"new{number}", f"new{number}") if number % 2 else (f"new{number}", f"other{number}")
        given = base if number % 2 else same
        pairs = zip(keys, people, strict=True)
        outcomes = at_once(*(partial(source_records.add, key=key, record=given, by=by) for key, by in pairs))
        assert one_winner(outcomes), outcomes


def citing(topic, key, number):
    """An edit that makes the first claim of the draft cite a source in other words."""
    side = plain(draft_documents.topic_document(topic.pk))["perspectives"][0]
    claim = side["claims"][0]
    cites = [{"source": key, "relation": "supports", "locator": f"p. {number}"}]
    return Change(f"perspectives/{side['id']}/claims/{claim['id']}", claim, {**claim, "cites": cites})


def test_merging_and_editing_a_claim_that_cites_it(topic, people):
    for number in range(ROUNDS):
        drafting.change(topic_id=topic.pk, changes=[citing(topic, A, f"{number}a")], by=people[0])
        edit = partial(drafting.change, topic_id=topic.pk, changes=[citing(topic, A, f"{number}b")], by=people[0])
        outcomes = at_once(merging(A, B, people[1]), edit)
        # Edited before, the claim is merged as it then is; afterwards the edit is stale. The merge comes through.
        assert isinstance(outcomes[0], Source), outcomes
        assert not isinstance(outcomes[1], DomainError) or outcomes[1].message
        assert_nothing_dangles()
        reset(people[0])


def test_merging_and_beginning_to_cite_it_in_a_draft_that_did_not(topic, people):
    base = {name: value for name, value in record(B).items() if name != "DOI"}
    for number in range(ROUNDS):
        source_records.add(key=f"new{number}", record=base, by=people[0])
        change = citing(topic, f"new{number}", number)
        edit = partial(drafting.change, topic_id=topic.pk, changes=[change], by=people[0])
        outcomes = at_once(merging(f"new{number}", B, people[1]), edit)
        assert one_winner(outcomes) or not any(isinstance(outcome, DomainError) for outcome in outcomes), outcomes
        assert_nothing_dangles()
        if isinstance(outcomes[0], DomainError):
            merging(f"new{number}", B, people[1])()


def while_it_waits(first, second):
    """Do `first`, commit it once `second`, in another thread, waits for it; give what `second` returned or raised."""
    outcomes = []

    def run():
        outcomes.extend(at_once(second))

    thread = Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        with connection.cursor() as cursor:
            for _ in range(WAITS):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone()[0]:
                    break
                sleep(0.05)
    thread.join()
    return outcomes[0]


@pytest.fixture
def uncited(topic, people):
    given = {name: value for name, value in record(B).items() if name != "DOI"}
    return source_records.add(key="new2024", record=given, by=people[0]).key


def test_a_merge_that_waited_for_somebody_who_began_to_cite_is_refused(topic, people, uncited):
    edit = partial(drafting.change, topic_id=topic.pk, changes=[citing(topic, uncited, 1)], by=people[0])
    outcome = while_it_waits(edit, merging(uncited, B, people[1]))
    assert isinstance(outcome, ConflictError)
    assert f"began to cite '{uncited}'" in outcome.message
    assert Source.objects.get(key=uncited).state == "current"


def test_an_edit_that_waited_for_the_merge_of_what_it_cites_is_refused(topic, people, uncited):
    edit = partial(drafting.change, topic_id=topic.pk, changes=[citing(topic, uncited, 1)], by=people[0])
    outcome = while_it_waits(merging(uncited, B, people[1]), edit)
    assert isinstance(outcome, ConflictError)
    assert f"was merged into '{B}' in the meantime" in outcome.message
    assert_nothing_dangles()
