"""Pages in the frames of other sites: what they say, and who may frame what."""

import re

import pytest
from django.urls import reverse

from perspectives.rules.sources.source_record import SourceRecord
from perspectives.web.topics.references import short_runs
from tests import factories
from tests.repo.test_routes import ROUTES

TOPIC = f"/embed/topics/{factories.TOPIC}/"
CLAIMS = f"/embed/claims/{factories.TOPIC}/"
FRAMED = {"embed-topic", "embed-topic-brief", "embed-topic-edition", "embed-topic-map", "embed-claim"}

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def policy(response):
    parts = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return parts["frame-ancestors"], response.get("X-Frame-Options")


FOR_WATCHERS = {"health", "health-live", "health-ready", "metrics"}
"""Answered before all else, in JSON and text, which no frame shows."""


def test_only_embedded_pages_may_be_framed(client, published):
    assert set(ROUTES) >= FRAMED
    for route, (arguments, *_) in ((name, row) for name, row in ROUTES.items() if name not in FOR_WATCHERS):
        expected = ("*", None) if route in FRAMED else ("'none'", "DENY")
        assert policy(client.get(reverse(route, kwargs=arguments))) == expected, route
    for address in ("/nowhere/", "/embed/", "/api/v1/nothing/", "/admin/", "/admin/login/"):
        assert policy(client.get(address)) == ("'none'", "DENY"), address
    assert policy(client.post(TOPIC)) == ("'none'", "DENY")


def test_the_rest_of_the_policy_stays(client, published):
    def others(address):
        parts = client.get(address)["Content-Security-Policy"].split("; ")
        return sorted(part for part in parts if not part.startswith("frame-ancestors"))

    assert others(TOPIC) == others("/")


def test_a_topic_in_short(client, published):
    page = text(client, TOPIC)
    assert "<h1>Should the village of Nether Wending replace its old footbridge?</h1>" in page
    for words in (
        "Mend what stands",
        "Build anew in steel",
        "Measure first",
        "Is the frame rotten beneath the planks?",
    ):
        assert words in page
    assert f'<link rel="canonical" href="http://testserver/topics/{factories.TOPIC}/">' in page
    assert f'href="http://testserver/topics/{factories.TOPIC}/"' in page
    assert "edition 1, <time" in page


def test_a_numbered_edition_stays_what_it_is(client, second_edition):
    assert "edition 2, <time" in text(client, TOPIC)
    page = text(client, f"{TOPIC}editions/1/")
    assert "edition 1, <time" in page
    assert f'<link rel="canonical" href="http://testserver/topics/{factories.TOPIC}/editions/1/">' in page


def test_a_claim_says_whose_it_is_what_it_rests_on_and_who_answers(client, published):
    page = text(client, f"{CLAIMS}s2/")
    for words in (
        '<span class="mark mark-author" aria-hidden="true"></span> Ellingwood: Mend what stands',
        "<h1>Mending costs a tenth of what a new bridge would.</h1>",
        '<strong>Stated by</strong> <a href="/people/mara-ellingwood/" target',
        ">Mara Ellingwood</a>.",
        "Institute for Things That Do Not Exist 2016, ",
        "p. 3",
        'response-undercuts">undercuts</span> this:',
        "Costs of both plans were guessed, never tendered.",
        "<strong>No answer found yet.</strong> No engineer was found who prices the repair.",
    ):
        assert words in page
    assert "Argued by others" not in page
    assert "Held by" not in page
    assert "Pratt" not in page
    assert f'href="http://testserver/topics/{factories.TOPIC}/#s2"' in page


def test_a_claim_of_others_on_the_authors_side_is_marked(client, published):
    assert "Argued by others on this side" in text(client, f"{CLAIMS}s3/")


def test_a_claim_without_answers_says_so(client, published):
    page = text(client, f"{CLAIMS}o3/")
    assert "No claim of another side answers it here." in page
    assert ">Imaginary County of Wend</a>." in page
    assert "Okoro" not in page, "who holds the perspective has not said so"


@pytest.mark.parametrize("address", [TOPIC, f"{TOPIC}brief/", f"{CLAIMS}s2/", f"{CLAIMS}nothing/"])
def test_links_leave_the_frame_and_nothing_runs(client, published, address):
    page = client.get(address).content.decode()
    links = re.findall(r"<a [^>]+>", page)
    assert links
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert "<script" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/embed/topics/unheard-of/brief/", "There is no published topic &#x27;unheard-of&#x27;."),
        ("/embed/topics/unheard-of/", "There is no published topic &#x27;unheard-of&#x27;."),
        (f"{TOPIC}editions/9/", "with an edition 9."),
        (f"{CLAIMS}s99/", f"There is no published claim &#x27;{factories.TOPIC}/s99&#x27;."),
        ("/embed/claims/unheard-of/s1/", "There is no published topic"),
    ],
)
def test_what_is_missing_is_said_in_the_frame(client, published, address, words):
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert policy(response) == ("*", None)


def test_head_and_other_methods(client, published):
    assert client.head(TOPIC).content == b""
    assert client.post(TOPIC)["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"author": [{"family": "Weir", "given": "T."}], "issued": "2016-05"}, "Weir 2016, Spans"),
        ({"author": [{"family": "A"}, {"literal": "The B"}], "issued": "2016"}, "A and The B 2016, Spans"),
        ({"author": [{"family": "A"}, {"family": "B"}, {"family": "C"}]}, "A et al. n.d., Spans"),
        ({"editor": [{"family": "E"}]}, "E n.d., Spans"),
        ({}, "n.d., Spans"),
    ],
)
def test_a_reference_in_a_line(changes, line):
    kept = {name: value for name, value in factories.source_record().items() if name not in {"author", "issued"}}
    runs = short_runs(SourceRecord.model_validate({**kept, "title": "Spans", **changes}))
    assert "".join(run.text for run in runs) == line
