"""Following what happened: a copy kept by `changes/` alone stays equal to the site."""

import pytest
from django.utils.http import http_date

from perspectives.actions.publication import publishing, retracting
from perspectives.actions.sources import source_merging
from perspectives.models import Claim, Crux, Edition, Retraction, Source, Topic
from perspectives.rules.documents import parts
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"
OLD_NAME, NEW_NAME = "weir2016cost", "weir2016costs"


class Mirror:
    """A copy of the current editions with their retractions, which asks for nothing but changes and what they name."""

    def __init__(self, client):
        self.client, self.since, self.bodies, self.retracted = client, None, {}, {}

    def keep_in_step(self, limit=2):
        """Fetch what happened since the last time, and give how many entries there were."""
        address, seen = f"{CHANGES}?limit={limit}" + (f"&since={self.since}" if self.since else ""), 0
        while address:
            page = self.client.get(address).json()
            for entry in page["results"]:
                self.take(entry)
            seen += len(page["results"])
            self.since, address = page["since"], page["next"]
        return seen

    def take(self, entry):
        subject = ("topic", entry["topic"]) if "topic" in entry else ("article", entry["article"])
        if entry["change"] == "retracted":
            self.retracted[entry["sha256"]] = (entry["retracted_at"], entry["retraction_note"])
        else:
            self.bodies[subject] = self.client.get(entry["url"]).content

    def site(self):
        """Read from the site's other resources what the copy should hold."""
        subjects = [("topic", row["topic"]) for row in self.client.get("/api/v1/topics/").json()["results"]]
        subjects += [("article", row["article"]) for row in self.client.get("/api/v1/articles/").json()["results"]]
        retracted = {}
        for kind, slug in subjects:
            for row in self.client.get(f"/api/v1/{kind}s/{slug}/editions/").json()["results"]:
                if "retracted_at" in row:
                    retracted[row["sha256"]] = (row["retracted_at"], row["retraction_note"])
        bodies = {(kind, slug): self.client.get(f"/api/v1/{kind}s/{slug}/").content for kind, slug in subjects}
        return bodies, retracted

    def is_equal(self):
        return (self.bodies, self.retracted) == self.site()


def publish(library, topic):
    proposal = publishing.propose_topic(topic_id=topic.pk, by=library.proposer)
    return publishing.approve(proposal_id=proposal.pk, by=library.reviewer)


def retract(library, number=1, note="A table was misread."):
    edition = Edition.objects.get(topic__slug=factories.TOPIC, number=number)
    return retracting.retract(edition_id=edition.pk, note=note, by=library.chief)


def test_a_copy_kept_by_changes_alone_equals_the_site(client, library):
    mirror = Mirror(client)
    assert mirror.keep_in_step() == Edition.objects.count()
    assert mirror.is_equal()
    assert mirror.keep_in_step() == 0
    topic = Topic.objects.get(slug=factories.TOPIC)

    Claim.objects.filter(perspective__topic=topic, identifier="s1").update(text="The oak frame is sound.")
    publish(library, topic)
    assert not mirror.is_equal()
    assert mirror.keep_in_step() == 1
    assert mirror.is_equal()

    retract(library, 3)
    assert not mirror.is_equal()
    assert mirror.keep_in_step() == 1
    assert mirror.is_equal()

    rename(OLD_NAME, NEW_NAME, library)
    publish(library, topic)
    retract(library, 1)
    assert not mirror.is_equal()
    assert mirror.keep_in_step(limit=1) == 2
    assert mirror.is_equal()
    body = mirror.bodies["topic", factories.TOPIC]
    assert (f'"{OLD_NAME}"'.encode() in body, f'"{NEW_NAME}"'.encode() in body) == (False, True)


def rename(old, new, library):
    """A source gets another key: a record under the new one, into which the old one is merged."""
    Source.objects.create(key=new, record=Source.objects.get(key=old).record)
    versions = {key: parts.version(Source.objects.get(key=key).record) for key in (old, new)}
    record = Source.objects.get(key=new).record
    source_merging.merge(from_key=old, into_key=new, record=record, versions=versions, by=library.proposer)


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
