"""The sources of a topic for Zotero, found from its brief by unAPI."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Topic
from perspectives.policy import OPERATOR
from tests import factories

pytestmark = pytest.mark.django_db
FORMATS = {"ris": "application/x-research-info-systems"}


def listed(response):
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    return root.get("id"), {one.get("name"): one.get("type") for one in root}


def test_a_brief_leads_to_every_source_of_its_topic(client, published):
    page = client.get(f"/topics/{factories.TOPIC}/brief/").content.decode()
    [server] = re.findall(r'<link rel="unapi-server" type="application/xml" href="([^"]+)"', page)
    [topic] = re.findall(r'<abbr class="unapi-id" title="([^"]+)"></abbr>', page)
    assert listed(client.get(unescape(server))) == (None, FORMATS)
    given = client.get(server, {"id": topic, "format": "ris"})
    assert given["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    records = client.get(f"/api/v1/topics/{factories.TOPIC}.csljson").json()
    assert given.content.decode().count("ER  -") == len(records) > 1


def test_every_source_has_a_title_by_which_it_can_be_chosen(client, db):
    records = factories.source_records()
    records["weir2016cost"]["type"] = "treaty"
    files = {**factories.packs(), "sources.yaml": factories.as_yaml(records)}
    packs.load(files=files, by=OPERATOR, show=lambda _: None)
    publishing.publish_first(subjects=[Topic.objects.get(slug=factories.TOPIC)], by=OPERATOR)
    given = client.get("/unapi/", {"id": factories.TOPIC, "format": "ris"}).content.decode()
    [entry] = [entry for entry in given.split("ER  -") if "ID  - weir2016cost" in entry]
    assert "TY  - RPRT" in entry
    assert f"TI  - {records['weir2016cost']['title']}" in entry


def test_the_formats_of_a_topic_are_a_choice(client, published):
    response = client.get("/unapi/", {"id": factories.TOPIC})
    assert response.status_code == 300
    assert listed(response) == (factories.TOPIC, FORMATS)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"id": "none-such"}, 404),
        ({"id": "none-such", "format": "ris"}, 404),
        ({"id": factories.TOPIC, "format": "marc"}, 406),
        ({"format": "marc"}, 406),
        ({"id": "\x00"}, 400),
    ],
)
def test_what_is_not_there_is_refused(client, published, asked, status):
    assert client.get("/unapi/", asked).status_code == status
