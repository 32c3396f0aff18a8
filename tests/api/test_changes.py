"""Following what happened, page by page; `tests/examples/test_mirror.py` keeps a copy by it."""

import pytest
from django.utils.http import http_date

from perspectives.actions.publication import publishing, retracting
from perspectives.models import Crux, Edition, Retraction, Topic
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"


def publish(library, topic):
    proposal = publishing.propose_topic(topic_id=topic.pk, by=library.proposer)
    return publishing.approve(proposal_id=proposal.pk, by=library.reviewer)


def retract(library, number=1, note="A table was misread."):
    edition = Edition.objects.get(topic__slug=factories.TOPIC, number=number)
    return retracting.retract(edition_id=edition.pk, note=note, by=library.chief)


def test_pages_join_forwards_and_backwards(client, library):
    for number in (1, 2):
        retract(library, number)
    whole = client.get(CHANGES).json()["results"]
    assert [row["change"] for row in whole][-2:] == ["retracted", "retracted"]
    assert len(whole) == Edition.objects.count() + Retraction.objects.count()
    for limit in range(1, len(whole) + 1):
        pages = [client.get(f"{CHANGES}?limit={limit}").json()]
        while pages[-1]["next"]:
            pages.append(client.get(pages[-1]["next"]).json())
        assert [row for page in pages for row in page["results"]] == whole
        back = [pages[-1]]
        while back[-1]["previous"]:
            back.append(client.get(back[-1]["previous"]).json())
        assert [page["results"] for page in reversed(back)] == [page["results"] for page in pages]
        assert client.get(CHANGES, {"since": back[-1]["since"]}).json()["results"] == whole[limit:]


def test_since_takes_a_date(client, library):
    retract(library)
    whole = client.get(CHANGES).json()
    *_, last = whole["results"]
    for date in ("2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00+02:00"):
        assert client.get(CHANGES, {"since": date}).json()["results"] == whole["results"]
    after = client.get(CHANGES, {"since": last["retracted_at"]}).json()
    assert after["results"] == [last]
    later = client.get(CHANGES, {"since": "2999-12-31"}).json()
    assert (later["results"], later["since"]) == ([], whole["since"])
    first = client.get(CHANGES, {"since": "2020-01-01", "limit": 1}).json()
    assert client.get(first["next"]).json()["results"] == whole["results"][1:2]


@pytest.mark.parametrize(
    "since", ["2020-13-01", "2020-02-30", "2020-01-01T25:00:00Z", "2020-01-01T00:00:00", "2020-01-01T"]
)
def test_a_date_that_is_none(client, library, since):
    problem = assert_problem(client.get(CHANGES, {"since": since}), 400, "invalid_parameter", parameter="since")
    assert "2026-11-01" in problem["detail"]


@pytest.mark.parametrize("since", ["x", "2020", "2020-01", "WzAsInB1Ymxpc2hlZCIsMV0", "WzAsImNoYW5nZXMiLDFd"])
def test_a_place_that_we_did_not_give_out(client, library, since):
    assert_problem(client.get(CHANGES, {"since": since}), 404, "invalid_cursor", parameter="since")


def test_a_retraction_is_told_by_a_header_of_all_that_is_made_of_the_edition(client, library):
    addresses = [f"/api/v1/topics/{factories.TOPIC}{rest}" for rest in ("/", "/editions/2/", "/matrix/", ".argdown")]
    held = {address: client.get(address) for address in addresses}
    assert not [one for one in held.values() if "Edition-Retracted" in one]
    retraction = retract(library, 2)
    for address, before in held.items():
        now = client.get(address)
        assert (now.content, now["Edition-Retracted"]) == (before.content, http_date(retraction.at.timestamp()))
        again = client.get(address, headers={"if-none-match": before["ETag"]})
        assert (again.status_code, again["Edition-Retracted"]) == (304, now["Edition-Retracted"])
    assert "Edition-Retracted" not in client.get(f"/api/v1/topics/{factories.TOPIC}/editions/1/")
    Crux.objects.filter(topic__slug=factories.TOPIC, order=0).update(would_settle="Another survey.")
    publish(library, Topic.objects.get(slug=factories.TOPIC))
    assert "Edition-Retracted" not in client.get(addresses[0])
