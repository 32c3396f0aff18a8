"""From the address of a page to the frame in which another site shows it."""

import json
import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from perspectives.serving.frames import BRIEF_SIZE, CLAIM_SIZE, TOPIC_SIZE
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
TOPIC = f"/topics/{factories.TOPIC}/"
CLAIM = f"/embed/claims/{factories.TOPIC}/o1/"
ROUTE = "/api/v1/oembed/"
TITLE = "Replacing or repairing the footbridge"


def asked(client, address, **more):
    return client.get(ROUTE, {"url": address, **more})


@pytest.mark.parametrize(
    ("address", "embedded"),
    [
        (TOPIC, f"/embed{TOPIC}"),
        (f"{TOPIC}?style=mla#part_cruxes", f"/embed{TOPIC}"),
        (f"{TOPIC}brief/", f"/embed{TOPIC}brief/"),
        (f"{TOPIC}#o1", CLAIM),
        (f"{TOPIC}#o999", f"/embed{TOPIC}"),
        (f"{TOPIC}editions/1/", f"/embed{TOPIC}editions/1/"),
        (f"{TOPIC}editions/2/#o1", f"/embed{TOPIC}editions/2/"),
        (f"/api/v1/claims/{factories.TOPIC}/o1/", CLAIM),
    ],
)
def test_an_address_of_ours_becomes_a_frame_that_answers(client, library, address, embedded):
    said = asked(client, SITE + address).json()
    size = {CLAIM: CLAIM_SIZE, f"/embed{TOPIC}brief/": BRIEF_SIZE}.get(embedded, TOPIC_SIZE)
    assert (said["type"], said["version"], (said["width"], said["height"])) == ("rich", "1.0", size)
    (source,) = re.findall(r'^<iframe src="([^"]+)" width="\d+" height="\d+" title="[^"]+"></iframe>$', said["html"])
    assert source == SITE + embedded
    assert client.get(source.removeprefix(SITE)).status_code == 200


def test_all_members_and_no_author(client, library):
    assert asked(client, f"{SITE}{TOPIC}").json() == {
        "type": "rich",
        "version": "1.0",
        "title": TITLE,
        "provider_name": "Debate KB",
        "provider_url": f"{SITE}/",
        "cache_age": 86_400,
        "html": f'<iframe src="{SITE}/embed{TOPIC}" width="640" height="460" title="Debate KB: {TITLE}"></iframe>',
        "width": 640,
        "height": 460,
    }


@pytest.mark.parametrize("address", [TOPIC, f"{TOPIC}brief/", f"{TOPIC}editions/1/"])
def test_a_topic_page_leads_to_its_frame(client, library, address):
    head = client.get(address).content.decode().partition("</head>")[0]
    link = r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)" title="([^"]+)">'
    ((found, title),) = re.findall(link, head)
    assert title == TITLE
    said = client.get(unescape(found).removeprefix(SITE)).json()
    assert f'src="{SITE}/embed{address}"' in said["html"]


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ({"maxwidth": "320"}, (320, 460)),
        ({"maxheight": "200"}, (640, 200)),
        ({"maxwidth": "99999", "maxheight": "1", "format": "json"}, (640, 1)),
    ],
)
def test_the_frame_takes_no_more_room_than_there_is(client, library, more, size):
    said = asked(client, f"{SITE}{TOPIC}", **more).json()
    assert (said["width"], said["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in said["html"]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "wide", "100000", "1e3", "\u0663", "9" * 500])
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
def test_room_that_is_no_number_of_pixels(client, library, name, value):
    assert_problem(asked(client, f"{SITE}{TOPIC}", **{name: value}), 400, "invalid_parameter", parameter=name)


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        TOPIC,
        f"//testserver{TOPIC}",
        f"ftp://testserver{TOPIC}",
        f"javascript://testserver{TOPIC}",
        f"http://evil.example{TOPIC}",
        f"http://testserver.evil.example{TOPIC}",
        f"http://testserver@evil.example{TOPIC}",
        f"http://user@testserver{TOPIC}",
        f"http://testserver:81{TOPIC}",
        f"http://[::1{TOPIC}",
        f"{SITE}/",
        f"{SITE}/about/",
        f"{SITE}/nowhere/",
        f"{SITE}/articles/{factories.ARTICLE}/",
        f'{SITE}/topics/"><script>alert(1)</script>/',
    ],
)
def test_other_addresses_are_refused_and_not_repeated(client, library, address):
    problem = assert_problem(asked(client, address), 404, "not_found", parameter="url")
    assert address not in problem["detail"]
    assert "script" not in json.dumps(problem)


@pytest.mark.parametrize(
    "address",
    [
        "/topics/unheard-of/",
        "/topics/unheard-of/#o1",
        f"{TOPIC}editions/99/",
        f"{TOPIC}editions/{'9' * 3000}/",
        f"/api/v1/claims/{factories.TOPIC}/o999/",
        "/api/v1/claims/unheard-of/o1/",
    ],
)
def test_what_is_not_published_is_not_found(client, library, address):
    assert_problem(asked(client, SITE + address), 404, "not_found")


def test_the_address_must_be_given(client):
    problem = assert_problem(client.get(ROUTE), 400, "invalid_parameter", parameter="url")
    assert problem["detail"] == "'url' is missing; give it."


def test_the_answer_is_given_as_xml_too(client, library):
    given = asked(client, f"{SITE}{TOPIC}").json()
    for response in (
        asked(client, f"{SITE}{TOPIC}", format="xml"),
        client.get(ROUTE, {"url": f"{SITE}{TOPIC}"}, headers={"accept": "text/xml"}),
    ):
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)
        assert root.tag == "oembed"
        assert {child.tag: child.text for child in root} == {name: str(value) for name, value in given.items()}
    assert_problem(asked(client, f"{SITE}{TOPIC}", format="yaml"), 400, "invalid_parameter", parameter="format")


def test_titles_are_escaped(client, library, monkeypatch):
    title = 'A "<b>bold</b>" title'
    document = factories.topic_edition(title=title)
    monkeypatch.setattr(
        "perspectives.queries.publication.published.topic_document", lambda *_args, **_more: (document, None)
    )
    said = asked(client, f"{SITE}{TOPIC}").json()
    assert said["title"] == title
    assert 'title="Debate KB: A &quot;&lt;b&gt;bold&lt;/b&gt;&quot; title"' in said["html"]


@pytest.mark.parametrize("address", [TOPIC, f"{TOPIC}#o1", f"{TOPIC}editions/1/"])
def test_it_costs_one_query(client, library, django_assert_num_queries, address):
    with django_assert_num_queries(1):
        assert client.get(f"{ROUTE}?url={quote(SITE + address, safe='')}").status_code == 200
