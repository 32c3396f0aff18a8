"""The Atom feed of new editions."""

import pytest
from lxml import etree

from perspectives.actions.publication import publishing, retracting
from perspectives.models import Crux, Edition, Topic
from perspectives.web.browse import feed
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address="/feed.atom"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(element, name):
    return [found.text for found in element.iter(f"{ATOM}{name}")]


def test_it_has_what_atom_requires(client, published):
    root = read(client)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author", "rights"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": "http://testserver/feed.atom", "alternate": "http://testserver/"}
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200


def test_it_tells_of_all_editions_newest_first(client, published, topic, proposer, reviewer):
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="Now with <b>a survey</b>")
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    entries = read(client).findall(f"{ATOM}entry")
    assert texts(entries[0], "title") == [f"{topic.title}: edition 2"]
    assert texts(entries[0], "summary") == ["Now with <b>a survey</b>"]
    assert len(entries) == Edition.objects.count() == len(published) + 1
    times = texts(read(client), "updated")[1:]
    assert times == sorted(times, reverse=True)
    assert texts(entries[-1], "summary") == ["First edition, published from the fixtures without a second person."]


def test_drafts_do_not_show(client, published):
    Topic.objects.update(title="A DRAFT")
    assert b"A DRAFT" not in client.get("/feed.atom").content


def test_it_ends_after_fifty(client, published, monkeypatch):
    monkeypatch.setattr(feed, "ENTRIES", 2)
    assert len(read(client).findall(f"{ATOM}entry")) == 2


def test_a_reader_who_holds_it_is_told_so(client, published, topic, proposer, reviewer):
    first = client.get("/feed.atom")
    for held in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = client.get("/feed.atom", headers={**held, "accept-encoding": "gzip"})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]) or (
            "if-modified-since" in held and (again.status_code, again.content) == (304, b"")
        )
    Crux.objects.filter(topic=topic, order=0).update(would_settle="A new survey.")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="Again")
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    assert client.get("/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_its_own_address_has_no_query(client, published):
    assert b"utm" not in client.get("/feed.atom?utm=1").content


def test_nothing_published_is_an_empty_feed(client):
    assert texts(read(client), "id") == ["http://testserver/"]


def test_the_home_page_tells_of_it(client, published):
    assert '<link rel="alternate" type="application/atom+xml" href="/feed.atom"' in client.get("/").content.decode()
    assert factories.TOPIC in client.get("/feed.atom").content.decode()


TOPIC_FEED = f"/topics/{factories.TOPIC}/feed.atom"


def publish_again(topic, proposer, reviewer, note):
    Crux.objects.filter(topic=topic, order=0).update(would_settle=f"A new survey: {note}")
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note=note)
    return publishing.approve(proposal_id=proposal.pk, by=reviewer)


def test_a_topic_has_a_feed_of_its_own_which_says_what_editions_correct(client, published, topic, proposer, reviewer):
    publish_again(topic, proposer, reviewer, "A better survey")
    root = read(client, TOPIC_FEED)
    entries = root.findall(f"{ATOM}entry")
    assert [texts(one, "title") for one in entries] == [[f"{topic.title}: edition {number}"] for number in (2, 1)]
    [words] = texts(entries[0], "summary")
    assert words.startswith("A better survey (changed: cruxes › ")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://testserver{TOPIC_FEED}",
        "alternate": f"http://testserver/topics/{factories.TOPIC}/",
    }
    assert texts(root, "id")[0] == links["alternate"]
    for entry in entries:
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200
    assert client.get("/topics/none/feed.atom").status_code == 404


def test_many_changes_are_told_in_short(client, published, topic, proposer, reviewer, monkeypatch):
    monkeypatch.setattr(feed, "_CHANGES_TOLD", 1)
    Topic.objects.filter(pk=topic.pk).update(background="Another background.", question="Another question?")
    publish_again(topic, proposer, reviewer, "Much")
    assert "; and 2 more)" in texts(read(client, TOPIC_FEED), "summary")[0]


@pytest.mark.parametrize("address", ["/feed.atom", TOPIC_FEED])
def test_a_retraction_is_an_entry_of_its_own(client, published, topic, chief, address):
    edition = Edition.objects.get(topic=topic)
    before = texts(read(client, address), "id")
    held = client.get(address)
    retracting.retract(edition_id=edition.pk, note="A source was withdrawn.", by=chief)
    assert client.get(address, headers={"if-none-match": held["ETag"]}).status_code == 200
    root = read(client, address)
    first = root.find(f"{ATOM}entry")
    assert texts(first, "title") == [f"{topic.title}: edition 1 was retracted"]
    assert texts(first, "id") == [f"urn:sha256:{edition.sha256}#retraction"]
    assert "A source was withdrawn." in texts(first, "summary")[0]
    assert sorted([*before, *texts(first, "id")]) == sorted(texts(root, "id"))


def test_the_feed_of_a_topic_is_read_once_and_found_from_its_page(client, published):
    first = client.get(TOPIC_FEED)
    for held in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = client.get(TOPIC_FEED, headers=held)
        assert (again.status_code, again.content) == (304, b"")
    page = client.get(f"/topics/{factories.TOPIC}/").content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="{TOPIC_FEED}"' in page
    assert f'type="text/turtle" href="/api/v1/topics/{factories.TOPIC}/editions/1.ttl"' in page
    assert factories.OTHER_TOPIC not in first.content.decode()
