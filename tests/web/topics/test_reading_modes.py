"""Ways to read a topic: what is shown, what stands first, what is remembered."""

import re

import pytest

from perspectives.vocab import Stance
from perspectives.web.topics.reading_modes import Reading
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"
EDITION = f"{TOPIC}editions/1/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def heads(written):
    """List the sides in the order of their columns."""
    columns = written.partition('class="column-heads"')[2].partition("</div>")[0]
    return re.findall(r"mark-(\w+)", columns)


def shown(written):
    """List the sides whose claims are shown whole, by the first letter of the claims' ids."""
    comparison = written.partition('id="part_comparison"')[2].partition('id="part_bibliography"')[0]
    return set(re.findall(r'class="claim" id="([son])\d', comparison))


@pytest.mark.parametrize("address", [TOPIC, EDITION])
def test_any_side_can_stand_first(client, address):
    assert heads(page(client, address)) == ["author", "opposing", "neutral"]
    assert heads(page(client, f"{address}?first=neutral")) == ["neutral", "author", "opposing"]


def test_the_side_that_stands_first_is_remembered(client):
    page(client, f"{TOPIC}?first=opposing")
    cookie = client.cookies["first"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == ("opposing", "Lax", True)
    assert heads(page(client, TOPIC)) == ["opposing", "neutral", "author"]
    assert heads(page(client, f"{TOPIC}?first=author")) == ["author", "opposing", "neutral"]
    assert client.get(TOPIC)["Vary"] == "Accept-Encoding, HX-Request, Cookie"


@pytest.mark.parametrize("remembered", ["nonsense", "", "author\x00", "x" * 4000])
def test_a_remembered_value_that_is_none_is_passed_over(client, remembered):
    client.cookies["first"] = remembered
    assert heads(page(client, TOPIC)) == ["author", "opposing", "neutral"]


def test_one_side_alone_is_shown_with_what_it_answers(client):
    assert shown(page(client, TOPIC)) == {"s", "o", "n"}
    assert shown(page(client, f"{TOPIC}?view=author")) == {"s"}
    assert shown(page(client, f"{TOPIC}?view=neutral")) <= {"s", "o", "n"}
    only = page(client, f"{TOPIC}?view=opposing")
    assert "o" in shown(only)
    assert "n" not in shown(only)
    assert heads(only) == ["author", "opposing"]


def test_evidence_stands_open_where_only_evidence_is_read(client):
    assert '<details class="evidence">' in page(client, TOPIC)
    written = page(client, f"{TOPIC}?view=evidence")
    assert '<details class="evidence">' not in written
    assert written.count('<details class="evidence" open>') > 3


def test_links_keep_the_other_choices(client):
    written = page(client, f"{TOPIC}?view=evidence&style=ieee")
    assert 'href="?view=evidence&amp;style=mla#part_bibliography"' in written or "References are being" in written
    assert 'href="?view=evidence&amp;style=ieee&amp;first=opposing#part_comparison"' in written
    assert 'href="?style=ieee#part_comparison"' in written


@pytest.mark.parametrize(("name", "known"), [("view", Reading), ("first", Stance.values)])
def test_choices_that_are_none_are_refused_in_words(client, name, known):
    response = client.get(f"{TOPIC}?{name}=sideways")
    assert response.status_code == 400
    assert all(value in response.content.decode() for value in known)
    assert not response.cookies
