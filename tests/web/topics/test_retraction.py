"""Wherever readers meet a retracted edition, they are told, and nothing else of the desk is."""

import pytest
from django.core.signing import Signer

from perspectives.actions.publication import retracting
from perspectives.actions.study import handouts
from perspectives.models import Article, Edition, Handout, User
from perspectives.rules.study import tray as rules
from perspectives.vocab import Role
from tests import factories, plain_references

TOPIC = f"/topics/{factories.TOPIC}/"
ARTICLE = f"/articles/{factories.ARTICLE}/"
SAID = "The survey of the planks was misread."

pytestmark = pytest.mark.django_db


@pytest.fixture
def retract(published):
    def action(edition):
        chief, _ = User.objects.get_or_create(username="chief", defaults={"role": Role.CHIEF_EDITOR})
        return retracting.retract(edition_id=edition.pk, note=SAID, by=chief)

    return action


def topic_edition(number=1):
    return Edition.objects.get(topic__slug=factories.TOPIC, number=number)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_the_current_edition_says_it_on_each_of_its_pages(client, retract):
    retract(topic_edition())
    for address in (TOPIC, f"{TOPIC}editions/1/", f"{TOPIC}map/"):
        page = text(client, address)
        assert "This edition was retracted on" in page
        assert SAID in page
        assert page.index(SAID) < page.index("<h1>")


def test_an_article_guide_says_it_too(client, retract):
    retract(Edition.objects.get(article=Article.objects.get()))
    for address in (ARTICLE, f"{ARTICLE}editions/1/", f"{ARTICLE}editions/"):
        assert SAID in text(client, address)


def test_a_next_edition_is_not_touched(client, retract, second_edition):
    retract(topic_edition())
    assert SAID not in text(client, TOPIC)
    assert SAID in text(client, f"{TOPIC}editions/1/")
    page = text(client, f"{TOPIC}editions/")
    assert page.count("Retracted on") == 1
    assert "A better test" in page
    assert f'href="{TOPIC}editions/2/#part_changes"' in page


def test_the_feed_says_it_and_when(client, retract):
    retraction = retract(topic_edition())
    feed = client.get("/feed.atom").content.decode()
    assert "edition 1 (retracted)" in feed
    assert f"This edition was retracted on {retraction.at:%Y-%m-%d}: {SAID}" in feed
    assert feed.count("(retracted)") == 1


def test_the_interface_for_programs_says_it_in_lists_and_leaves_the_bytes_alone(client, retract):
    before = client.get(f"/api/v1{TOPIC}").content
    retraction = retract(topic_edition())
    assert client.get(f"/api/v1{TOPIC}").content == before
    for address in (f"/api/v1{TOPIC}editions/", "/api/v1/changes/"):
        found = [one for one in client.get(address).json()["results"] if one.get("topic") == factories.TOPIC]
        assert {one["retraction_note"] for one in found} == {SAID}
        assert found[0]["retracted_at"][:19] == retraction.at.isoformat()[:19]
        others = [one for one in client.get(address).json()["results"] if one.get("topic") != factories.TOPIC]
        assert not [one for one in others if "retracted_at" in one]


def test_lists_of_the_interface_are_newer_after_a_retraction(client, retract):
    address = f"/api/v1{TOPIC}editions/"
    before = client.get(address)
    retract(topic_edition())
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200


def test_cached_pages_are_made_anew(client, retract, settings):
    settings.PUBLICATION_VERSION_TTL, settings.SITE_URL = 1e-9, "http://testserver"
    assert SAID not in text(client, TOPIC)
    assert SAID not in text(client, f"{TOPIC}editions/1/")
    retract(topic_edition())
    assert SAID in text(client, TOPIC)
    assert SAID in text(client, f"{TOPIC}editions/1/")


def test_nobody_is_handed_or_asked_anything_from_it(client, retract):
    edition = topic_edition()
    plain_references.write(edition)
    handouts.make_next()
    retract(edition)
    page = text(client, f"{TOPIC}handout/")
    assert SAID in page
    assert "There is no handout of a retracted edition." in page
    assert "Download" not in page
    assert client.get(f"{TOPIC}handout.pdf").status_code == 302
    handouts.make_next()
    assert not Handout.objects.exists()
    assert client.get("/quiz/", {"sheet": 1, "topic": factories.TOPIC}).status_code == 404
    assert f"{factories.TOPIC}/" not in text(client, "/quiz/?sheet=1")


def test_frames_the_home_page_and_the_tray_say_it(client, retract):
    assert "Retracted" not in text(client, "/")
    client.post("/tray/", {"pin": f"{factories.TOPIC}/s1"}, headers={"sec-fetch-site": "same-origin"})
    retract(topic_edition())
    for address in (f"/embed{TOPIC}", f"/embed{TOPIC}editions/1/", f"/embed/claims/{factories.TOPIC}/s1/"):
        assert SAID in text(client, address)
    for address in ("/", "/tray/"):
        assert text(client, address).count("<strong>Retracted</strong>") == 1
    tray = rules.written([f"{factories.TOPIC}/s1"])
    exported = client.get("/tray/export/", {"t": Signer(salt="perspectives.tray").sign(tray), "as": "md"})
    assert "Retracted." in exported.content.decode()


def test_people_who_retract_are_not_named_to_readers(client, retract):
    retract(topic_edition())
    for address in (TOPIC, f"{TOPIC}editions/", f"{TOPIC}editions/1/"):
        assert "chief" not in text(client, address)
