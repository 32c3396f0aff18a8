"""What readers find of an archived topic: its addresses, which say so, and nothing in any list."""

import pytest
from django.utils.http import http_date

from perspectives.actions.publication import archiving, datasets
from perspectives.models import Dataset, Topic, User
from perspectives.queries.publication import datasets as made
from perspectives.vocab import Role
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Settled by the ruling of May."
PAGE, API = f"/topics/{factories.TOPIC}/", f"/api/v1/topics/{factories.TOPIC}/"
LISTS = (
    "/",
    "/timeline/",
    "/people/",
    "/sources/",
    "/articles/",
    f"/search/?q={factories.TOPIC.replace('-', '+')}",
    "/feed.atom",
    "/sitemap.xml",
    "/llms.txt",
    "/quiz/?sheet=7",
    "/api/v1/topics/",
    "/api/v1/claims/",
    "/api/v1/responses/",
    "/api/v1/events/",
    "/api/v1/citations/",
    "/api/v1/tags/",
)


@pytest.fixture
def chief(published):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


@pytest.fixture
def topic(chief):
    return Topic.objects.get(slug=factories.TOPIC)


def names_it(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return factories.TOPIC.encode() in response.content.replace(f"q={factories.TOPIC}".encode(), b"")


def test_no_list_names_an_archived_topic_and_its_addresses_say_so(client, topic, chief):
    named = [address for address in LISTS if names_it(client, address)]
    assert len(named) > 8
    before = client.get(API)
    changes = client.get("/api/v1/changes/").json()
    datasets.build()
    step = archiving.archive_topic(topic_id=topic.pk, note=WHY, by=chief)
    assert [address for address in LISTS if names_it(client, address)] == []
    for address in (PAGE, f"{PAGE}editions/", f"{PAGE}editions/1/", f"{PAGE}map/", f"{PAGE}brief/"):
        response = client.get(address)
        page = response.content.decode()
        assert (response.status_code, "Archived on" in page, WHY in page) == (200, True, True), address
        assert '<meta name="robots" content="noindex">' in page, address
    now = client.get(API)
    assert (now.status_code, now.content) == (200, before.content)
    assert now["Edition-Archived"] == http_date(step.at.timestamp())
    assert "Edition-Archived" not in before
    [edition] = client.get(f"{API}editions/").json()["results"]
    assert edition["archive_note"] == WHY
    [entry] = client.get("/api/v1/changes/", {"since": changes["since"]}).json()["results"]
    assert (entry["change"], entry["topic"], entry["archive_note"]) == ("archived", factories.TOPIC, WHY)
    assert not made.is_made()
    datasets.build()
    assert made.is_made()
    assert Dataset.objects.first().archiving == step


def test_what_is_brought_back_is_where_it_was(client, topic, chief):
    named = [address for address in LISTS if names_it(client, address)]
    datasets.build()
    archiving.archive_topic(topic_id=topic.pk, note=WHY, by=chief)
    since = client.get("/api/v1/changes/").json()["since"]
    archiving.bring_back_topic(topic_id=topic.pk, note="Open again.", by=chief)
    assert [address for address in LISTS if names_it(client, address)] == named
    assert WHY not in client.get(PAGE).content.decode()
    assert "Edition-Archived" not in client.get(API)
    [entry] = client.get("/api/v1/changes/", {"since": since}).json()["results"]
    assert (entry["change"], "archived_at" in entry) == ("reinstated", False)
    datasets.build()
    assert made.is_made()
    assert len({one.state for one in Dataset.objects.all()}) == 1
