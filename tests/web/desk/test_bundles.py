"""Carrying a correction to readers at the desk: chosen once, shown once, decided once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.actions.publication import publishing
from perspectives.models import Bundle, Crux, Edition
from perspectives.rules.publication import balance
from perspectives.vocab import Role
from tests import bundling, factories, people

CHOOSE = f"/desk/sources/{bundling.KEY}/editions/"


def text(response, status=200):
    assert response.status_code == status, response.content.decode()
    return " ".join(response.content.decode().split())


@pytest.fixture
def corrected(published, proposer):
    bundling.correct(proposer, page="112-119")


@pytest.fixture
def bundle(corrected, proposer):
    return bundling.propose(proposer, note="The pages were wrong.")


@pytest.fixture
def moderator(signed_in):
    client, _ = signed_in(Role.MODERATOR)
    return client


def decide(client, bundle, action, proposals=(), reason=""):
    sent = {"action": action, "proposal": [one.pk for one in proposals], "reason": reason}
    return client.post(f"/desk/bundles/{bundle.pk}/", sent, follow=True)


def test_the_editor_chooses_who_takes_a_correction_over(client, proposer, corrected):
    people.sign_in(client, proposer)
    page = text(client.get(CHOOSE))
    assert page.count("112-119") == 1
    assert page.count('type="checkbox"') == 2 == page.count(" checked")
    sent = {"version": bundling.version(), "topic": [factories.TOPIC], "note": "The pages were wrong."}
    review = text(client.post(CHOOSE, sent, follow=True))
    assert "Reaches 1 edition." in review
    assert "You proposed this yourself" in review
    assert 'value="withdraw"' in review
    left = text(client.get(CHOOSE))
    assert "An open proposal</a> has to be decided first" in left
    assert left.count(" disabled") == 1


def test_what_was_chosen_stays_where_it_is_refused(moderator, corrected):
    page = text(moderator.post(CHOOSE, {"topic": [factories.TOPIC], "note": "Mine"}), 409)
    assert "Nothing was proposed" in page
    assert 'value="Mine"' in page
    assert page.count(" checked") == 1
    assert not Bundle.objects.exists()


def test_where_nothing_is_behind_it_says_so(moderator, published):
    assert "Readers see this record everywhere" in text(moderator.get(CHOOSE))


def test_all_is_published_at_once(moderator, bundle):
    page = text(moderator.get(f"/desk/bundles/{bundle.pk}/"))
    assert page.count("112-119") == 1
    assert page.count(" checked") == 2 == page.count("All rules kept")
    done = text(decide(moderator, bundle, "approve", bundle.proposals.all()))
    assert "2 new editions are published" in done
    assert "<strong>Decided</strong> by moderator" in done
    assert 'name="action" value="approve"' not in done
    assert Edition.objects.filter(number=2).count() == 2
    assert "It belongs to <a" in text(moderator.get(f"/desk/proposals/{bundle.proposals.first().pk}/"))


def test_what_is_not_ticked_goes_back_with_a_reason(moderator, bundle):
    first = bundle.proposals.first()
    refused = text(decide(moderator, bundle, "approve", [first]), 409)
    assert "Say why some of it goes back" in refused
    assert refused.count(" checked") == 1
    done = text(decide(moderator, bundle, "approve", [first], "Later."))
    assert "1 new edition is published" in done
    assert "Later." in done


def test_it_is_returned_or_withdrawn(moderator, client, bundle, proposer):
    assert "Say why the bundle goes back" in text(decide(moderator, bundle, "return"), 409)
    assert "The bundle is returned" in text(decide(moderator, bundle, "return", reason="Not seen."))
    again = bundling.propose(proposer)
    people.sign_in(client, proposer)
    assert "The bundle is withdrawn" in text(decide(client, again, "withdraw"))


def test_what_breaks_a_rule_is_told_and_is_not_ticked(moderator, bundle, monkeypatch):
    rule = balance.Rule("invented", "It pleases.", lambda one, _: [] if one.topic == factories.TOPIC else [("x", "no")])
    monkeypatch.setattr(balance, "RULES", (*balance.RULES, rule))
    page = text(moderator.get(f"/desk/bundles/{bundle.pk}/"))
    assert page.count(" checked") == 1 == page.count(" disabled")
    assert "Broken:" in page
    assert "invented" in text(decide(moderator, bundle, "approve", bundle.proposals.all()), 409)


def test_a_later_correction_is_told(moderator, bundle, proposer):
    assert "corrected again since" not in text(moderator.get(f"/desk/bundles/{bundle.pk}/"))
    bundling.correct(proposer, page="113-119")
    assert "corrected again since" in text(moderator.get(f"/desk/bundles/{bundle.pk}/"))


def test_contributors_look_and_do_not_decide(signed_in, bundle):
    client, _ = signed_in(Role.CONTRIBUTOR)
    page = text(client.get(f"/desk/bundles/{bundle.pk}/"))
    assert "Only moderators decide." in page
    assert "checkbox" not in page
    for action in ("approve", "return", "withdraw"):
        assert decide(client, bundle, action, bundle.proposals.all(), "No").status_code == 403


def test_an_unknown_decision_or_proposal_does_nothing(moderator, bundle):
    for sent in ({"action": "burn"}, {"action": "approve", "proposal": ["0"]}):
        text(moderator.post(f"/desk/bundles/{bundle.pk}/", sent), 409)
    assert "All rules kept" in text(moderator.post(f"/desk/bundles/{bundle.pk}/", {"action": ""}))
    assert not bundle.proposals.exclude(status="open").exists()
    assert moderator.get("/desk/bundles/0/").status_code == 404


def test_lists_and_queues_name_a_bundle_once(moderator, bundle, proposer, topic):
    listed = text(moderator.get("/desk/proposals/"))
    assert listed.count(f'href="/desk/bundles/{bundle.pk}/"') == 1
    assert "bundle of 2" in listed
    queue = text(moderator.get("/desk/proposals/waiting/"))
    assert queue.count(f'href="/desk/bundles/{bundle.pk}/"') == 1
    assert "1 proposals." in queue
    bundling_topic = text(moderator.get(f"/desk/topics/{factories.TOPIC}/propose/"))
    assert f'href="/desk/bundles/{bundle.pk}/"' in bundling_topic


def test_prices_do_not_grow(moderator, published, proposer):
    bundling.correct(proposer, page="112-119")
    small = [price(moderator, CHOOSE), price(moderator, f"/desk/bundles/{bundling.propose(proposer).pk}/")]
    bundling.many_topics()
    bundling.correct(proposer, page="113-119")
    added = [f"bridge-{number}" for number in range(1, bundling.MANY - 1)]
    many = [price(moderator, CHOOSE), price(moderator, f"/desk/bundles/{bundling.propose(proposer, topics=added).pk}/")]
    assert many == small


def price(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_nothing_of_a_bundle_reaches_readers_before_it_is_published(client, bundle):
    for address in (f"/topics/{factories.TOPIC}/", f"/sources/{bundling.KEY}/", f"/api/v1/sources/{bundling.KEY}/"):
        assert "112-119" not in client.get(address).content.decode()


def test_a_topic_with_a_proposal_of_its_own_waits(moderator, published, topic, proposer):
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A second survey.")
    own = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    bundling.correct(proposer, page="112-119")
    page = text(moderator.get(CHOOSE))
    assert f'href="/desk/proposals/{own.pk}/"' in page
    assert page.count(" checked") == 1 == page.count(" disabled")
