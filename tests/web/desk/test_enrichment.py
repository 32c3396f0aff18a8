"""Looking works up at the desk and over REST: libraries of Zotero, and open copies for readers."""

import pytest
from django.urls import reverse

from perspectives.models import IntakeBatch, Source
from perspectives.rules.sources.short_reference import other_address
from perspectives.rules.sources.source_record import SourceRecord
from tests import factories
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import Curator
from tests.clients import registry_servers
from tests.clients.registry_servers import COPY, KEY, Handler, zotero_items

SOURCE = "pratt2018timber"
PAGE = reverse("desk-source-open-copy", args=[SOURCE])
INTAKE = reverse("desk-intake")


@pytest.fixture(autouse=True)
def server(settings):
    yield from registry_servers.playing(settings)


@pytest.fixture
def moderator(signed_in, drafts):
    Source.objects.filter(key=SOURCE).update(record=factories.source_record(DOI="10.1000/piers"))
    return signed_in("moderator")


def test_an_own_library_is_handed_in_by_its_key_which_no_page_shows(moderator):
    client, _ = moderator
    Handler.libraries["users/475425"] = (7, zotero_items(2))
    made = client.post(INTAKE, {"text": "", "zotero_key": KEY}, follow=True)
    page = made.content.decode()
    assert "from Zotero, <code>users/475425</code> (version 7)" in page
    again = client.post(INTAKE, {"text": "", "zotero_key": KEY}).content.decode()
    assert "Nothing has changed in users/475425 since intake" in again
    wrong = client.post(INTAKE, {"text": "https://www.zotero.org/jdoe", "zotero_key": KEY}).content.decode()
    assert "Only a group&#x27;s address with its number can be read" in wrong
    assert KEY not in page + again + wrong
    assert "Paste something or choose a file" in client.post(INTAKE, {"text": ""}).content.decode()
    assert "Zotero users/475425" in client.get(INTAKE).content.decode()
    assert IntakeBatch.objects.count() == 1


def test_an_open_copy_is_put_into_the_record(moderator):
    client, _ = moderator
    address = reverse("desk-source", args=[SOURCE])
    assert PAGE in client.get(address).content.decode()
    page = client.get(PAGE)
    text = page.content.decode()
    assert "with a repository, as it was accepted after review" in text
    assert "licence: <bdi>cc-by</bdi>" in text
    sent = {"address": COPY["url"], "version": page.context["version"]}
    assert client.post(PAGE, sent, follow=True).redirect_chain == [(address, 302)]
    record = Source.objects.get(key=SOURCE).record
    assert record["URL"] == COPY["url"]
    assert other_address(SourceRecord.model_validate(record)) == COPY["url"]
    assert "That is the address in the record." in client.get(PAGE).content.decode()
    assert client.post(PAGE, sent).status_code == 409


def test_where_nobody_knows_of_a_copy_the_page_says_so(moderator, settings):
    client, _ = moderator
    Source.objects.filter(key=SOURCE).update(record=factories.source_record(DOI="10.1000/closed"))
    assert "knows of no copy" in client.get(PAGE).content.decode()
    settings.UNPAYWALL_EMAIL = ""
    assert "UNPAYWALL_EMAIL is not set" in client.get(PAGE).content.decode()
    assert PAGE not in client.get(reverse("desk-source", args=[SOURCE])).content.decode()


def test_all_of_it_over_rest(moderator):
    _, person = moderator
    curator = Curator(person)
    place = f"sources/{SOURCE}/open-copy/"
    found = curator.get(place)
    assert found.json() == {
        "address": COPY["url"], "version": "acceptedVersion", "host_type": "repository", "license": "cc-by"
    }  # fmt: skip
    taken = curator.post(place, {"address": COPY["url"]}, version=found["ETag"])
    assert (taken.status_code, taken.json()["URL"]) == (200, COPY["url"])
    assert_problem(
        curator.post(place, {"address": "https://old.example/"}, version=taken["ETag"]), 412, "precondition_failed"
    )
    Source.objects.filter(key=SOURCE).update(record=factories.source_record(DOI="10.1000/closed"))
    assert_problem(curator.get(place), 404, "not_found")
    Handler.libraries["groups/12"] = (9, zotero_items(1))
    group = {"text": "https://www.zotero.org/groups/12/rivers"}
    made = curator.post("intakes/", group)
    assert (made.status_code, made.json()["library"], made.json()["library_version"]) == (201, "groups/12", 9)
    assert_problem(curator.post("intakes/", group), 409, "not_possible")


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ({"DOI": "10.1000/piers", "URL": "https://doi.org/10.1000/piers"}, ""),
        ({"DOI": None, "URL": "https://piers.example/"}, ""),
        ({"DOI": "10.1000/piers"}, ""),
        ({"DOI": "10.1000/piers", "URL": "https://piers.example/"}, "https://piers.example/"),
    ],
)
def test_readers_are_led_to_another_address_only_beside_a_doi(record, address):
    assert other_address(SourceRecord.model_validate(factories.source_record(**record))) == address
