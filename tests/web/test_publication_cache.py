"""What another process publishes or retracts shows after the time that a version of what is published is trusted for.

The web process is a real one, with a clock that the test sets; the test itself publishes, by the real actions. The
trusted time is one second in both.
"""

from itertools import product

import pytest
from django.db import connection

from perspectives.actions.publication import publishing, retracting
from perspectives.models import Crux, Edition, Topic, User
from perspectives.vocab import Role
from tests import factories
from tests.web_process import web_process

PAGE = f"/topics/{factories.TOPIC}/"
API = f"/api/v1{PAGE}"
ADDRESSES = (PAGE, API)
BEFORE, CHANGED, AFTER = (0.0, 0.6), 0.95, (1.1, 1.7)
"""When readers ask, and when the change is made between: each in every order of page and API."""
SEEN, LONG_AFTER = 2.0, 60.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


@pytest.fixture
def web(published):
    with web_process(connection.settings_dict["NAME"]) as running:
        yield running


def publish(proposer, reviewer):
    """Publish a next edition of the topic; tell what its page and the API must say then."""
    topic = Topic.objects.get(slug=factories.TOPIC)
    number = Edition.objects.filter(topic=topic).count() + 1
    Crux.objects.filter(topic=topic, order=0).update(would_settle=f"Survey {number} of the timbers.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A better test")
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    return f"Survey {number} of the timbers."


def retract(chief):
    """Retract the current edition; tell what its page must say then."""
    edition = Edition.objects.filter(topic__slug=factories.TOPIC).latest("number")
    note = f"Survey {edition.number} was misread."
    retracting.retract(edition_id=edition.pk, note=note, by=chief)
    return note


def test_a_change_is_seen_by_whatever_way_readers_came(web, chief, proposer, reviewer):
    """The page is made from an edition, and both are held in memory: neither may outlive what the other has seen."""
    stale, began = [], 0.0
    for order in product(ADDRESSES, repeat=len(BEFORE) + len(AFTER)):
        before, after = order[: len(BEFORE)], order[len(BEFORE) :]
        for change in (lambda: publish(proposer, reviewer), lambda: retract(chief)):
            began += 100.0
            for moment, address in zip(BEFORE, before, strict=True):
                web.get(address, at=began + moment)
            said = change()
            for moment, address in zip(AFTER, after, strict=True):
                web.get(address, at=began + moment)
            number = Edition.objects.filter(topic__slug=factories.TOPIC).count()
            for moment in (SEEN, LONG_AFTER):
                page, api = (web.get(address, at=began + moment) for address in ADDRESSES)
                if said not in page["body"] or api["headers"]["Edition-Number"] != str(number):
                    stale.append((order, moment, said))
    assert not stale
