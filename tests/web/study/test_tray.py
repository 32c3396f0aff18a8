"""The tray: pinned, arranged, shared, exported; and what is refused."""

import io
import json
import re
import zipfile
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.signing import Signer
from django.test import Client

from perspectives.models import Edition, PublishedClaim, PublishedResponse
from perspectives.rules.study import tray as rules
from perspectives.web.study.tray import COOKIE
from tests import factories

TRAY = "/tray/"
EXPORT = "/tray/export/"
TOPIC = factories.TOPIC
S1, O1, N3 = f"{TOPIC}/s1", f"{TOPIC}/o1", f"{TOPIC}/n3"
OTHER = f"{factories.OTHER_TOPIC}/s1"
OWN = {"sec-fetch-site": "same-origin"}

pytestmark = [pytest.mark.django_db, pytest.mark.measured]


def send(client, status=303, headers=OWN, **form):
    response = client.post(TRAY, form, headers=headers)
    assert response.status_code == status
    return response


def shown(client, address=TRAY, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def claims_of(text):
    return [place.replace(".", "/") for place in re.findall(r'<li id="([^"]+)"', text)]


def signed(*claims, salt="perspectives.tray"):
    return Signer(salt=salt).sign(rules.written(claims))


def address(*claims):
    return f"{TRAY}?{urlencode({'t': signed(*claims)})}"


def pinned(client, *claims):
    for claim in claims:
        send(client, pin=claim)
    return client


# --- one's own ----------------------------------------------------------------------------------------------------


def test_a_pinned_claim_is_shown_with_its_side_topic_citations_and_answers(client, published):
    assert send(client, pin=S1)["Location"] == f"{TRAY}#{TOPIC}.s1"
    text = shown(client)
    assert claims_of(text) == [S1]
    for words in (
        "The oak frame is sound and needs only two new planks.",
        "Author’s side: Mend what stands",
        '<strong>Stated by</strong> <a href="/people/mara-ellingwood/">Mara Ellingwood</a>.',
        "Replacing or repairing the footbridge",
        "oak that has carried us dry-shod",
        "The survey reports rot where Ellingwood sees soundness.",
        "Edition 1",
    ):
        assert words in text
    assert f'href="/topics/{TOPIC}/#o1"' in text


def test_the_tray_is_a_cookie_of_ids_alone_and_no_session_begins(client, published):
    cookie = send(client, pin=S1).cookies[COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (S1, "Lax", "")
    assert set(client.cookies) == {COOKIE}
    assert "no-store" in client.get(TRAY)["Cache-Control"]


def test_claims_are_arranged_left_out_and_the_tray_emptied(client, published):
    pinned(client, S1, O1, OTHER, O1)
    assert claims_of(shown(client)) == [S1, O1, OTHER]
    send(client, later=S1)
    send(client, earlier=OTHER)
    assert claims_of(shown(client)) == [O1, OTHER, S1]
    send(client, drop=OTHER)
    assert claims_of(shown(client)) == [O1, S1]
    assert send(client, clear="all").cookies[COOKIE]["max-age"] == 0
    assert "It is empty." in shown(client)


def test_the_first_has_no_way_forward_and_the_last_none_back(client, published):
    text = shown(pinned(client, S1, O1))
    assert re.findall(r'name="(earlier|later)" value="([^"]+)"', text) == [("later", S1), ("earlier", O1)]


def test_a_full_tray_says_so_and_stays(client, published):
    full = [f"{TOPIC}/x{number}" for number in range(rules.MOST_CLAIMS)]
    client.cookies[COOKIE] = rules.written(full)
    response = send(client, 400, pin=S1)
    assert "24 claims, and no more" in response.content.decode()
    assert claims_of(shown(client)) == full


@pytest.mark.parametrize("form", [{}, {"steal": S1}, {"pin": "<script>alert(1)</script>"}, {"pin": ""}, {"take": S1}])
def test_a_form_that_is_not_ours_is_refused_with_a_sentence(client, published, form):
    text = send(client, 400, **form).content.decode()
    assert "This address does not work" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("value", ["<script>", "a" * 5000, "s1", S1 + "." + S1, "\x01"])
def test_a_broken_cookie_is_an_empty_tray(client, published, value):
    client.cookies[COOKIE] = value
    assert "It is empty." in shown(client)
    pinned(client, S1)
    assert claims_of(shown(client)) == [S1]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://testserver"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"origin": "https://testserver"}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_the_sites_own_pages_change_the_tray(published, headers, status):
    client = Client(enforce_csrf_checks=True)
    response = send(client, status, headers=headers, pin=S1)
    assert (COOKIE in response.cookies) == (status == 303)
    if status == 403:
        assert "This form could not be taken" in response.content.decode()


# --- shared -------------------------------------------------------------------------------------------------------


def test_the_address_shows_the_same_tray_to_somebody_else_and_leaves_theirs_alone(client, published):
    text = shown(pinned(client, O1, S1, OTHER))
    given = unescape(re.search(r'id="tray_address" type="text" value="([^"]+)"', text)[1])
    assert given.startswith(f"http://testserver/tray/?t={TOPIC}/o1.s1.{OTHER}:")
    other = pinned(Client(), N3)
    shared = shown(other, given)
    assert claims_of(shared) == [O1, S1, OTHER]
    assert not re.search(r'name="(earlier|later|drop|clear)"', shared)
    assert claims_of(shown(other)) == [N3]
    send(other, take=unescape(re.search(r'name="take" value="([^"]+)"', shared)[1]))
    assert claims_of(shown(other)) == [O1, S1, OTHER]


def test_a_claim_that_is_gone_is_said_to_be_gone(client, published):
    gone = f"{TOPIC}/s99"
    text = shown(client, address(S1, gone, "unheard-of/s1"))
    assert claims_of(text) == [S1, gone, "unheard-of/s1"]
    assert text.count("This claim is gone.") == 2
    markdown = client.get(EXPORT, {"t": signed(S1, gone), "as": "md"}).content.decode()
    assert "This claim is in no current edition any more." in markdown
    assert gone in markdown


def tampered():
    good = signed(S1, O1)
    return {
        "another claim": good.replace("o1", "o2"),
        "cut": good[:-1],
        "longer": f"{good}x",
        "unsigned": rules.written([S1]),
        "empty": "",
        "another salt": signed(S1, salt="elsewhere"),
        "hostile": "<script>alert(1)</script>",
        "binary": "\x00\x01",
        "huge": "a" * 50_000,
        "signed, but too many": signed(*(f"{TOPIC}/x{number}" for number in range(25))),
        "signed, but twice": signed(S1, S1),
    }


@pytest.mark.parametrize("how", tampered())
@pytest.mark.parametrize("place", [TRAY, EXPORT])
def test_an_address_that_was_changed_gets_a_page_that_says_so(client, published, place, how):
    response = client.get(place, {"t": tampered()[how]})
    assert response.status_code == 400
    text = response.content.decode()
    assert re.search(r"The (address of this )?tray", text)
    assert "<script>alert" not in text


def test_an_empty_tray_can_be_shared_too(client, published):
    assert "There is nothing in it." in shown(client, address())


# --- exported -----------------------------------------------------------------------------------------------------


def test_markdown_has_claims_references_and_how_to_cite(client, published, formatted):
    response = client.get(EXPORT, {"t": signed(S1, N3, OTHER), "as": "md"})
    text = response.content.decode()
    edition = Edition.objects.get(topic__slug=TOPIC)
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="comparison-tray.md"'
    for words in (
        "# Comparison tray",
        "1. Author’s side: Mend what stands",
        "The oak frame is sound and needs only two new planks.",
        "Stated by Mara Ellingwood.",
        "ebenso oft erhalten wie ersetzt",
        "translated by the editors of this test",
        "In APA: ",
        "## References (APA)",
        f"Edition 1, {edition.published_at.day} {edition.published_at:%B %Y}. SHA-256 {edition.sha256[:16]}.",
        f"http://testserver/topics/{TOPIC}/editions/1/",
    ):
        assert words in text
    assert "javascript:" not in text


def test_the_style_of_the_references_can_be_chosen(client, published, formatted):
    text = client.get(EXPORT, {"t": signed(S1), "as": "md", "style": "modern-language-association"}).content.decode()
    assert "## References (MLA)" in text
    assert client.get(EXPORT, {"t": signed(S1), "style": "vancouver"}).status_code == 400


def test_word_gets_the_same_words(client, published):
    response = client.get(EXPORT, {"t": signed(S1, O1)})
    assert response["Content-Type"].endswith("wordprocessingml.document")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "planks." in text
    assert "Ellingwood" in text


@pytest.mark.parametrize(
    ("extension", "words"), [("bibtex", "year = {2021}"), ("bib", "date = {2021"), ("ris", "TY  - ")]
)
def test_citation_programs_get_the_works_that_the_claims_cite(client, published, extension, words):
    assert f"?as={extension}&amp;t=" in shown(client, address(S1))
    response = client.get(EXPORT, {"t": signed(S1), "as": extension})
    assert response["Content-Disposition"] == f'attachment; filename="comparison-tray.{extension}"'
    assert words in response.content.decode()


def test_csl_json_has_each_work_once(client, published):
    items = json.loads(client.get(EXPORT, {"t": signed(S1, N3, OTHER), "as": "csljson"}).content)
    keys = [item["id"] for item in items]
    assert {"ellingwood2021leave", "brueckner2019stege"} <= set(keys)
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("extension", ["exe", "<script>", "\x00"])
def test_other_formats_are_refused(client, published, extension):
    response = client.get(EXPORT, {"t": signed(S1), "as": extension})
    assert response.status_code == 400
    assert "<script>" not in response.content.decode()


def test_hostile_words_stay_words(client, published):
    hostile = '<script>alert(1)</script> [x](javascript:alert(1)) **b** `c` {{ 7 }} "'
    claim = PublishedClaim.objects.get(public_id=S1)
    claim.record = {**claim.record, "text": hostile, "perspective_label": hostile, "stated_by": [hostile]}
    claim.save()
    answer = PublishedResponse.objects.filter(to_claim=S1).first()
    answer.record = {**answer.record, "note": hostile}
    answer.save()
    assert "<script>alert" not in shown(client, address(S1))
    markdown = client.get(EXPORT, {"t": signed(S1), "as": "md"}).content.decode()
    assert "<script>" not in markdown.replace("\\<script", "")
    assert "x](" not in markdown  # escaped: x\](
    with zipfile.ZipFile(io.BytesIO(client.get(EXPORT, {"t": signed(S1)}).content)) as archive:
        assert "<script>" not in archive.read("word/document.xml").decode()


# --- pinning ------------------------------------------------------------------------------------------------------


def test_a_topic_page_has_one_form_and_a_pin_for_each_claim_and_is_the_same_for_everybody(client, published):
    first = client.get(f"/topics/{TOPIC}/")
    text = first.content.decode()
    claims = PublishedClaim.objects.filter(published_topic__slug=TOPIC).values_list("public_id", flat=True)
    assert sorted(re.findall(r'name="pin" value="([^"]+)"', text)) == sorted(claims)
    assert text.count("<form") - text.count('<form class="site-search"') == 1
    assert client.get(f"/topics/{TOPIC}/").content == pinned(Client(), S1).get(f"/topics/{TOPIC}/").content
    assert not first.cookies


def test_an_old_edition_has_nothing_to_pin(client, second_edition):
    assert 'name="pin"' not in client.get(f"/topics/{TOPIC}/editions/1/").content.decode()
