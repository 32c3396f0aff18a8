"""Briefs as pages, frames and API, and the picture that chat programs show."""

import re
from html import unescape
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from perspectives.clients import pictures
from perspectives.rules.topics.brief import brief
from perspectives.valkey import cache
from perspectives.web.topics.preview_drawing import Preview
from tests import content, factories
from tests.web.topics.test_argument_map import ELEMENT, HOSTILE, STORED, hostile, size_of_png, words

PAGE = f"/topics/{factories.TOPIC}/brief/"
PNG = f"/topics/{factories.TOPIC}/brief.png"
LONGEST = 20_000
"""The most bytes of a brief's page."""


def drawn(document):
    return render_to_string("perspectives/topic/preview.html", {"preview": Preview(document)})


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_brief_is_light(slug):
    document = content.topic(slug)
    request = RequestFactory().get(reverse("topic-brief", args=[slug]))
    context = {"brief": brief(document), "document": document, "stored": STORED, "citation": SimpleNamespace()}
    page = render_to_string("perspectives/brief.html", context, request=request)
    assert len(page.encode()) <= LONGEST
    for answer in brief(document).answers:
        assert all(str(position.words) in unescape(page) for position in answer.positions)


@pytest.mark.django_db
def test_the_page_has_all_that_a_reader_needs(client, published):
    page = text(client, PAGE)
    for said in (
        "<h1>Should the village of Nether Wending replace its old footbridge?</h1>",
        "Two planks are soft. The bridge is used every day.",
        "<strong>Mend what stands.</strong> The old bridge is still strong.",
        "(Summary, not yet in plain words.)",
        "<strong>Held by</strong> Mara Ellingwood, Lemuel Pratt.",
        "“oak that has carried us dry-shod”",
        '<p lang="de">“ebenso oft erhalten wie ersetzt”</p>',
        "“kept as often as replaced”",
        "Is the frame rotten beneath the planks?",
        "A probe of all forty planks and both beams.",
    ):
        assert said in page
    topic = f"/topics/{factories.TOPIC}/"
    for address in (topic, f"{topic}#part_cite", f"{topic}handout/", f"/quiz/?topic={factories.TOPIC}", f"{topic}#s1"):
        assert f'href="{address}"' in page
    assert f"&lt;iframe src=&quot;http://testserver/embed{PAGE}&quot;" in page


@pytest.mark.django_db
def test_it_is_linked_from_topic_and_home(client, published):
    for address in (f"/topics/{factories.TOPIC}/", "/"):
        assert f'href="{PAGE}"' in text(client, address)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["brief/", "brief.png"])
def test_a_topic_that_is_not_published_has_no_brief(client, drafts, ending):
    assert client.get(f"/topics/{factories.TOPIC}/{ending}").status_code == 404


@pytest.mark.django_db
def test_without_quotation_or_crux_or_position_the_page_says_so(client, published):
    document = factories.topic_edition(cruxes=[], common_ground=[])
    bare = document.perspectives[0].model_copy(update={"claims": ()})
    without = document.model_copy(update={"perspectives": (bare,)})
    page = " ".join(render_to_string("perspectives/topic/brief.html", {"brief": brief(without)}).split())
    assert "No quotation is held for this side." in page
    assert page.count("No position of this side is known here.") == 2
    assert "What all sides accept" not in page
    assert "Where they part" not in page


@pytest.mark.django_db
def test_the_frame_shows_the_same(client, published):
    page = text(client, f"/embed{PAGE}")
    assert "“oak that has carried us dry-shod”" in page
    assert f'href="http://testserver/topics/{factories.TOPIC}/#s1"' in page


@pytest.mark.django_db
def test_programs_get_the_same(client, published):
    made = client.get(f"/api/v1{PAGE}").json()
    assert made["url"] == f"http://testserver{PAGE}"
    assert made["accepted"] == ["Two planks are soft.", "The bridge is used every day."]
    assert [answer["stance"] for answer in made["answers"]] == ["author", "opposing", "neutral"]
    quotation = made["answers"][0]["quotation"]
    assert quotation["quote"] == "oak that has carried us dry-shod"
    assert quotation["claim"] == f"{factories.TOPIC}/s1"
    assert made["parting"]["kind"] == "fact"
    lacking = factories.topic_edition(cruxes=[], common_ground=[])
    assert brief(lacking).parting is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/topics/{factories.TOPIC}/", PAGE])
def test_chat_programs_are_told_what_to_show(client, published, address):
    page = text(client, address)
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page))
    assert told["og:title"] == "Replacing or repairing the footbridge"
    assert told["og:description"] == "Should the village of Nether Wending replace its old footbridge?"
    assert told["og:url"] == f"http://testserver{address}"
    assert told["og:image"] == f"http://testserver{PNG}"
    assert told["twitter:card"] == "summary_large_image"
    size = size_of_png(client.get(PNG).content)
    assert tuple(map(str, size)) == (told["og:image:width"], told["og:image:height"])


@pytest.mark.django_db
def test_an_edition_that_is_not_current_shows_no_picture(client, second_edition):
    assert "og:image" not in text(client, f"/topics/{factories.TOPIC}/editions/1/")


@pytest.mark.django_db
def test_the_picture_is_made_once(client, published, monkeypatch):
    cache.clear()
    first = client.get(PNG)
    assert first["Content-Type"] == "image/png"
    monkeypatch.setattr(pictures, "png", None)
    assert client.get(PNG).content == first.content
    assert client.get(PNG, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_picture_shows_the_question_and_a_position_of_each_side_within_its_frame(slug):
    document = content.topic(slug)
    preview = Preview(document)
    root = ElementTree.fromstring(drawn(document))
    shown = words(root)
    assert document.title in shown
    assert " ".join(line for _, line in preview.question) == document.question
    for column in preview.columns:
        position = next(side.label for side in document.perspectives if side.stance is column.stance)
        label = " ".join(line for _, line in column.lines)
        assert position.startswith(label.rstrip("…"))
        assert max(height for height, _ in column.lines) < preview.foot - 13
    assert max(height for height, _ in preview.question) < preview.heads
    assert all(float(one.get("y")) < preview.height for one in root.iter(f"{ELEMENT}tspan"))


def test_hostile_texts_stay_texts():
    document = hostile()
    sides = tuple(side.model_copy(update={"label": HOSTILE}) for side in document.perspectives)
    svg = drawn(document.model_copy(update={"perspectives": sides}))
    assert not list(ElementTree.fromstring(svg).iter(f"{ELEMENT}script"))
    assert size_of_png(pictures.png(svg, width=600, height=315)) == (1200, 630)
    request = RequestFactory().get("/topics/x/brief/")
    context = {"brief": brief(document), "document": document, "stored": STORED}
    page = render_to_string("perspectives/brief.html", context, request=request)
    assert "<script>alert" not in page


def test_a_side_without_a_position_has_an_empty_column():
    document = factories.topic_edition()
    [column, *_] = Preview(document.model_copy(update={"perspectives": ()})).columns
    assert column.lines == ()
