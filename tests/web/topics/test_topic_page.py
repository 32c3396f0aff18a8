"""What the page of a topic offers besides its content: ways through it, names that lead on, and what to take away."""

import json
import re
from html import unescape

import pytest

from perspectives.rules.formats.linked_data.page_data import page_data
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"

pytestmark = pytest.mark.django_db


def text(client, address=TOPIC):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_five_minutes_lead_to_the_strongest_exchange_the_crux_and_the_rest(client, published):
    page = text(client)
    five = page.partition('id="part_five"')[2].partition("</nav>")[0]
    assert 'href="#row_1">The strongest exchange, claim 1: The oak frame is sound' in five
    assert f'href="{TOPIC}brief/">The brief: each side in plain words' in five
    anchors = re.findall(r'href="#([^"]+)"', five)
    assert anchors == ["row_1", "part_cruxes", "part_comparison"]
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_each_row_says_which_of_how_many_it_is_and_leads_back_to_the_contents(client, published):
    page = text(client)
    place = r'<h4 id="row_(\d)">Claim <b>(\d)</b> of (\d)</h4> <a href="#contents">'
    places = re.findall(place, page)
    assert places == [(str(number), str(number), "4") for number in range(1, 5)]
    assert 'id="contents"' in page


def test_one_side_alone_keeps_the_numbers_of_the_rows(client, published):
    places = re.findall(r"Claim <b>(\d)</b> of (\d)", text(client, f"{TOPIC}?view=neutral"))
    assert places == [("1", "4"), ("2", "4"), ("3", "4")]


def test_a_claim_names_who_states_it_and_a_position_who_holds_it(client, published):
    page = text(client)
    timber = page.partition('id="s3"')[2].partition('class="claim-meta"')[0]
    assert "Stated by" not in timber, "no cited work states it"
    letter = page.partition('id="o3"')[2].partition('class="claim-meta"')[0]
    assert '<strong>Stated by</strong> <a href="/people/imaginary-county-of-wend/">' in letter
    assert '<strong>Held by</strong> <a href="/people/mara-ellingwood/">Mara Ellingwood</a>, <a' in page


def test_an_earlier_edition_names_people_without_links(client, second_edition):
    page = text(client, f"{TOPIC}editions/1/")
    assert "<strong>Stated by</strong> Mara Ellingwood." in page
    assert 'href="/people/mara-ellingwood/"' not in page, "the index knows current editions alone"
    assert 'id="embed_code"' not in page


@pytest.mark.parametrize(
    ("suffix", "words"), [("bibtex", "year = {"), ("bib", "date = {"), ("ris", "TY  - "), ("csljson", '"id"')]
)
def test_the_bibliography_of_the_edition_is_taken_away(client, published, suffix, words):
    page = text(client)
    address = f"/api/v1{TOPIC}editions/1.{suffix}"
    assert f'href="{address}" download="{factories.TOPIC}-edition-1.{suffix}"' in page
    response = client.get(address)
    body = response.content.decode()
    assert words in body
    assert "pratt2018timber" in body
    assert "immutable" in response["Cache-Control"]


def test_the_frame_for_other_pages_can_be_copied_without_a_script(client, published):
    value = re.search(r'id="embed_code" type="text" value="([^"]+)" readonly', text(client))[1]
    assert unescape(value).startswith(f'<iframe src="http://testserver/embed{TOPIC}" width="640"')


@pytest.mark.parametrize("address", [TOPIC, "/", "/people/"])
def test_signing_in_is_offered_in_the_head_of_every_page(client, published, address):
    head = text(client, address).partition('<header class="site-head">')[2].partition("</header>")[0]
    assert 'href="/account/sign-in/">Sign in</a>' in head


def test_programs_find_the_same_topic_in_their_own_forms(client, published):
    page = text(client)
    head = page.partition("</head>")[0]
    found = re.findall(r'<link rel="alternate" type="([^"]+)" href="(/[^"]+)"', head)
    assert len(found) == 9
    for media, address in found:
        assert client.get(address)["Content-Type"].partition(";")[0] == media
    told = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', head)[1])
    assert (told["@type"], told["url"]) == ("LearningResource", f"http://testserver{TOPIC}editions/1/")
    works = page.partition('id="part_bibliography"')[2].partition("</section>")[0]
    assert works.count('class="Z3988"') == works.count('<p class="reference">') == 2


def test_what_is_told_to_programs_cannot_end_its_element():
    document = factories.topic_edition(title="A </script> in a title")
    told = page_data(document, "https://example.org/", "2026-01-01T00:00:00+00:00")
    assert "<" not in told
    assert json.loads(told)["name"] == "A </script> in a title"
