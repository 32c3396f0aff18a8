"""Whatever two people could decide at once has one winner, and the loser is told."""

from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from perspectives.actions import packs, publishing
from perspectives.errors import DomainError
from perspectives.models import Crux, Edition, Proposal, Topic, User
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests import factories

ROUNDS = 20
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run the deeds in threads that start together; give what each returned or raised."""
    outcomes: list = [None] * len(deeds)
    barrier = Barrier(len(deeds))

    def run(index, deed):
        try:
            barrier.wait()
            outcomes[index] = deed()
        except DomainError as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def people():
    return [User.objects.create_user(name, role=Role.MODERATOR) for name in ("one", "two", "three")]


@pytest.fixture
def ready():
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    return Topic.objects.order_by("order").first()


def one_winner(outcomes):
    losers = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    return len(outcomes) - len(losers) == 1 and all(loser.message for loser in losers)


def test_approve_and_send_back(ready, people):
    for number in range(1, ROUNDS + 1):
        Crux.objects.filter(topic=ready, order=0).update(would_settle=f"Survey {number}.")
        proposal = publishing.propose_topic(topic_id=ready.pk, by=people[0])
        outcomes = at_once(
            partial(publishing.approve, proposal_id=proposal.pk, by=people[1]),
            partial(publishing.send_back, proposal_id=proposal.pk, by=people[2], reason="No"),
        )
        assert one_winner(outcomes), outcomes
        proposal.refresh_from_db()
        assert proposal.status in {"approved", "returned"}
    assert Edition.objects.count() == Proposal.objects.filter(status="approved").count()


def test_propose_and_propose(ready, people):
    for _ in range(ROUNDS):
        outcomes = at_once(
            lambda: publishing.propose_topic(topic_id=ready.pk, by=people[0]),
            lambda: publishing.propose_topic(topic_id=ready.pk, by=people[1]),
        )
        assert one_winner(outcomes), outcomes
        winner = Proposal.objects.get(status="open")
        publishing.withdraw(proposal_id=winner.pk, by=winner.proposed_by)


def test_load_and_load(people):
    outcomes = at_once(
        *(lambda: packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None) for _ in range(2)),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert Topic.objects.count() == 2
