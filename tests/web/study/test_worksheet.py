"""The empty worksheet: what is shown at once, and what waits behind the reader's own answer."""

import re
from html import unescape

import pytest

from tests import factories

WORKSHEET = f"/topics/{factories.TOPIC}/worksheet/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(client, published):
    response = client.get(WORKSHEET)
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()))


def hidden(text):
    return re.findall(r"<details.*?</details>", text)


def test_author_claims_are_open_and_every_other_claim_is_hidden(text):
    document = factories.topic_edition()
    open_text = re.sub(r"<details.*?</details>", "", text)
    for side in document.perspectives:
        for claim in side.claims:
            is_open = claim.text in open_text
            assert is_open == (side.stance.value == "author"), claim.id
            assert is_open or claim.text in "".join(hidden(text)), claim.id


def test_each_claim_has_its_own_fields_and_its_own_answers(text):
    assert re.findall(r'<textarea id="([^"]+)"', text) == [
        f"{part}_{name}" for name in ("s1", "s2", "s3", "missing") for part in ("answer", "evidence")
    ]
    first, second, third, missing = hidden(text)
    assert re.findall(r"</span>([on]\d)</a>", first) == ["o1", "n1"]
    assert "No engineer was found who prices the repair." in second
    assert re.findall(r"</span>([on]\d)</a>", third) == ["o2", "n3"]
    assert re.findall(r"</span>([on]\d)</a>", missing) == ["o3"]


def test_nothing_that_is_written_can_be_sent(text):
    assert re.findall(r"<form[^>]*>", text) == re.findall(r'<form class="site-search"[^>]*>', text)
    assert " name=" not in "".join(re.findall(r"<textarea[^>]*>", text))
    assert "What you write stays in this browser" in text


def test_a_topic_that_is_not_there_has_no_worksheet(client, published):
    assert client.get("/topics/unheard-of/worksheet/").status_code == 404
