"""The argument map: its page, its drawing alone, its picture; told with the footbridge and with every real topic."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from redis import RedisError

from perspectives.clients import pictures
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.valkey import cache
from perspectives.vocab import ResponseType, Stance
from perspectives.web.argument_map import views as argument_map_views
from perspectives.web.argument_map.drawing import INKS, LOOKS, Map
from perspectives.web.http import cached_files
from tests import content, factories

PAGE = f"/topics/{factories.TOPIC}/map/"
SVG = f"/topics/{factories.TOPIC}/map.svg"
PNG = f"/topics/{factories.TOPIC}/map.png"
ELEMENT = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script> & \"quoted\" ]]> \ufffe --> &amp; </svg>"
STORED = SimpleNamespace(number=1, published_at=datetime(2024, 6, 20, tzinfo=UTC), sha256="0" * 64)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def alone(document):
    made = Map(document, "https://debate.example/topics/x/")
    context = {"map": made, "document": document, "stored": STORED, "address": "https://debate.example/topics/x/"}
    return made, render_to_string("perspectives/map/drawing.html", {**context, "is_alone": True})


def size_of_png(body):
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(body[16:20]), int.from_bytes(body[20:24])


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def hostile():
    """The footbridge with a hostile text wherever a map shows one."""
    changed = factories.topic_document()
    sides = [
        {**side, "claims": [{**claim, "text": HOSTILE} for claim in side["claims"]]} for side in changed["perspectives"]
    ]
    links = [{**link, "note": HOSTILE} for link in changed["responses"]]
    document = factories.topic_edition(title=HOSTILE, question=HOSTILE, perspectives=sides, responses=links)
    head = document.article_head.model_copy(update={"author_short": HOSTILE})
    return document.model_copy(update={"article_head": head})


@pytest.mark.parametrize("slug", content.TOPICS)
def test_every_topic_makes_a_drawing_that_is_xml(slug):
    document = content.topic(slug)
    made, svg = alone(document)
    root = ElementTree.fromstring(svg)
    nodes = [link for link in root.iter(f"{ELEMENT}a") if link.get("class", "").startswith("map-node")]
    claims = {claim.id: claim.text for side in document.perspectives for claim in side.claims}
    assert sorted(link.get("data-claim") for link in nodes) == sorted(claims)
    for link in nodes:
        name = link.get("data-claim")
        assert link.get("href") == f"https://debate.example/topics/x/#{name}"
        assert claims[name] in link.get("aria-label")
        assert words(link).partition(f" {name} ")[2].rstrip("…") in claims[name]
    relations = [words(text) for text in root.iter(f"{ELEMENT}text") if text.get("class") == "map-relation"]
    assert relations == [response.type.label for response in document.responses]
    assert root.get("viewBox") == f"0 {made.top} {made.drawing.width} {made.full_height}"


def test_a_drawing_becomes_a_picture_of_twice_its_size():
    made, svg = alone(content.topic(content.TOPICS[0]))
    size = made.drawing.width, made.full_height
    assert size_of_png(pictures.png(svg, width=size[0], height=size[1])) == (2 * size[0], 2 * size[1])


def test_hostile_texts_stay_texts():
    document = hostile()
    _, svg = alone(document)
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{ELEMENT}script"))
    assert "<script" not in svg
    assert "<script>alert('1')</script>" in words(root)
    assert size_of_png(pictures.png(svg, width=100, height=100)) == (200, 200)


def test_hostile_texts_stay_texts_on_the_page_too():
    document = hostile()
    context = {"map": Map(document, "/"), "document": document, "stored": STORED}
    page = render_to_string("perspectives/map.html", {**context, "citation": SimpleNamespace(origin=None)})
    assert page.count("<script") == page.count('<script type="module" src="/static/') == 2
    assert 'src="/static/perspectives/js/map.js"' in page
    assert "</svg> " not in page.replace("</svg> <a", "").partition('class="map"')[2].partition('id="part_list"')[0]


@pytest.mark.django_db
def test_the_page_shows_drawing_and_list_and_leads_to_the_rest(client, published):
    page = " ".join(client.get(PAGE).content.decode().split())
    assert "<h1>Should the village of Nether Wending replace its old footbridge?</h1>" in page
    for address in (SVG, PNG, f"/api/v1/topics/{factories.TOPIC}.argdown", f"/topics/{factories.TOPIC}/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    drawn, _, told = page.partition('id="part_list"')
    document = factories.topic_edition()
    for side in document.perspectives:
        for claim in side.claims:
            assert drawn.count(f'id="map_{claim.id}"') == 1
            assert told.count(f'id="list_{claim.id}"') == 1
    for response in document.responses:
        assert told.count(response.note) == 1


@pytest.mark.django_db
def test_a_claims_name_says_what_its_arrows_show(client, published):
    page = client.get(PAGE).content.decode()
    [name] = re.findall(r'data-claim="o1" aria-label="([^"]+)"', page)
    assert name.startswith("Opposing o1: ")
    assert "Answers: rebuts s1." in name
    [name] = re.findall(r'data-claim="s1" aria-label="([^"]+)"', page)
    assert name.startswith("Ellingwood s1: ")
    assert "o1 rebuts it" in name


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "kind"), [(SVG, "image/svg+xml"), (PNG, "image/png")])
def test_a_drawing_can_be_kept_and_asked_for_again(client, published, address, kind):
    answer = client.get(address)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'inline; filename="{factories.TOPIC}-map-edition-1.{address[-3:]}"'
    assert answer["Cache-Control"] == "public, max-age=60"
    for header, value in (
        ("If-None-Match", answer["ETag"]),
        ("If-None-Match", f"W/{answer['ETag']}"),
        ("If-Modified-Since", answer["Last-Modified"]),
    ):
        again = client.get(address, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).content == answer.content
    assert client.head(address).content == b""


@pytest.mark.django_db
def test_a_later_edition_has_another_drawing(client, second_edition):
    assert 'filename="replace-or-repair-map-edition-2.svg"' in client.get(SVG)["Content-Disposition"]


@pytest.mark.django_db
def test_a_picture_is_made_once(client, published, monkeypatch):
    first = client.get(PNG)
    monkeypatch.setattr(pictures, "png", None)
    assert client.get(PNG).content == first.content
    assert client.get(PNG, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_without_the_cache_pictures_are_made_all_the_same(client, published, monkeypatch, log_of):
    class Down:
        def get(self, _key):
            raise RedisError("Nobody is there.")

        def set(self, *_):
            raise RedisError("Nobody is there.")

    monkeypatch.setattr(cached_files, "cache", Down())
    log = log_of(cached_files)
    size_of_png(client.get(PNG).content)
    assert "The cache gives no files" in log.text
    assert "The cache takes no files" in log.text


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["map/", "map.svg", "map.png"])
def test_a_topic_that_is_not_published_has_no_map(client, drafts, ending):
    assert client.get(f"/topics/{factories.TOPIC}/{ending}").status_code == 404


def test_every_kind_of_response_has_a_look_of_its_own():
    assert set(LOOKS) == set(ResponseType)
    assert len({look.dashes for look in LOOKS.values()}) == len(ResponseType)


def test_the_drawings_colours_are_those_of_the_pages():
    tokens = (Path(argument_map_views.__file__).parents[2] / "static/perspectives/css/tokens.css").read_text()
    light = tokens.partition("@media")[0]
    assert {stance: re.search(rf"--{stance.value}: (#\w+);", light)[1] for stance in Stance} == dict(INKS)


def test_a_topic_without_responses_or_neutral_claims_is_drawn():
    document = factories.topic_edition()
    sides = tuple(side for side in document.perspectives if side.stance is not Stance.NEUTRAL)
    bare = TopicEdition.model_validate(
        {**document.model_dump(by_alias=True), "perspectives": [side.model_dump() for side in sides], "responses": ()}
    )
    _, svg = alone(bare)
    assert "Not answered, and answering nothing" in svg
    assert "Answers no other claim. Not answered." in svg
    assert ">Neutral</text>" in svg


@pytest.mark.django_db
def test_a_picture_that_cannot_be_made_is_asked_for_later(client, published, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "_PAGE", "#panic()")
        answer = client.get(PNG)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert answer.content.startswith(b"The picture cannot be made now; ask again in a moment")
    assert client.get(PNG).status_code == 200
